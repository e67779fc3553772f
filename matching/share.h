// SPDX-License-Identifier: AGPL-3.0-or-later
// Shares of what two or three reports that name the same person open together (docs/spec/matching.md "Shares"): the polynomial that follows
// from an output of the evaluation, an author's share of it, and the commitments by which anybody checks a share. Thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "crypto/core/ed25519.h"
#include "crypto/core/result.h"
#include "crypto/oprf/group.h"
#include "crypto/oprf/hash_to_group.h"
#include "crypto/oprf/scalar.h"

namespace candour::matching {

// How many authors it takes, as each of them chooses.
enum class Threshold : std::uint8_t { two = 2, three = 3 };
inline constexpr std::array thresholds{Threshold::two, Threshold::three};
constexpr std::size_t count_of(Threshold k) { return static_cast<std::size_t>(k); }

// As its author sends it: to who may read companions it is no secret.
struct MatchShare {
  oprf::Scalar point;
  oprf::Scalar value;
};

class MatchPolynomial {
 public:
  // Errc::malformed where a coefficient is 0, which does not happen.
  static Result<MatchPolynomial> from_output(Threshold k, const oprf::Output& output);
  static Result<MatchPolynomial> from_root(Threshold k, oprf::SecretScalar root);

  // What as many shares as the threshold give, and the key to what is wrapped for it.
  const oprf::SecretScalar& root() const { return coefficients_.front(); }
  // The first is the tag.
  std::vector<oprf::Element> commitments() const;
  // Errc::malformed for 0, which does not happen.
  Result<MatchShare> share_at(const oprf::Scalar& point) const;

 private:
  explicit MatchPolynomial(std::vector<oprf::SecretScalar> coefficients)
      : coefficients_(std::move(coefficients)) {}
  std::vector<oprf::SecretScalar> coefficients_;
};

// Where the share of an author lies. Errc::malformed for 0, which does not happen.
Result<oprf::Scalar> match_point(const VerifyKey& author);

// `commitments`: at least one.
[[nodiscard]] bool is_share_of(const MatchShare& share, std::span<const oprf::Element> commitments);
// From as many as the threshold, of different points. Errc::malformed where they are not of one polynomial, as far as that shows.
Result<oprf::SecretScalar> join_shares(std::span<const MatchShare> shares);

}  // namespace candour::matching
