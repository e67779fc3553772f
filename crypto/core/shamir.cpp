// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/shamir.h"

#include <array>
#include <utility>

namespace candour {
namespace {

constexpr unsigned polynomial = 0x1B;  // x^8 + x^4 + x^3 + x + 1, without its highest term

// Eight steps whatever the operands.
std::uint8_t multiply(std::uint8_t a, std::uint8_t b) {
  unsigned product = 0;
  unsigned shifted = a;
  for (unsigned bit = 0; bit < 8; ++bit) {
    product ^= shifted & (0U - ((b >> bit) & 1U));
    shifted = ((shifted << 1U) & 0xFFU) ^ (polynomial & (0U - (shifted >> 7U)));
  }
  return static_cast<std::uint8_t>(product);
}

// a^254, which is 1/a; 0 for 0.
std::uint8_t invert(std::uint8_t a) {
  std::uint8_t power = a;
  for (int step = 0; step < 6; ++step) power = multiply(multiply(power, power), a);
  return multiply(power, power);
}

// By how much share `at` counts for the value at 0. Of public numbers alone.
std::uint8_t weight_of(std::span<const KeyShare> shares, std::size_t at) {
  std::uint8_t above = 1;
  std::uint8_t below = 1;
  for (std::size_t other = 0; other < shares.size(); ++other) {
    if (other == at) continue;
    above = multiply(above, shares[other].x);
    below = multiply(below, shares[other].x ^ shares[at].x);
  }
  return multiply(above, invert(below));
}

void add_times(FileKey& sum, std::uint8_t factor, const FileKey& value) {
  const auto from = value.reveal();
  const auto to = sum.writable();
  for (std::size_t byte = 0; byte < to.size(); ++byte)
    to[byte] = static_cast<std::uint8_t>(to[byte] ^ multiply(factor, from[byte]));
}

}  // namespace

namespace {

Result<> check_numbers(std::span<const std::uint8_t> numbers) {
  std::array<bool, key_share_x_max + 1> there{};
  for (const std::uint8_t number : numbers)
    if (number == 0 || std::exchange(there.at(number), true))
      return fail(Errc::refused, "The shares of a key have numbers from 1 to 255, none twice.");
  return {};
}

}  // namespace

Result<std::vector<KeyShare>> split_key(const FileKey& key, unsigned threshold,
                                        std::span<const std::uint8_t> numbers) {
  if (threshold < 1 || threshold > numbers.size() || numbers.size() > key_shares_max)
    return fail(Errc::refused, "A key is divided into 1 to 32 shares, of which no more than all are needed.");
  if (auto right = check_numbers(numbers); !right) return fail(right);
  std::vector<FileKey> coefficients;
  for (unsigned degree = 1; degree < threshold; ++degree) coefficients.push_back(FileKey::make_random());
  std::vector<KeyShare> shares;
  for (const std::uint8_t x : numbers) {
    KeyShare share{x, FileKey::copy_of(key.reveal())};
    std::uint8_t power = 1;
    for (const FileKey& coefficient : coefficients) {
      power = multiply(power, x);
      add_times(share.y, power, coefficient);
    }
    shares.push_back(std::move(share));
  }
  return shares;
}

Result<FileKey> combine_key(std::span<const KeyShare> shares) {
  std::vector<std::uint8_t> numbers;
  for (const KeyShare& share : shares) numbers.push_back(share.x);
  if (auto right = check_numbers(numbers); !right) return fail(right);
  if (shares.empty()) return fail(Errc::refused, "There is no share to combine.");
  FileKey key;
  for (std::size_t at = 0; at < shares.size(); ++at) add_times(key, weight_of(shares, at), shares[at].y);
  return key;
}

}  // namespace candour
