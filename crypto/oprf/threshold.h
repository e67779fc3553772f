// SPDX-License-Identifier: AGPL-3.0-or-later
// One key in the hands of several holders (docs/spec/matching.md "Several holders"): any t of them give what the key alone gives, fewer nothing.
// Each holder answers and proves for its share as a single one does for its key (voprf.h); here the key is shared out, the list of
// public shares checked, and what the holders answered verified and put together. An answer that is wrong names its holder. Thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"
#include "crypto/oprf/voprf.h"

namespace candour::oprf {

inline constexpr std::uint8_t holders_max = 16;

// The value at `number` of the polynomial whose value at 0 is the key. 1 to holders_max.
struct HolderShare {
  std::uint8_t number = 0;
  Key key;
};
// Shares 1 to `holders`. Errc::refused unless 1 <= threshold <= holders <= holders_max.
Result<std::vector<HolderShare>> share_key(const Key& key, unsigned threshold, unsigned holders,
                                           const ScalarSource& random = SecretScalar::make_random);
// From at least as many as the threshold was. Whether it is the key, its public half tells. Errc::refused for none, for a number of 0 or
// too large, or twice; Errc::malformed where the shares are none of one key.
Result<Key> join_key(std::span<const HolderShare> shares);

struct PublicShare {
  std::uint8_t number = 0;
  Element public_key;
};
// As a roster says it.
struct HolderList {
  Element public_key;
  unsigned threshold = 0;
  std::vector<PublicShare> shares;
};
// One whose shares belong together and to the public key, so that it does not matter which holders answer.
class Holders {
 public:
  const HolderList& list() const { return list_; }

 private:
  friend Result<Holders> check_holders(HolderList list);
  explicit Holders(HolderList list) : list_(std::move(list)) {}
  HolderList list_;
};
// Errc::refused for numbers as in share_key() and join_key(); Errc::malformed for shares that do not belong together.
Result<Holders> check_holders(HolderList list);

// What came from one holder, as it came.
struct Answer {
  std::uint8_t number = 0;
  Bytes evaluation;
};
struct Combined {
  std::vector<std::uint8_t> liars;  // whose answers are none, or were not made with their shares; in order
  // Errc::refused for a number that is no holder's, or twice; Errc::no_match for fewer good answers than the threshold.
  Result<Evaluated> evaluated;
};
Combined combine(const Holders& holders, const BlindedBatch& batch, std::span<const Answer> answers);

}  // namespace candour::oprf
