// SPDX-License-Identifier: AGPL-3.0-or-later
#include "matching/share.h"

#include <sodium.h>

#include <algorithm>
#include <string>

#include "crypto/core/bytes.h"
#include "crypto/core/labels.h"
#include "crypto/core/secret.h"

namespace candour::matching {
namespace {

// SHA-512 of a label and what may be secret.
Secret<64> hash_wide(std::string_view label, std::span<const std::uint8_t> bytes) {
  SecretBytes whole(label.size() + bytes.size());
  std::ranges::copy(bytes, std::ranges::copy(as_bytes(label), whole.writable().begin()).out);
  Secret<64> digest;
  crypto_hash_sha512(digest.writable().data(), whole.reveal().data(), whole.size());
  return digest;
}

std::string label_for(std::string_view label, Threshold k) {
  return std::string(label) + std::to_string(count_of(k));
}

// 1, x, x * x …
std::vector<oprf::Scalar> powers(const oprf::Scalar& point, std::size_t count) {
  std::vector<oprf::Scalar> all{oprf::Scalar::from_number(1)};
  while (all.size() < count) all.push_back(all.back() * point);
  return all;
}

}  // namespace

Result<MatchPolynomial> MatchPolynomial::from_output(Threshold k, const oprf::Output& output) {
  auto root = oprf::SecretScalar::reduce(hash_wide(label_for(label::match_root, k), output.reveal()));
  if (!root) return fail(root);
  return from_root(k, std::move(*root));
}

Result<MatchPolynomial> MatchPolynomial::from_root(Threshold k, oprf::SecretScalar root) {
  std::vector<oprf::SecretScalar> coefficients;
  coefficients.push_back(std::move(root));
  for (std::size_t degree = 1; degree < count_of(k); ++degree) {
    const std::string label = label_for(label::match_coefficient, k) + '/' + std::to_string(degree);
    auto coefficient = oprf::SecretScalar::reduce(hash_wide(label, coefficients.front().reveal()));
    if (!coefficient) return fail(coefficient);
    coefficients.push_back(std::move(*coefficient));
  }
  return MatchPolynomial(std::move(coefficients));
}

std::vector<oprf::Element> MatchPolynomial::commitments() const {
  std::vector<oprf::Element> all;
  for (const oprf::SecretScalar& coefficient : coefficients_)
    all.push_back(oprf::Element::generator_times(coefficient));
  return all;
}

Result<MatchShare> MatchPolynomial::share_at(const oprf::Scalar& point) const {
  const auto secret = oprf::weighted_sum(powers(point, coefficients_.size()), coefficients_);
  if (!secret) return fail(secret);
  const auto value = oprf::Scalar::parse(secret->reveal());
  if (!value) return fail(value);
  return MatchShare{point, *value};
}

Result<oprf::Scalar> match_point(const VerifyKey& author) {
  const auto point = oprf::Scalar::reduce(hash_wide(label::match_point, author.bytes).reveal());
  if (point == oprf::Scalar()) return fail(Errc::malformed, "no share belongs to this authorship key");
  return point;
}

bool is_share_of(const MatchShare& share, std::span<const oprf::Element> commitments) {
  oprf::Element expected = commitments.back();  // by Horner's rule
  for (std::size_t left = commitments.size() - 1; left > 0; --left)
    expected = share.point * expected + commitments[left - 1];
  return oprf::Element::generator_times(share.value) == expected;
}

// Lagrange's interpolation at 0.
Result<oprf::SecretScalar> join_shares(std::span<const MatchShare> shares) {
  std::vector<oprf::Scalar> weights;
  std::vector<oprf::SecretScalar> values;
  for (std::size_t own = 0; own < shares.size(); ++own) {
    auto above = oprf::Scalar::from_number(1);
    auto below = oprf::Scalar::from_number(1);
    for (std::size_t other = 0; other < shares.size(); ++other) {
      if (other == own) continue;
      above = above * shares[other].point;
      below = below * (shares[other].point - shares[own].point);
    }
    weights.push_back(above * invert(below));
  }
  for (const MatchShare& share : shares) {
    auto value = oprf::SecretScalar::parse(share.value.bytes());
    if (!value) return fail(value);
    values.push_back(std::move(*value));
  }
  return oprf::weighted_sum(weights, values);
}

}  // namespace candour::matching
