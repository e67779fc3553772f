// SPDX-License-Identifier: AGPL-3.0-or-later
#include "store_fixture.h"

#include <future>
#include <memory>
#include <vector>

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;

TEST_CASE("past a bound a request is refused, and those accepted are unharmed") {
  Options small;
  small.upload_bytes_max = 4 * part_bytes;
  small.quotas->stored_bytes_max = 8 * part_bytes;
  StoreFixture f(small);
  CHECK(failed_with(f.begin(9, 4 * part_bytes + 1), Errc::too_large));
  CHECK(failed_with(f.begin(9, 0), Errc::malformed));
  REQUIRE(f.begin(1, 2 * part_bytes));
  const auto whole = blob(2 * part_bytes, 1);
  CHECK(f.part(1, 0, whole));
  std::uint64_t n = 10;
  while (f.accept(n, blob(part_bytes, n))) REQUIRE(++n < 20);
  CHECK(n >= 14);
  CHECK(failed_with(f.accept(n, blob(part_bytes, n)), Errc::busy));
  CHECK(failed_with(f.begin(2, part_bytes), Errc::busy));
  CHECK(failed_with(f.part(1, 1, whole), Errc::busy));  // nothing was promised to what had not been sent
  CHECK(f.missing(1)->missing == std::vector<PartRange>{{1, 1}});
  CHECK(f.read(10, "ada") == blob(part_bytes, 10));
  f.store.reset();
  CHECK(std::filesystem::file_size(f.directory.path() / "candour.db") <= small.quotas->stored_bytes_max);
}

TEST_CASE("the disk's reserve is never touched, whatever is begun and sent") {
  constexpr std::uint64_t disk = std::uint64_t{64} << 20;
  const auto used = [](const std::filesystem::path& directory) {
    std::uint64_t bytes = 0;
    for (const auto& entry : std::filesystem::directory_iterator(directory))
      bytes += (entry.file_size() + 4095) / 4096 * 4096;
    return bytes;
  };
  Options small;
  small.wal_bytes_max = std::size_t{2} << 20;
  small.batch_bytes_max = std::size_t{2} << 20;
  small.quotas->disk_reserve_bytes = std::uint64_t{8} << 20;
  small.disk_bytes_free = [&](const std::filesystem::path& directory) { return disk - used(directory); };
  StoreFixture f(small);
  for (std::uint64_t n = 1; n <= 30; ++n) REQUIRE(f.begin(n, 4 * part_bytes));
  std::uint64_t accepted = 0;
  for (std::uint64_t n = 0; n < 120; ++n) {
    const auto index = static_cast<std::uint32_t>(n % 4);
    if (f.part(1 + n / 4, index, blob(4 * part_bytes, 1 + n / 4))) accepted += part_bytes;
    if (f.accept(1000 + n, blob(20'000 + 2'000 * n, n))) accepted += 20'000 + 2'000 * n;
    REQUIRE(disk - used(f.directory.path()) >= small.quotas->disk_reserve_bytes);
  }
  CHECK(accepted > std::uint64_t{28} << 20);  // and what there is, less the WAL's share, is used
  REQUIRE(f.close_day(Day(101)));
  CHECK(disk - used(f.directory.path()) >= small.quotas->disk_reserve_bytes);
}

TEST_CASE("the queue is bounded by bytes: what does not fit is refused at once") {
  Options small;
  small.queue_bytes_max = 100'000;
  StoreFixture f(small);
  CHECK(failed_with(f.accept(1, blob(100'001, 1)), Errc::busy));
  CHECK(f.accept(1, blob(100'000, 1)));
}

TEST_CASE("a disk below its reserve takes nothing new and still answers") {
  StoreFixture f;
  REQUIRE(f.accept(1, blob(1000, 1)));
  f.options.quotas->disk_reserve_bytes = std::uint64_t{1} << 60;
  f.reopen();
  CHECK(failed_with(f.accept(2, blob(1000, 2)), Errc::busy));
  CHECK(f.accept(1, blob(1000, 1))->already_there);
  CHECK(f.read(1, "ada") == blob(1000, 1));
}

TEST_CASE(
    "a stored report is read by one job for all who ask, few reports at once, and remembered until an "
    "erasure") {
  Options options;
  options.readers = 1;
  StoreFixture f(options);
  const auto ask = [&](std::uint64_t n) {
    auto promise = std::make_shared<std::promise<Result<Digest>>>();
    f.store->report_digest(id_of(n), [promise](Result<Digest> digest) { promise->set_value(digest); });
    return promise->get_future();
  };
  for (std::uint64_t n = 0; n < 6; ++n) REQUIRE(f.accept(n, blob(500, n)));

  // The one reader is held in a completion, so that what is asked meanwhile waits.
  std::promise<void> go;
  std::promise<void> held;
  f.store->missing_parts(id_of(0), [&](const Result<UploadState>&) {
    held.set_value();
    go.get_future().wait();
  });
  held.get_future().wait();
  std::vector<std::future<Result<Digest>>> same;
  for (int n = 0; n < 100; ++n) same.push_back(ask(0));
  std::vector<std::future<Result<Digest>>> others;
  for (std::uint64_t n = 1; n < 6; ++n) others.push_back(ask(n));
  go.set_value();
  for (auto& answer : same) CHECK(answer.get() == sha256(blob(500, 0)));
  for (std::uint64_t n = 1; n < 4; ++n) CHECK(others[n - 1].get() == sha256(blob(500, n)));
  for (std::uint64_t n = 4; n < 6; ++n) CHECK(failed_with(others[n - 1].get(), Errc::busy));

  // What is remembered needs no reader; after an erasure it must.
  CHECK(ask(0).get() == sha256(blob(500, 0)));
  REQUIRE(f.seen(0, "ada"));
  REQUIRE(f.erase(0) == Obstacle::none);
  CHECK(failed_with(ask(0).get(), Errc::not_found));
  REQUIRE(f.accept(0, blob(700, 9)));
  CHECK(ask(0).get() == sha256(blob(700, 9)));
}
