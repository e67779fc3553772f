// SPDX-License-Identifier: AGPL-3.0-or-later
// Kills a store at random moments under load (kill -9) and opens what is left, again and again. The child writes to a pipe what was
// acknowledged to it; the parent, which survives, then asks the store for each of those things: all must be
// there, whole, and nothing may be there in half. Usage: crash_cycles [cycles]; exit status 1 names the first loss.
#include <fmt/core.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <map>
#include <memory>
#include <semaphore>
#include <set>
#include <thread>

#include "crypto/core/hash.h"
#include "crypto/core/init.h"
#include "protocol/limits.h"
#include "storage/store.h"
#include "tests/temporary_folder.h"

using namespace candour;
using namespace candour::storage;

namespace {

constexpr std::uint64_t upload_parts = 5;
constexpr std::uint64_t upload_bytes = (upload_parts - 1) * part_bytes + 777;

// What the child says was acknowledged; fits in one atomic write to the pipe.
struct Acknowledged {
  enum class What : std::uint32_t {
    report,
    part,
    finished,
    drop,
    erased_drop,
    event,
    erased_event,
    companion
  };
  What what;
  std::uint32_t part;
  std::uint64_t number;
};

Bytes content(std::uint64_t number, std::size_t size) {
  Bytes bytes;
  for (std::uint64_t block = 0; bytes.size() < size; ++block)
    append(bytes, sha256(as_bytes(fmt::format("{}/{}", number, block / 64))));
  bytes.resize(size);
  return bytes;
}

ReportId id_of(std::uint64_t number) { return ReportId{sha256(as_bytes(fmt::format("id {}", number)))}; }

std::size_t report_size(std::uint64_t number) { return 1000 + number * 7919 % 120'000; }

DropTag tag_of(std::uint64_t number) {
  DropTag tag;
  std::copy_n(id_of(number).bytes.begin(), tag.bytes.size(), tag.bytes.begin());
  return tag;
}

constexpr std::size_t event_size = 22'700;

EventId event_of(std::uint64_t number) { return event_id(content(number, event_size)); }

DatabaseKey key() {
  DatabaseKey made;
  for (auto& byte : made.writable()) byte = 7;
  return made;
}

std::unique_ptr<Store> open_store(const std::filesystem::path& directory) {
  auto store = Store::open(directory, key());
  if (!store) {
    fmt::print(stderr, "the store does not open after a crash: {}\n", store.error().message.view());
    std::exit(1);
  }
  return std::move(*store);
}

[[noreturn]] void load(const std::filesystem::path& directory, int pipe, std::uint64_t first) {
  auto store = open_store(directory);
  const auto audience = Audience::of({"ada", "bo"}).value();
  std::counting_semaphore<64> room(32);
  const auto tell = [&](Acknowledged said) {
    if (::write(pipe, &said, sizeof said) != sizeof said) std::_Exit(3);
    room.release();
  };
  for (std::uint64_t n = first;; ++n) {
    room.acquire();
    const auto day = Day(static_cast<std::int32_t>(100 + n / 200));
    if (n % 100 == 1) store->pad_drops(day, [](Result<std::vector<DropTag>>) {});
    if (n % 150 == 1) store->close_day(day, [](Result<>) {});
    if (n % 50 == 0) {
      std::promise<void> begun;
      store->begin_upload(id_of(n), audience, upload_bytes, day,
                          [&](Result<UploadState>) { begun.set_value(); });
      begun.get_future().wait();
      const auto whole = content(n, upload_bytes);
      auto left = std::make_shared<std::atomic<std::uint64_t>>(upload_parts);
      for (std::uint64_t part = 0; part < upload_parts; ++part) {
        room.acquire();
        const auto from = whole.begin() + static_cast<std::ptrdiff_t>(part * part_bytes);
        const auto to = part + 1 == upload_parts ? whole.end() : from + part_bytes;
        store->accept_part(id_of(n), static_cast<std::uint32_t>(part), Bytes(from, to),
                           [&, n, part, day, left, digest = sha256(whole)](Result<> stored) {
                             if (!stored) std::_Exit(4);
                             tell({Acknowledged::What::part, static_cast<std::uint32_t>(part), n});
                             if (--*left > 0) return;
                             store->finish_upload(id_of(n), digest, day, [&, n](Result<Stored> finished) {
                               if (!finished) std::_Exit(5);
                               tell({Acknowledged::What::finished, 0, n});
                             });
                           });
      }
      continue;
    }
    if (n % 7 == 3) {  // a drop; every other one is erased again
      store->put_drop({.tag = tag_of(n), .verifier = id_of(n).bytes, .sealed = content(n, drop_bytes)}, {},
                      DropSource::caseworker, day, [&, n](Result<DropPut> put) {
                        if (!put) std::_Exit(7);
                        if (n % 2 == 0) return tell({Acknowledged::What::drop, 0, n});
                        store->erase_drop(tag_of(n), id_of(n).bytes, [&, n](Result<> erased) {
                          if (!erased) std::_Exit(8);
                          tell({Acknowledged::What::erased_drop, 0, n});
                        });
                      });
      continue;
    }
    if (n % 7 == 5) {  // an event, likewise
      store->put_event({.id = event_of(n), .audience = audience, .sealed = content(n, event_size)}, day,
                       {day, 2190, 90}, [&, n](Result<EventPut> put) {
                         if (!put) std::_Exit(9);
                         if (n % 2 == 0) return tell({Acknowledged::What::event, 0, n});
                         store->erase_events({event_of(n)}, "ada", {"ada", "bo"},
                                             [&, n](Result<Obstacle> erased) {
                                               if (erased != Obstacle::none) std::_Exit(10);
                                               tell({Acknowledged::What::erased_event, 0, n});
                                             });
                       });
      continue;
    }
    if (n % 7 == 1) {  // a report with its companion
      store->accept_report(
          id_of(n), audience, day, content(n, report_size(n)), [&, n, day](Result<Stored> stored) {
            if (!stored) std::_Exit(11);
            store->ask_evaluation(
                id_of(n), content(n, limits::blinded_batch_bytes), day, [&, n, day](Result<Bytes> asked) {
                  if (!asked) std::_Exit(12);
                  store->put_companion(
                      id_of(n), {.id = event_of(n), .audience = audience, .sealed = content(n, event_size)},
                      day, {day, 2190, 90}, [&, n](Result<CompanionPut> put) {
                        if (!put) std::_Exit(13);
                        tell({Acknowledged::What::companion, 0, n});
                      });
                });
          });
      continue;
    }
    store->accept_report(id_of(n), audience, day, content(n, report_size(n)), [&, n](Result<Stored> stored) {
      if (!stored) std::_Exit(6);
      tell({Acknowledged::What::report, 0, n});
    });
  }
}

struct Promised {
  std::set<std::uint64_t> reports;
  std::map<std::uint64_t, std::set<std::uint32_t>> parts;
  std::map<std::uint64_t, bool> drops;   // whether it is still there
  std::map<std::uint64_t, bool> events;  // the same
  std::set<std::uint64_t> companions;
  std::uint64_t last = 0;
};

template <class T, class F>
Result<T> wait(F verb) {
  std::promise<Result<T>> promise;
  verb(Done<T>([&](Result<T> outcome) { promise.set_value(std::move(outcome)); }));
  return promise.get_future().get();
}

int lost(const char* what, std::uint64_t number) {
  fmt::print(stderr, "LOST: {} {} was acknowledged and is not there\n", what, number);
  return 1;
}

// Everything acknowledged is there; everything listed is whole.
int check(Store& store, const Promised& promised) {
  for (const auto n : promised.reports) {
    const bool upload = n % 50 == 0;
    const auto digest = wait<Digest>([&](auto done) { store.report_digest(id_of(n), std::move(done)); });
    if (!digest) return lost("report", n);
    if (*digest != sha256(content(n, upload ? upload_bytes : report_size(n))))
      return lost("the bytes of report", n);
  }
  for (const auto& [n, parts] : promised.parts) {
    if (promised.reports.contains(n)) continue;
    const auto state = wait<UploadState>([&](auto done) { store.missing_parts(id_of(n), std::move(done)); });
    if (!state) return lost("upload", n);
    for (const auto& range : state->missing)
      for (auto part = range.first; part <= range.last; ++part)
        if (parts.contains(part)) return lost("a part of upload", n);
  }
  for (const auto& [n, there] : promised.drops) {
    const auto body = wait<Bytes>([&](auto done) { store.read_drop(tag_of(n), std::move(done)); });
    if (there && (!body || *body != content(n, drop_bytes))) return lost("drop", n);
    if (!there && (body || body.error().code != Errc::not_found)) return lost("the erasure of drop", n);
  }
  for (const auto& [n, there] : promised.events) {
    const auto bodies = wait<std::vector<Bytes>>(
        [&](auto done) { store.read_events({event_of(n)}, "ada", std::move(done)); });
    if (!bodies || bodies->front() != (there ? content(n, event_size) : Bytes()))
      return lost(there ? "event" : "the erasure of event", n);
  }
  for (const auto n : promised.companions) {
    const auto answers = wait<Bytes>([&](auto done) { store.evaluation_answers(id_of(n), std::move(done)); });
    if (answers != Bytes{}) return lost("that a companion came, of report", n);
  }
  std::uint64_t listed = 0;
  for (ReportId after;;) {
    const auto page =
        wait<ReportPage>([&](auto done) { store.list_reports("ada", after, 1000, std::move(done)); });
    if (!page) return lost("the list", 0);
    for (const auto& info : page->reports) {
      const auto digest = wait<Digest>([&](auto done) { store.report_digest(info.id, std::move(done)); });
      if (!digest) return lost("half of a listed report", ++listed);
      ++listed;
    }
    if (!page->more) break;
    after = page->reports.back().id;
  }
  return listed >= promised.reports.size() ? 0 : lost("a row of the list", listed);
}

}  // namespace

int main(int argc, char** argv) {
  const int cycles = argc > 1 ? std::atoi(argv[1]) : 10;
  if (!init_crypto()) return 1;
  const candour::test::TemporaryFolder folder;
  const std::filesystem::path& directory = folder.path();
  Promised promised;
  std::uint64_t acknowledged = 0;
  int status = 0;
  for (int cycle = 0; cycle < cycles && status == 0; ++cycle) {
    if (cycle % 20 == 0) {  // a new store now and then, so that looking through it stays quick
      std::filesystem::remove_all(directory);
      std::filesystem::create_directory(directory);
      std::filesystem::permissions(directory, std::filesystem::perms::owner_all);
      promised = {
          .reports = {}, .parts = {}, .drops = {}, .events = {}, .companions = {}, .last = promised.last};
    }
    int ends[2];
    if (::pipe(ends) != 0) return 1;
    const auto child = ::fork();
    if (child == 0) {
      ::close(ends[0]);
      load(directory, ends[1], promised.last + 1);
    }
    ::close(ends[1]);
    std::thread killer;
    const auto kill_soon = [&] {
      killer = std::thread([child, after = 50'000 + randombytes_uniform(300'000)] {
        ::usleep(after);
        ::kill(child, SIGKILL);
      });
    };
    // Every fourth perhaps while it still opens the store; the others at work, however slow the machine is.
    if (cycle % 4 == 3) kill_soon();
    Acknowledged said{};
    while (::read(ends[0], &said, sizeof said) == sizeof said) {
      if (!killer.joinable()) kill_soon();
      ++acknowledged;
      promised.last = std::max(promised.last, said.number + 100);
      if (said.what == Acknowledged::What::part)
        promised.parts[said.number].insert(said.part);
      else if (said.what == Acknowledged::What::drop || said.what == Acknowledged::What::erased_drop)
        promised.drops[said.number] = said.what == Acknowledged::What::drop;
      else if (said.what == Acknowledged::What::event || said.what == Acknowledged::What::erased_event)
        promised.events[said.number] = said.what == Acknowledged::What::event;
      else
        promised.reports.insert(said.number);
      if (said.what == Acknowledged::What::companion) {
        promised.events[said.number] = true;
        promised.companions.insert(said.number);
      }
    }
    ::close(ends[0]);
    if (killer.joinable()) killer.join();
    int ended = 0;
    ::waitpid(child, &ended, 0);
    if (!WIFSIGNALED(ended)) {
      fmt::print(stderr, "the loaded store ended by itself with {}\n", ended);
      status = 1;
      break;
    }
    const auto store = open_store(directory);
    status = check(*store, promised);
  }
  if (acknowledged < static_cast<std::uint64_t>(cycles) / 2) status = 1;  // it proves nothing
  fmt::print("{} cycles, {} reports, parts, drops and events acknowledged before a kill: {}\n", cycles,
             acknowledged, status == 0 ? "all there and whole" : "NOT all there");
  return status;
}
