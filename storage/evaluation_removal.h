// SPDX-License-Identifier: AGPL-3.0-or-later
// Takes evaluations away whose days are over, some in each transaction. Nothing in them is worth blanking at once: batches are random,
// and what holders answered is of no use without the blinds. Internal to storage/; a task of the writer.
#pragma once

#include <vector>

#include "storage/evaluations.h"
#include "storage/work.h"

namespace candour::storage {

class EvaluationRemoval final : public Task {
 public:
  EvaluationRemoval(std::vector<ReportId> ids, Done<std::uint64_t> done)
      : left_(std::move(ids)), done_(std::move(done)) {}

  Result<Progress> step(Connection& db, HotIndex& index) override;
  void complete(const Result<>& outcome) override;

 private:
  std::vector<ReportId> left_;  // taken from the back
  Done<std::uint64_t> done_;
  std::uint64_t gone_ = 0;
};

}  // namespace candour::storage
