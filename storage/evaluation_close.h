// SPDX-License-Identifier: AGPL-3.0-or-later
// The evaluations' part of a day close: every row that was made or changed since the last one is moved out of evaluation_arrival in an
// order drawn at random, today's too. Bounded transactions that each leave a whole store. Internal to storage/.
#pragma once

#include <optional>
#include <vector>

#include "storage/connection.h"

namespace candour::storage {

class EvaluationClose {
 public:
  Result<bool> step(Connection& db);  // true: there is more

 private:
  Result<> draw(Connection& db);
  std::optional<std::vector<ReportId>> left_;  // taken from the back
};

}  // namespace candour::storage
