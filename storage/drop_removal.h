// SPDX-License-Identifier: AGPL-3.0-or-later
// Takes drops away that nobody asked to erase: dummies that are no longer wanted, and what has lasted long enough. A few in each
// transaction; then the WAL is emptied of what somebody had put. Internal to storage/; a task of the writer.
#pragma once

#include <functional>
#include <vector>

#include "storage/work.h"

namespace candour::storage {

class DropRemoval final : public Task {
 public:
  using Condition = std::function<bool(const PlacedDrop&)>;
  // Of `tags`, those of which `still` holds when it is their turn: one may have been put again meanwhile. `done` may be empty.
  DropRemoval(std::vector<DropTag> tags, Condition still, Done<std::uint64_t> done)
      : left_(std::move(tags)), still_(std::move(still)), done_(std::move(done)) {}

  Result<Progress> step(Connection& db, HotIndex& index) override;
  void complete(const Result<>& outcome) override;

 private:
  Result<> remove_some(Connection& db, HotIndex& index);

  std::vector<DropTag> left_;  // taken from the back
  Condition still_;
  Done<std::uint64_t> done_;
  std::uint64_t gone_ = 0;
};

}  // namespace candour::storage
