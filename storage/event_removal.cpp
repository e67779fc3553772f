// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/event_removal.h"

#include <algorithm>
#include <utility>

#include "storage/erasure.h"

namespace candour::storage {

Result<> EventRemoval::remove_some(Connection& db, HotIndex& index) {
  const auto taken = std::min(left_.size(), at_once_);
  std::vector<EventId> gone;
  auto done = in_one_transaction(db, [&]() -> Result<> {
    auto chosen = choose_(db, std::span(left_).last(taken));
    if (!chosen) return fail(chosen);
    gone = std::move(*chosen);
    for (const auto& id : gone)
      if (auto one = events_->remove(db, id); !one) return one;
    return {};
  });
  if (!done) return done;
  left_.resize(left_.size() - taken);
  gone_ += gone.size();
  if (gone.empty()) return {};
  index.change([&](HotIndex& hot) {
    hot.events().remove(std::move(gone));
    hot.set_log_holds_erased(true);
  });
  return {};
}

Result<Task::Progress> EventRemoval::step(Connection& db, HotIndex& index) {
  if (!left_.empty()) {
    if (auto done = remove_some(db, index); !done) return fail(done);
    return Progress::more;
  }
  if (!index.log_holds_erased()) return Progress::finished;
  return blank_log(db, index);
}

void EventRemoval::complete(const Result<>& outcome) {
  if (outcome)
    done_(gone_);
  else
    done_(fail(outcome));
}

}  // namespace candour::storage
