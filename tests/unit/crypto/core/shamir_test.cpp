// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/shamir.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <set>
#include <string>

#include "crypto/core/encoding.h"

using namespace candour;

namespace {

FileKey key_of(std::string_view hex) {
  FileKey key;
  REQUIRE(hex_decode_into(hex, key.writable()));
  return key;
}

std::string text(const FileKey& key) { return hex_encode(key.reveal()); }

KeyShare copy(const KeyShare& share) { return {share.x, FileKey::copy_of(share.y.reveal())}; }

std::vector<std::uint8_t> numbers_to(unsigned count) {
  std::vector<std::uint8_t> numbers;
  for (unsigned x = 1; x <= count; ++x) numbers.push_back(static_cast<std::uint8_t>(x));
  return numbers;
}

// The shares whose bit is set.
std::vector<KeyShare> chosen(const std::vector<KeyShare>& all, unsigned bits) {
  std::vector<KeyShare> some;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (((bits >> i) & 1U) != 0) some.push_back(copy(all[i]));
  return some;
}

}  // namespace

TEST_CASE("Shamir: the test vector of draft-mcgrew-tss-03") {
  // "test" and a zero byte, two of two; what follows is ours, of zeros.
  std::vector<KeyShare> shares;
  shares.push_back({1, key_of("b9fa07e1850000000000000000000000")});
  shares.push_back({2, key_of("f5409b45110000000000000000000000")});
  CHECK(text(combine_key(shares).value()) == "74657374000000000000000000000000");
}

TEST_CASE("Shamir: any that are enough give the key back, in any order, and more than enough too") {
  const FileKey key = FileKey::make_random();
  for (unsigned threshold = 1; threshold <= 5; ++threshold) {
    const auto all = split_key(key, threshold, numbers_to(5)).value();
    REQUIRE(all.size() == 5);
    for (unsigned bits = 1; bits < 32; ++bits) {
      auto some = chosen(all, bits);
      std::ranges::reverse(some);
      const auto back = combine_key(some);
      REQUIRE(back);
      if (some.size() >= threshold) CHECK(text(*back) == text(key));
      if (some.size() < threshold) CHECK(text(*back) != text(key));
    }
  }
}

TEST_CASE("Shamir: one share of two takes every value, whatever the key") {
  const FileKey key = key_of("00000000000000000000000000000000");
  std::set<std::uint8_t> first_bytes;
  for (int i = 0; i < 4000; ++i)
    first_bytes.insert(split_key(key, 2, numbers_to(2)).value()[0].y.reveal()[0]);
  CHECK(first_bytes.size() == 256);  // one is missing by chance once in 25 000
}

TEST_CASE("Shamir: numbers that no share has are refused") {
  const FileKey key = FileKey::make_random();
  CHECK(split_key(key, 0, numbers_to(3)).error().code == Errc::refused);
  CHECK(split_key(key, 4, numbers_to(3)).error().code == Errc::refused);
  CHECK(split_key(key, 2, numbers_to(key_shares_max + 1)).error().code == Errc::refused);
  CHECK(split_key(key, key_shares_max, numbers_to(key_shares_max)));
  CHECK(split_key(key, 1, std::vector<std::uint8_t>{0}).error().code == Errc::refused);
  CHECK(split_key(key, 2, std::vector<std::uint8_t>{9, 9}).error().code == Errc::refused);
  CHECK(split_key(key, 2, std::vector<std::uint8_t>{255, 9}));
  CHECK(combine_key({}).error().code == Errc::refused);
  for (const unsigned x : {0U, 2U}) {
    auto shares = split_key(key, 2, numbers_to(2)).value();
    shares[0].x = static_cast<std::uint8_t>(x);
    CHECK(combine_key(shares).error().code == Errc::refused);
  }
}
