// SPDX-License-Identifier: AGPL-3.0-or-later
// The drops' part of a day close: everything that was put since the last one is moved out of drop_arrival in an order drawn at
// random, today's too, since that tells even less. Bounded transactions that each leave a whole store. Internal to storage/.
#pragma once

#include <optional>
#include <vector>

#include "storage/work.h"

namespace candour::storage {

class DropClose {
 public:
  Result<bool> step(Connection& db, HotIndex& index);  // true: there is more

 private:
  std::optional<std::vector<DropTag>> left_;  // taken from the back
};

}  // namespace candour::storage
