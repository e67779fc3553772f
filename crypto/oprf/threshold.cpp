// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/oprf/threshold.h"

#include <algorithm>
#include <array>
#include <utility>

namespace candour::oprf {
namespace {

using Numbers = std::vector<std::uint8_t>;

template <class Numbered>
Numbers numbers_of(std::span<const Numbered> all) {
  Numbers numbers;
  for (const Numbered& one : all) numbers.push_back(one.number);
  return numbers;
}

bool are_distinct(const Numbers& numbers) {
  std::array<bool, holders_max + 1> there{};
  return std::ranges::all_of(numbers, [&](std::uint8_t number) {
    return number >= 1 && number <= holders_max && !std::exchange(there.at(number), true);
  });
}

// By how much each of these counts for the value at `x` (Lagrange). Public numbers, all distinct.
std::vector<Scalar> weights_at(std::uint8_t x, const Numbers& numbers) {
  std::vector<Scalar> weights;
  for (const std::uint8_t own : numbers) {
    Scalar above = Scalar::from_number(1);
    Scalar below = Scalar::from_number(1);
    for (const std::uint8_t other : numbers) {
      if (other == own) continue;
      above = above * (Scalar::from_number(x) - Scalar::from_number(other));
      below = below * (Scalar::from_number(own) - Scalar::from_number(other));
    }
    weights.push_back(above * invert(below));
  }
  return weights;
}

// Errc::malformed for a value of 0.
Result<SecretScalar> value_at(std::uint8_t x, const SecretScalar& at_zero,
                              std::span<const SecretScalar> coefficients) {
  auto sum = Secret<scalar_bytes>::copy_of(at_zero.reveal());
  Scalar power = Scalar::from_number(1);
  for (const SecretScalar& coefficient : coefficients) {
    power = power * Scalar::from_number(x);
    add_times(sum, power, coefficient);
  }
  return SecretScalar::parse(sum.reveal());
}

Result<std::vector<HolderShare>> shares_on(const SecretScalar& key,
                                           std::span<const SecretScalar> coefficients, unsigned holders) {
  std::vector<HolderShare> shares;
  while (shares.size() < holders) {
    const auto number = static_cast<std::uint8_t>(shares.size() + 1);
    auto value = value_at(number, key, coefficients);
    if (!value) return fail(value);
    shares.push_back({number, Key(std::move(*value))});
  }
  return shares;
}

}  // namespace

Result<std::vector<HolderShare>> share_key(const Key& key, unsigned threshold, unsigned holders,
                                           const ScalarSource& random) {
  if (threshold < 1 || threshold > holders || holders > holders_max)
    return fail(Errc::refused,
                "A key is shared out over 1 to 16 holders, of whom no more than all are needed.");
  for (;;) {
    std::vector<SecretScalar> coefficients;
    for (unsigned degree = 1; degree < threshold; ++degree) coefficients.push_back(random());
    if (auto shares = shares_on(key.secret(), coefficients, holders)) return shares;  // else one of them is 0
  }
}

Result<Key> join_key(std::span<const HolderShare> shares) {
  const Numbers numbers = numbers_of(shares);
  if (numbers.empty() || !are_distinct(numbers))
    return fail(Errc::refused,
                "The shares of a key have numbers from 1 to 16, none twice, and there is at least one.");
  const auto weights = weights_at(0, numbers);
  Secret<scalar_bytes> sum;
  for (std::size_t i = 0; i < shares.size(); ++i) add_times(sum, weights[i], shares[i].key.secret());
  auto joined = SecretScalar::parse(sum.reveal());
  if (!joined) return fail(Errc::malformed, "These are not shares of one key.");
  return Key(std::move(*joined));
}

Result<Holders> check_holders(HolderList list) {
  std::ranges::sort(list.shares, {}, &PublicShare::number);
  const Numbers numbers = numbers_of(std::span<const PublicShare>(list.shares));
  if (list.threshold < 1 || list.threshold > numbers.size() || !are_distinct(numbers)) {
    return fail(
        Errc::refused,
        "A key has 1 to 16 holders with numbers from 1 to 16, none twice, and no more than all are needed.");
  }
  std::vector<Element> values;
  values.reserve(list.shares.size());
  for (const PublicShare& share : list.shares) values.push_back(share.public_key);
  // Of the polynomial through the first shares.
  const auto value_of_first = [&](std::size_t count, std::uint8_t x) {
    return weighted_sum(
        weights_at(x, {numbers.begin(), numbers.begin() + static_cast<std::ptrdiff_t>(count)}),
        std::span(values).first(count));
  };
  const bool belong = value_of_first(list.threshold, 0) == list.public_key &&
                      std::ranges::all_of(list.shares, [&](const PublicShare& share) {
                        return value_of_first(list.threshold, share.number) == share.public_key;
                      });
  if (!belong || list.public_key == Element() || std::ranges::find(values, Element()) != values.end())
    return fail(Errc::malformed, "The public shares of the key holders do not belong to the public key.");
  if (value_of_first(list.threshold - 1, 0) == list.public_key)
    return fail(Errc::malformed, "Fewer key holders than the roster says are enough.");
  return Holders(std::move(list));
}

Combined combine(const Holders& holders, const BlindedBatch& batch, std::span<const Answer> answers) {
  const HolderList& list = holders.list();
  const auto is_holders = [&](const Answer& answer) {
    return std::ranges::find(list.shares, answer.number, &PublicShare::number) != list.shares.end();
  };
  if (!are_distinct(numbers_of(answers)) || !std::ranges::all_of(answers, is_holders))
    return {{}, fail(Errc::refused, "Each key holder of the roster answers once, and nobody else.")};
  Combined combined{{}, fail(Errc::no_match, "Too few key holders gave an answer that can be used.")};
  Numbers numbers;
  std::vector<Evaluated> parts;
  for (const PublicShare& share : list.shares) {
    const auto answer = std::ranges::find(answers, share.number, &Answer::number);
    if (answer == answers.end()) continue;
    const auto evaluation = parse_evaluation(answer->evaluation);
    auto part = evaluation ? verify_evaluation(share.public_key, batch, *evaluation) : fail(evaluation);
    if (!part) {
      combined.liars.push_back(share.number);
    } else if (parts.size() < list.threshold) {
      numbers.push_back(share.number);
      parts.push_back(std::move(*part));
    }
  }
  if (parts.size() < list.threshold) return combined;
  const auto weights = weights_at(0, numbers);
  std::vector<Element> evaluated;
  for (std::size_t place = 0; place < batch.size(); ++place) {
    std::vector<Element> values;
    values.reserve(parts.size());
    for (const Evaluated& part : parts) values.push_back(part.elements()[place]);
    evaluated.push_back(weighted_sum(weights, values));
  }
  combined.evaluated = Evaluated(std::move(evaluated));
  return combined;
}

}  // namespace candour::oprf
