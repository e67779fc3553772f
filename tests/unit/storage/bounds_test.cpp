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
  small.open_uploads_max = 2;
  small.open_upload_bytes_max = 5 * part_bytes;
  small.upload_bytes_max = 4 * part_bytes;
  small.stored_bytes_max = 8 * part_bytes;
  StoreFixture f(small);
  CHECK(failed_with(f.begin(9, 4 * part_bytes + 1), Errc::too_large));
  CHECK(failed_with(f.begin(9, 0), Errc::malformed));
  REQUIRE(f.begin(1, 3 * part_bytes));
  CHECK(failed_with(f.begin(2, 3 * part_bytes), Errc::busy));
  REQUIRE(f.begin(2, part_bytes));
  CHECK(failed_with(f.begin(3, 1), Errc::busy));
  // 4 MiB are promised; of the rest, most is taken by reports until the policy says no.
  std::uint64_t n = 10;
  while (f.accept(n, blob(part_bytes, n))) REQUIRE(++n < 20);
  CHECK(n >= 12);
  CHECK(failed_with(f.accept(n, blob(part_bytes, n)), Errc::busy));
  const auto whole = blob(3 * part_bytes, 1);
  for (std::uint32_t index = 0; index < 3; ++index) CHECK(f.part(1, index, whole));
  CHECK(f.finish(1, sha256(whole)));
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
  f.options.disk_reserve_bytes = std::uint64_t{1} << 60;
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
