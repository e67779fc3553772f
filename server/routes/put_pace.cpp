// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/routes/put_pace.h"

namespace candour::server {

bool PutPace::admit(const CaseworkerId& caseworker, std::uint64_t per_minute, Bucket::Time now) {
  std::erase_if(buckets_, [now](const auto& entry) { return entry.second.is_full(now); });
  return buckets_[caseworker].take(1, per_minute, now);
}

}  // namespace candour::server
