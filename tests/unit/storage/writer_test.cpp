// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/writer.h"

#include <thread>

#include "storage/schema.h"
#include "store_fixture.h"

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;

namespace {

Result<> insert(Transaction& tx, std::int64_t key, ByteView id) {
  auto row = tx.db.statement("INSERT INTO arrival_seen (key, id, caseworker) VALUES (?, ?, 'ada')");
  return row.bind(key).bind(id).run();
}

}  // namespace

TEST_CASE("requests that share a transaction do not share a failure") {
  REQUIRE(init_crypto());
  TemporaryFolder directory;
  auto db = Connection::open(directory.path() / "t.db", key_of(1), Connection::Use::write);
  REQUIRE(db);
  REQUIRE(migrate(*db));
  auto second = Connection::open(directory.path() / "t.db", key_of(1), Connection::Use::read);
  REQUIRE(second);
  HotIndex index;
  Writer writer(std::move(*db), index, Options{}, directory.path());

  // The first holds the writer until all the others wait, so that they make one batch.
  std::promise<void> gate;
  std::promise<void> entered;
  writer.write<void>(
      {.id = id_of(0)}, 0, [](Result<>) {},
      [&](Transaction&) -> Result<> {
        entered.set_value();
        gate.get_future().wait();
        return {};
      });
  entered.get_future().wait();
  std::vector<std::future<Result<>>> outcomes;
  std::vector<int> shared_with;
  int in_batch = 0;
  const auto changes_before = 0;
  for (std::int64_t n = 1; n <= 5; ++n) {
    auto promise = std::make_shared<std::promise<Result<>>>();
    outcomes.push_back(promise->get_future());
    writer.write<void>(
        {.id = id_of(static_cast<std::uint64_t>(n))}, 0, [promise](Result<> r) { promise->set_value(r); },
        [&, n](Transaction& tx) -> Result<> {
          ++in_batch;
          // The index is untouched until the commit, whichever request of the batch looks.
          shared_with.push_back(static_cast<int>(tx.index.all_erasing().size()));
          tx.after_commit([n](HotIndex& hot) { hot.set_erasing(id_of(static_cast<std::uint64_t>(n)), 0); });
          if (auto done = insert(tx, n, as_bytes("row")); !done) return done;
          if (n == 3) return fail(Errc::refused, "This one fails after it has written.");
          if (n == 4) return insert(tx, 1, as_bytes("the key is taken"));
          return {};
        });
  }
  gate.set_value();
  for (std::int64_t n = 1; n <= 5; ++n) {
    const auto outcome = outcomes[static_cast<std::size_t>(n - 1)].get();
    CHECK(outcome.has_value() == (n != 3 && n != 4));
    auto query = second->statement("SELECT count(*) FROM arrival_seen WHERE key = ?");
    REQUIRE(query.bind(n).step() == true);
    CHECK(query.number(0) == (outcome ? 1 : 0));
  }
  CHECK(in_batch == 5);
  CHECK(shared_with == std::vector<int>(5, changes_before));  // one batch: nobody saw another's change
  CHECK(index.look([](const HotIndex& hot) { return hot.all_erasing().size(); }) == 3);
}

namespace {

// Something is in its way at first, as a reader can be in that of a checkpoint.
class Delayed final : public Task {
 public:
  explicit Delayed(std::promise<void>& done) : done_(done) {}
  Result<Progress> step(Connection&, HotIndex&) override {
    return ++steps_ == 1 ? Progress::later : Progress::finished;
  }
  void complete(const Result<>&) override { done_.set_value(); }

 private:
  std::promise<void>& done_;
  int steps_ = 0;
};

}  // namespace

TEST_CASE("steady traffic does not starve a task that had to wait") {
  REQUIRE(init_crypto());
  TemporaryFolder directory;
  auto db = Connection::open(directory.path() / "t.db", key_of(1), Connection::Use::write);
  REQUIRE(db);
  HotIndex index;
  Writer writer(std::move(*db), index, Options{}, directory.path());
  // Each request brings the next one when it completes, so that the queue is never empty.
  std::atomic<bool> stop = false;
  std::function<void()> again = [&] {
    if (stop) return;
    writer.write<void>({}, 0, [&](Result<>) { again(); }, [](Transaction&) -> Result<> { return {}; });
  };
  again();
  std::promise<void> done;
  writer.submit(std::make_unique<Delayed>(done));
  CHECK(done.get_future().wait_for(std::chrono::seconds(5)) == std::future_status::ready);
  stop = true;
  writer.stop();
}

TEST_CASE("what waits when the store closes is written and completed first") {
  StoreFixture f;
  std::atomic<int> completed = 0;
  for (std::uint64_t n = 0; n < 100; ++n)
    f.store->accept_report(id_of(n), audience({"ada"}), Day(100), blob(10000, n),
                           [&](Result<Stored> outcome) {
                             if (outcome) ++completed;
                           });
  f.reopen();
  CHECK(completed == 100);
  CHECK(f.list("ada")->reports.size() == 100);
}

TEST_CASE("many threads at once: every acknowledged report is there") {
  StoreFixture f;
  std::atomic<int> acknowledged = 0;
  std::vector<std::thread> threads;
  for (std::uint64_t t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (std::uint64_t n = 0; n < 40; ++n) {
        const auto stored = f.accept(t * 1000 + n % 30, blob(3000, t * 1000 + n % 30));
        if (stored && !stored->already_there) ++acknowledged;
        (void)f.list("ada", {}, 10);
        (void)f.seen(t * 1000 + n % 30, "ada");
        if (n == 20 && t == 0) (void)f.close_day(Day(101));
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(acknowledged == 120);
  CHECK(f.list("ada")->reports.size() == 120);
}
