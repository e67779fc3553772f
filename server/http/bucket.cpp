// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/http/bucket.h"

#include <algorithm>

namespace candour::server {
namespace {

constexpr std::chrono::steady_clock::duration kMinute = std::chrono::minutes(1);

}  // namespace

bool Bucket::take(std::uint64_t cost, std::uint64_t per_minute, Time now) {
  // What is larger than a minute's worth, as a form with a large file, needs all of it: else it could never come.
  cost = std::min(cost, per_minute);
  // At most a minute. A form's body may have gigabytes, for which the product does not fit into 64 bits.
  const auto filling = Time::duration(static_cast<Time::rep>(
      static_cast<double>(cost) * static_cast<double>(kMinute.count()) / static_cast<double>(per_minute)));
  const Time full_at = std::max(full_at_, now) + filling;
  if (full_at - now > kMinute) return false;
  full_at_ = full_at;
  return true;
}

}  // namespace candour::server
