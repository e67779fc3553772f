// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/day_clock.h"

#include <chrono>
#include <cstdint>

#include "server/process/log.h"

namespace candour::server {
namespace {

constexpr std::chrono::seconds kLookEvery{60};

}  // namespace

void DayClock::start() { look(); }

void DayClock::look() {
  // A clock that was set back does nothing: the days it repeats are closed already.
  if (const Day today = context_.today(); today > closed_) {
    closed_ = today;
    context_.store.expire_uploads(today, [](Result<std::uint64_t> done) {
      if (!done) log("dropping unfinished uploads failed, and is tried again tomorrow", done.error());
    });
    context_.store.close_day(today, [](Result<> done) {
      if (!done) log("closing the past day failed, and is tried again tomorrow", done.error());
    });
    // The steward's days are the check on this clock (docs/spec/retention.md): past them nothing is due.
    if (const Roster& roster = context_.roster->roster(); roster.is_valid_on(today)) {
      context_.store.erase_due(today, roster.valid_from, [](Result<std::uint64_t> done) {
        // Busy: most likely stopping, and then the next start does it.
        if (!done && done.error().code != Errc::busy)
          log("erasing what is due failed, and is tried again tomorrow", done.error());
      });
    }
  }
  server_.after(kLookEvery, [this] { look(); });
}

}  // namespace candour::server
