// SPDX-License-Identifier: AGPL-3.0-or-later
// A program of its own, because it looks at the peak of its whole process.
#include <algorithm>
#include <fstream>
#include <semaphore>

#include "store_fixture.h"

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;

namespace {

constexpr std::uint32_t parts = 1024;

Bytes part_of(std::uint32_t index) {
  std::array<std::uint8_t, randombytes_SEEDBYTES> seed{};
  seed[0] = static_cast<std::uint8_t>(index);
  seed[1] = static_cast<std::uint8_t>(index >> 8U);
  Bytes bytes(part_bytes);
  randombytes_buf_deterministic(bytes.data(), bytes.size(), seed.data());
  return bytes;
}

std::size_t peak_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (word == "VmHWM:") {
      std::size_t kib = 0;
      status >> kib;
      return kib;
    }
  return 0;
}

}  // namespace

TEST_CASE("a report of 1 GiB is taken in, settled and read within 64 MiB") {
  StoreFixture f;
  Sha256 hash;
  REQUIRE(f.begin(1, std::uint64_t{parts} * part_bytes));
  std::counting_semaphore<8> room(8);
  std::atomic<int> failures = 0;
  for (std::uint32_t index = 0; index < parts; ++index) {
    auto bytes = part_of(index);
    hash.update(bytes);
    room.acquire();
    f.store->accept_part(id_of(1), index, std::move(bytes), [&](Result<> outcome) {
      if (!outcome) ++failures;
      room.release();
    });
  }
  for (int i = 0; i < 8; ++i) room.acquire();
  REQUIRE(failures == 0);
  REQUIRE(f.finish(1, hash.finish()));
  REQUIRE(f.close_day(Day(101)));
  auto reader =
      wait<ReportReader>([&](auto done) { f.store->read_report(id_of(1), "ada", 0, std::move(done)); });
  REQUIRE(reader);
  for (std::uint32_t index = 0; index < parts; ++index) {
    const auto chunk = wait<Bytes>([&](auto done) { reader->next(std::move(done)); });
    REQUIRE(chunk);
    REQUIRE(std::ranges::equal(*chunk, part_of(index)));
  }
  const auto peak = peak_kib();
  INFO("peak " << peak << " KiB");
  CHECK(peak > 0);
  CHECK(peak < 64 * 1024);
}
