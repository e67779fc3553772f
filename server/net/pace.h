// SPDX-License-Identifier: AGPL-3.0-or-later
// How much one circuit, and all of them together, may begin in a minute: token buckets. What is over the limit
// is refused before it costs anything (429 slow-down); what is under way goes on. A circuit is a number of
// Tor's, kept in memory only and forgotten once it has been quiet for a minute: by then its buckets are full
// again. Their number is bounded; beyond it the longest quiet is forgotten. Loop's thread.
// Spec: docs/spec/http.md "Circuits".
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <unordered_map>

#include "server/http/bucket.h"
#include "server/http/router.h"
#include "server/net/limits.h"
#include "server/net/proxy_header.h"

namespace candour::server {

class Pace {
 public:
  static constexpr std::size_t circuits_max = 16384;

  explicit Pace(const Limits& limits) : limits_(limits) {}
  bool admit_connection(Circuit circuit, Bucket::Time now);
  // Without a circuit, only what holds for all together.
  bool admit_request(std::optional<Circuit> circuit, Begins begins, std::uint64_t body_bytes,
                     Bucket::Time now);
  // Those that have been quiet for a minute.
  void forget(Bucket::Time now);
  std::size_t circuits() const { return recent_.size(); }

 private:
  struct Buckets {
    Circuit circuit;
    Bucket::Time last_used;
    Bucket connections = {};
    Bucket reports = {};
    Bucket drops = {};
    Bucket companions = {};
    Bucket bytes = {};
  };
  Buckets& of(Circuit circuit, Bucket::Time now);

  const Limits& limits_;
  Bucket uploads_;
  std::list<Buckets> recent_;  // the one used last in front
  std::unordered_map<Circuit, std::list<Buckets>::iterator> places_;
};

}  // namespace candour::server
