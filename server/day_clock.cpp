// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/day_clock.h"

#include <chrono>

#include "server/process/log.h"

namespace candour::server {
namespace {

constexpr std::chrono::seconds kLookEvery{60};

}  // namespace

void DayClock::start() { look(); }

void DayClock::look() {
  look_at_the_disk();
  watch_.look(context_.today(), std::chrono::steady_clock::now());
  if (const auto day = watch_.to_close(); day && !closing_) close(*day);
  // The store answers on a thread of its own, perhaps after the loop and this clock have ended: only the server is
  // still there then, and drops what is posted.
  const auto dropped = [&server = server_](Result<std::uint64_t> done) {
    if (done) return;
    server.post([error = done.error()] {
      log("dropping unfinished uploads failed, and is tried again in a minute", error);
    });
  };
  context_.store.drop_unproven_uploads(dropped);
  if (const auto agreed = watch_.agreed()) context_.store.expire_uploads(*agreed, dropped);
  server_.after(kLookEvery, [this] { look(); });
}

// Here, at a time that nobody's request chose.
void DayClock::look_at_the_disk() {
  const auto failure = context_.store.figures().failure;
  if (failure && !disk_fails_)
    log("nothing can be stored, and reporters are told to try again later", *failure);
  if (!failure && disk_fails_) log("the store works again");
  disk_fails_ = failure.has_value();
}

void DayClock::close(Day today) {
  closing_ = true;
  context_.store.close_day(today, [this, &server = server_, today](Result<> done) {
    server.post([this, today, done] {
      if (done) return erase_due(today);
      log_once("closing the past day failed, and is tried again every minute", done.error());
      closing_ = false;
    });
  });
}

void DayClock::erase_due(Day today) {
  const auto ended = [this, &server = server_, today](Result<std::uint64_t> done) {
    server.post([this, today, done] {
      closing_ = false;
      if (!done) return log_once("erasing what is due failed, and is tried again every minute", done.error());
      failed_ = false;
      watch_.closed(today);
    });
  };
  const auto expire_evaluations = [&store = context_.store, today, ended](Result<std::uint64_t> done) {
    if (!done) return ended(done);
    store.expire_evaluations(today, ended);
  };
  const auto expire_events = [&store = context_.store, today, ended,
                              expire_evaluations](Result<std::uint64_t> done) {
    if (!done) return ended(done);
    store.expire_events(today, expire_evaluations);
  };
  const auto expire_drops = [&store = context_.store, today, ended,
                             expire_events](Result<std::uint64_t> done) {
    if (!done) return ended(done);
    store.expire_drops(today, expire_events);
  };
  // The steward's days are the check on this clock (docs/spec/retention.md): past them nothing is due.
  const Roster& roster = context_.roster->roster();
  if (!roster.is_valid_on(today)) return ended(0);
  context_.store.erase_due(today, roster.valid_from, expire_drops);
}

void DayClock::log_once(Literal what, const Error& error) {
  if (!failed_) log(what, error);
  failed_ = true;
}

}  // namespace candour::server
