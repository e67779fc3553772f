// SPDX-License-Identifier: AGPL-3.0-or-later
// How much each caseworker who is signed in may put in a minute, events and drops together (docs/spec/http.md "Circuits"): a bucket for
// each, whatever session, connection or circuit it came by. In memory only, and forgotten once it is full again. For the loop's thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>

#include "protocol/ids.h"
#include "server/http/bucket.h"

namespace candour::server {

class PutPace {
 public:
  // False, and nothing counted, when she put too much in the last minute.
  bool admit(const CaseworkerId& caseworker, std::uint64_t per_minute, Bucket::Time now);
  std::size_t remembered() const { return buckets_.size(); }

 private:
  std::map<CaseworkerId, Bucket> buckets_;  // at most one for each who put within the minute
};

}  // namespace candour::server
