// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/drop_removal.h"

#include <algorithm>

#include "storage/drops.h"
#include "storage/erasure.h"

namespace candour::storage {
namespace {

constexpr std::size_t step_drops_max = 64;

}  // namespace

Result<> DropRemoval::remove_some(Connection& db, HotIndex& index) {
  std::vector<DropTag> gone;
  bool put_by_somebody = false;
  const auto taken = std::min(left_.size(), step_drops_max);
  auto done = in_one_transaction(db, [&]() -> Result<> {
    for (std::size_t i = 0; i < taken; ++i) {
      const auto& tag = left_[left_.size() - 1 - i];
      const auto* drop = index.drops().find(tag);
      if (drop == nullptr || !still_(*drop)) continue;
      if (auto one = Drops::remove(db, tag, *drop); !one) return one;
      gone.push_back(tag);
      put_by_somebody = put_by_somebody || !drop->dummy;
    }
    return {};
  });
  if (!done) return done;
  left_.resize(left_.size() - taken);
  gone_ += gone.size();
  index.change([&](HotIndex& hot) {
    for (const auto& tag : gone) hot.drops().remove(tag);
    if (put_by_somebody) hot.set_log_holds_erased(true);
  });
  return {};
}

Result<Task::Progress> DropRemoval::step(Connection& db, HotIndex& index) {
  if (!left_.empty()) {
    if (auto done = remove_some(db, index); !done) return fail(done);
    return Progress::more;
  }
  if (!index.log_holds_erased()) return Progress::finished;
  return blank_log(db, index);
}

void DropRemoval::complete(const Result<>& outcome) {
  if (!done_) return;
  if (outcome)
    done_(gone_);
  else
    done_(fail(outcome));
}

}  // namespace candour::storage
