// SPDX-License-Identifier: AGPL-3.0-or-later
// The events' part of a day close: everything that was put since the last one is moved out of event_arrival in an order drawn at
// random, today's too, since that tells even less. Bounded transactions that each leave a whole store. Internal to storage/.
#pragma once

#include <optional>
#include <vector>

#include "storage/work.h"

namespace candour::storage {

class EventClose {
 public:
  Result<bool> step(Connection& db, HotIndex& index);  // true: there is more

 private:
  std::optional<std::vector<EventId>> left_;  // taken from the back
};

}  // namespace candour::storage
