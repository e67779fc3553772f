// SPDX-License-Identifier: AGPL-3.0-or-later
// Kills a program that gives a database another key (kill -9), at moments spread over all that it does, and looks at what is
// left: the database opens with exactly one of the two keys, and every report is there. Usage: rekey_crash [kills]
#include <fmt/core.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <future>

#include "crypto/core/hash.h"
#include "crypto/core/init.h"
#include "storage/database_file.h"
#include "tests/temporary_folder.h"

using namespace candour;
using namespace candour::storage;

namespace {

constexpr std::uint64_t reports = 200;

DatabaseKey key_of(std::uint8_t seed) {
  DatabaseKey key;
  for (auto& byte : key.writable()) byte = seed;
  return key;
}

Bytes content(std::uint64_t n) { return Bytes(60'000, static_cast<std::uint8_t>(n)); }
ReportId id_of(std::uint64_t n) { return ReportId{sha256(as_bytes(fmt::format("id {}", n)))}; }

[[noreturn]] void give_up(const char* why) {
  fmt::print(stderr, "{}\n", why);
  std::exit(1);
}

template <class T, class F>
T wait(F verb) {
  std::promise<Result<T>> promise;
  verb(Done<T>([&](Result<T> outcome) { promise.set_value(std::move(outcome)); }));
  auto outcome = promise.get_future().get();
  if (!outcome) give_up("a report is lost, or cannot be written");
  return std::move(*outcome);
}

std::unique_ptr<Store> open(const std::filesystem::path& directory, std::uint8_t seed) {
  auto store = Store::open(directory, key_of(seed));
  if (!store) give_up("the store does not open with the key that opened its first page");
  return std::move(*store);
}

// Forks a rekey; waits for it, or kills it after `kill_after` (0: not at all). Gives the microseconds it took.
std::int64_t rekey(const std::filesystem::path& directory, std::uint8_t from, std::uint8_t to,
                   std::int64_t kill_after) {
  const auto start = std::chrono::steady_clock::now();
  const auto child = ::fork();
  if (child == 0) std::_Exit(rekey_database(directory, key_of(from), key_of(to)) ? 0 : 1);
  if (kill_after > 0) {
    ::usleep(static_cast<useconds_t>(kill_after));
    ::kill(child, SIGKILL);
  }
  int ended = 0;
  ::waitpid(child, &ended, 0);
  if (WIFEXITED(ended) && WEXITSTATUS(ended) != 0) give_up("the rekey failed by itself");
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start)
      .count();
}

}  // namespace

int main(int argc, char** argv) {
  const int kills = argc > 1 ? std::atoi(argv[1]) : 20;
  if (!init_crypto()) return 1;
  const candour::test::TemporaryFolder folder;
  const std::filesystem::path& directory = folder.path();
  const auto audience = Audience::of({"ada"}).value();
  {
    const auto store = open(directory, 1);
    for (std::uint64_t n = 0; n < reports; ++n)
      wait<Stored>([&](auto done) {
        store->accept_report(id_of(n), audience, Day(100), content(n), std::move(done));
      });
  }
  std::uint8_t now = 1;
  const auto whole = rekey(directory, now, 2, 0);
  now = 2;
  int switched = 0;
  for (int kill = 0; kill < kills; ++kill) {
    const auto next = static_cast<std::uint8_t>(3 - now);
    // Denser towards the end, where the file takes its name.
    const auto part = static_cast<double>(kill + 1) / kills;
    rekey(directory, now, next,
          std::max<std::int64_t>(1, static_cast<std::int64_t>(static_cast<double>(whole) *
                                                              (1 - (1 - part) * (1 - part)) * 1.1)));
    const bool old_opens = try_database_key(directory / "candour.db", key_of(now)).has_value();
    const bool new_opens = try_database_key(directory / "candour.db", key_of(next)).has_value();
    if (old_opens == new_opens) give_up("not exactly one of the two keys opens the database");
    if (new_opens) {
      now = next;
      ++switched;
    }
    const auto store = open(directory, now);
    if (std::filesystem::exists(directory / "candour.db.new")) give_up("half a copy is left behind");
    for (std::uint64_t n = 0; n < reports; ++n)
      if (wait<Digest>([&](auto done) { store->report_digest(id_of(n), std::move(done)); }) !=
          sha256(content(n)))
        give_up("a report has other bytes");
  }
  fmt::print("{} kills, {} of them after the switch: one key opens, all {} reports are there\n", kills,
             switched, reports);
  return 0;
}
