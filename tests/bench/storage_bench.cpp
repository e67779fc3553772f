// SPDX-License-Identifier: AGPL-3.0-or-later
// How fast reports and parts become durable, beside a bare SQLCipher loop that groups commits with the same blobs and settings in
// the same run: the ceiling. Usage: storage_bench [seconds per figure] [rows stored before the last figure]
// With `settings` as the first argument: the bare loop alone, over page sizes and HMACs. With `bare BYTES DEPTH SECONDS`: the
// bare loop's blobs a second, for candour-bench.
#include <fmt/core.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <semaphore>
#include <string_view>

#include "crypto/core/hash.h"
#include "crypto/core/init.h"
#include "storage/sqlcipher.h"
#include "storage/store.h"
#include "tests/temporary_folder.h"

using namespace candour;
using namespace candour::storage;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t report_size = 66'560;  // a text-only report for eight readers, about
constexpr std::size_t depth_max = 64;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

Bytes random_bytes(std::size_t size) {
  Bytes bytes(size);
  randombytes_buf(bytes.data(), size);
  return bytes;
}

ReportId random_id() {
  ReportId id;
  randombytes_buf(id.bytes.data(), id.bytes.size());
  return id;
}

DatabaseKey key() { return DatabaseKey::make_random(); }

void run(sqlite3* db, const std::string& sql) {
  if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    fmt::print(stderr, "{}: {}\n", sql, sqlite3_errmsg(db));
    std::exit(1);
  }
}

struct Settings {
  int page_bytes = 16384;
  const char* hmac = "HMAC_SHA256";
  const char* memory_security = "OFF";
};

