// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/evaluation_removal.h"

#include <algorithm>

namespace candour::storage {
namespace {

constexpr std::size_t step_rows_max = 128;

}  // namespace

Result<Task::Progress> EvaluationRemoval::step(Connection& db, HotIndex&) {
  const auto taken = std::min(left_.size(), step_rows_max);
  const auto done = in_one_transaction(db, [&]() -> Result<> {
    for (std::size_t i = 0; i < taken; ++i)
      if (auto one = Evaluations::remove(db, left_[left_.size() - 1 - i]); !one) return one;
    return {};
  });
  if (!done) return fail(done);
  left_.resize(left_.size() - taken);
  gone_ += taken;
  return left_.empty() ? Progress::finished : Progress::more;
}

void EvaluationRemoval::complete(const Result<>& outcome) {
  if (outcome)
    done_(gone_);
  else
    done_(fail(outcome));
}

}  // namespace candour::storage
