// SPDX-License-Identifier: AGPL-3.0-or-later
// Waits for one verb of the store: at start and at the end, where there is no loop to keep free.
#pragma once

#include <future>
#include <utility>

#include "crypto/core/result.h"

namespace candour::server {

template <class T, class Start>
Result<T> wait_for(Start start) {
  std::promise<Result<T>> promise;
  auto outcome = promise.get_future();
  start([&promise](Result<T> result) { promise.set_value(std::move(result)); });
  return outcome.get();
}

}  // namespace candour::server
