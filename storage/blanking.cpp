// SPDX-License-Identifier: AGPL-3.0-or-later
// What is left of dropped uploads and of erased drops. However many are dropped, by strangers too, at most one task waits for all of them.
#include <utility>

#include "storage/erasure.h"
#include "storage/store_parts.h"

namespace candour::storage {

void Store::Parts::blank_dropped(Done<> done) {
  const bool nothing =
      index.look([](const HotIndex& hot) { return hot.all_erasing().empty() && !hot.log_holds_erased(); });
  if (nothing) return done ? done({}) : void();
  {
    const std::lock_guard guard(blanking_mutex);
    if (done) blanking_waits.push_back(std::move(done));
    if (std::exchange(blanking_queued, true)) return;
  }
  auto served = std::make_shared<std::vector<Done<>>>();
  const auto take = [this, served] {
    const std::lock_guard guard(blanking_mutex);
    blanking_queued = false;
    for (auto& waits : blanking_waits) served->push_back(std::move(waits));
    blanking_waits.clear();
  };
  auto choose = [take](Connection& db, const HotIndex& hot) {
    take();
    return Erasure::begun_before()(db, hot);
  };
  writer->submit(
      std::make_unique<Erasure>(std::move(choose), true, [take, served](Result<std::uint64_t> outcome) {
        if (!outcome) take();  // the store closes before its turn came
        for (auto& waits : *served) waits(outcome ? Result<>() : fail(outcome));
      }));
}

}  // namespace candour::storage