// Blobs a second of the bare loop, `depth` to a transaction.
double bare(std::size_t blob_size, std::size_t depth, double seconds, const Settings& settings = {}) {
  const candour::test::TemporaryFolder directory;
  sqlite3* db = nullptr;
  sqlite3_open((directory.path() / "bare.db").c_str(), &db);
  run(db, "PRAGMA key = \"x'0102030405060708010203040506070801020304050607080102030405060708'\"");
  run(db, fmt::format("PRAGMA cipher_page_size = {}", settings.page_bytes));
  run(db, fmt::format("PRAGMA cipher_hmac_algorithm = {}", settings.hmac));
  run(db, fmt::format("PRAGMA cipher_memory_security = {}", settings.memory_security));
  run(db,
      "PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = "
      "-4096;"
      "PRAGMA journal_mode = WAL");
  run(db, fmt::format("PRAGMA wal_autocheckpoint = {}", (16 << 20) / settings.page_bytes));
  run(db,
      "CREATE TABLE blob (key INTEGER PRIMARY KEY, id BLOB, audience TEXT, bytes INTEGER, day INTEGER, body "
      "BLOB)");
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(db,
                     "INSERT INTO blob (id, audience, bytes, day, body) VALUES (?, 'ada,bo', ?, 20000, ?)",
                     -1, &insert, nullptr);
  const auto bytes = random_bytes(blob_size);
  std::size_t count = 0;
  const auto start = Clock::now();
  while (seconds_since(start) < seconds) {
    run(db, "BEGIN IMMEDIATE");
    for (std::size_t i = 0; i < depth; ++i, ++count) {
      const auto id = random_id();
      sqlite3_bind_blob(insert, 1, id.bytes.data(), 32, SQLITE_TRANSIENT);
      sqlite3_bind_int64(insert, 2, static_cast<sqlite3_int64>(blob_size));
      sqlite3_bind_blob(insert, 3, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
      sqlite3_step(insert);
      sqlite3_reset(insert);
    }
    run(db, "COMMIT");
  }
  const auto rate = static_cast<double>(count) / seconds_since(start);
  sqlite3_finalize(insert);
  sqlite3_close(db);
  return rate;
}

// Keeps `depth` requests in flight.
class Load {
 public:
  explicit Load(std::size_t depth) : depth_(depth), room_(static_cast<std::ptrdiff_t>(depth)) {}
  template <class F>
  double rate(double seconds, std::uint64_t count_max, F submit) {
    std::uint64_t count = 0;
    const auto start = Clock::now();
    for (; seconds_since(start) < seconds && count < count_max; ++count) {
      room_.acquire();
      submit(count, [this](bool fine) {
        if (!fine) ++failed_;
        room_.release();
      });
    }
    for (std::size_t i = 0; i < depth_; ++i) room_.acquire();
    const auto taken = seconds_since(start);
    if (failed_ > 0) {
      fmt::print(stderr, "{} requests failed\n", failed_.load());
      std::exit(1);
    }
    room_.release(static_cast<std::ptrdiff_t>(depth_));
    return static_cast<double>(count) / taken;
  }

 private:
  std::size_t depth_;
  std::counting_semaphore<1 << 16> room_;
  std::atomic<std::uint64_t> failed_ = 0;
};

double accepts(Store& store, std::size_t depth, double seconds, const Bytes& bytes,
               std::uint64_t count_max = ~std::uint64_t{0}) {
  const auto audience = Audience::of({"ada", "bo"}).value();
  return Load(depth).rate(seconds, count_max, [&](std::uint64_t, auto done) {
    store.accept_report(random_id(), audience, Day(20000), bytes,
                        [done](Result<Stored> r) { done(r.has_value()); });
  });
}

std::unique_ptr<Store> open(const candour::test::TemporaryFolder& directory, const DatabaseKey& with) {
  auto store = Store::open(directory.path(), with);
  if (!store) std::exit(1);
  return std::move(*store);
}

void reports(double seconds) {
  const auto bytes = random_bytes(report_size);
  for (const std::size_t depth : {std::size_t{1}, std::size_t{32}, depth_max}) {
    const candour::test::TemporaryFolder directory;
    const auto ceiling = bare(report_size, depth, seconds);
    const auto with = key();
    const auto ours = accepts(*open(directory, with), depth, seconds, bytes);
    fmt::print("64 KiB reports, {:2} waiting: {:6.0f}/s of {:6.0f}/s bare = {:.0f} %\n", depth, ours, ceiling,
               100 * ours / ceiling);
  }
}

void upload(double seconds) {
  const candour::test::TemporaryFolder directory;
  const auto with = key();
  const auto store = open(directory, with);
  const auto bytes = random_bytes(part_bytes);
  const auto audience = Audience::of({"ada", "bo"}).value();
  const auto id = random_id();
  const std::uint64_t parts = 2048;
  const auto ceiling = bare(part_bytes, 8, seconds);
  std::binary_semaphore begun(0);
  store->begin_upload(id, audience, parts * part_bytes, Day(20000),
                      [&](Result<UploadState>) { begun.release(); });
  begun.acquire();
  const auto ours = Load(8).rate(seconds, parts, [&](std::uint64_t n, auto done) {
    store->accept_part(id, static_cast<std::uint32_t>(n), bytes, [done](Result<> r) { done(r.has_value()); });
  });
  fmt::print("1 MiB parts, 8 waiting: {:.0f} MiB/s of {:.0f} MiB/s bare = {:.0f} %\n", ours, ceiling,
             100 * ours / ceiling);
}

void grown(double seconds, std::uint64_t rows) {
  const candour::test::TemporaryFolder directory;
  const auto with = key();
  const auto bytes = random_bytes(report_size);
  const auto small = random_bytes(4096);
  auto store = open(directory, with);
  const auto empty = accepts(*store, depth_max, seconds, bytes);
  // Smaller ones fill the tables as well, and the run stays short. Half of them are settled, half are today's.
  for (int half = 0; half < 2; ++half) {
    accepts(*store, 1024, 1e9, small, rows / 2);
    std::binary_semaphore closed(0);
    if (half == 0) store->close_day(Day(20001), [&](Result<>) { closed.release(); });
    if (half == 0) closed.acquire();
  }
  const auto start = Clock::now();
  store.reset();
  store = open(directory, with);
  const auto reopened = seconds_since(start);
  const auto full = accepts(*store, depth_max, seconds, bytes);
  fmt::print(
      "64 KiB reports with {} stored: {:.0f}/s, {:.0f} % of the empty store's; closed and opened in {:.2f} "
      "s\n",
      rows, full, 100 * full / empty, reopened);
}

void settings(double seconds) {
  for (const int page : {4096, 8192, 16384})
    for (const char* hmac : {"HMAC_SHA256", "HMAC_SHA512"})
      fmt::print("{:5} B pages, {}: 64 KiB reports {:5.0f}/s, 1 MiB parts {:4.0f} MiB/s\n", page, hmac,
                 bare(report_size, 32, seconds, {.page_bytes = page, .hmac = hmac}),
                 bare(part_bytes, 8, seconds, {.page_bytes = page, .hmac = hmac}));
  fmt::print("16384 B pages, HMAC_SHA256, cipher_memory_security ON: 64 KiB reports {:5.0f}/s\n",
             bare(report_size, 32, seconds, {.memory_security = "ON"}));
}

}  // namespace

int main(int argc, char** argv) {
  if (!init_crypto()) return 1;
  const std::string_view first = argc > 1 ? argv[1] : "2";
  if (first == "settings") {
    settings(argc > 2 ? std::atof(argv[2]) : 2);
    return 0;
  }
  if (first == "bare" && argc == 5) {
    fmt::print("{}\n", bare(std::strtoull(argv[2], nullptr, 10), std::strtoull(argv[3], nullptr, 10),
                            std::atof(argv[4])));
    return 0;
  }
  const double seconds = std::atof(first.data());
  reports(seconds);
  upload(seconds);
  if (argc > 2) grown(seconds, static_cast<std::uint64_t>(std::atoll(argv[2])));
  return 0;
}
