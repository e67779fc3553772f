// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/dummy_drop.h"

#include <sodium.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <functional>
#include <vector>

#include "crypto/core/age_header.h"
#include "crypto/core/encoding.h"
#include "crypto/core/init.h"
#include "protocol/drop.h"

namespace candour {
namespace {

constexpr std::size_t samples = 100;

Bytes encapsulation_in(ByteView drop) {
  const auto header = parse_age_header(drop);
  REQUIRE(header);
  REQUIRE(*header);
  auto bytes = base64_raw_decode((*header)->stanzas.at(0).arguments.at(1));
  REQUIRE(bytes);
  return std::move(*bytes);
}

// How far the 10-bit numbers of ML-KEM ciphertexts are from what compression makes of uniform coefficients. By chance: 1023,
// with a standard deviation of 45.
double chi_square(const std::function<Bytes()>& encapsulation) {
  std::vector<double> seen(1024);
  double total = 0;
  for (std::size_t i = 0; i < samples; ++i) {
    const auto bytes = encapsulation();
    REQUIRE(bytes.size() == 1120);
    for (std::size_t bit = 0; bit < std::size_t{768} * 10; bit += 10) {
      const auto low = static_cast<unsigned>(bytes[bit / 8] | bytes[bit / 8 + 1] << 8U);
      seen.at((low >> bit % 8) & 1023U) += 1;
      total += 1;
    }
  }
  std::vector<double> expected(1024);
  for (std::uint32_t x = 0; x < 3329; ++x) expected.at(((x * 1024 + 1664) / 3329) % 1024) += total / 3329;
  double sum = 0;
  for (std::size_t i = 0; i < seen.size(); ++i)
    sum += (seen[i] - expected[i]) * (seen[i] - expected[i]) / expected[i];
  return sum;
}

TEST_CASE("dummy: it is a sealed drop, and no two are alike") {
  REQUIRE(init_crypto());
  const auto one = make_dummy_drop();
  CHECK(check_sealed_drop(one) == SealedProblem::none);
  CHECK(make_dummy_drop() != one);
}

TEST_CASE("dummy: counting tells its encapsulation from random bytes, and not from true ones") {
  REQUIRE(init_crypto());
  std::array<std::uint8_t, crypto_kem_xwing_PUBLICKEYBYTES> recipient{};
  std::array<std::uint8_t, crypto_kem_xwing_SECRETKEYBYTES> secret{};
  crypto_kem_xwing_keypair(recipient.data(), secret.data());
  const double limit = 1023 + 6 * 45;
  CHECK(chi_square([&] {
          Bytes encapsulation(crypto_kem_xwing_CIPHERTEXTBYTES);
          std::array<std::uint8_t, crypto_kem_xwing_SHAREDSECRETBYTES> shared{};
          REQUIRE(crypto_kem_xwing_enc(encapsulation.data(), shared.data(), recipient.data()) == 0);
          return encapsulation;
        }) < limit);
  CHECK(chi_square([] { return encapsulation_in(make_dummy_drop()); }) < limit);
  CHECK(chi_square([] {
          Bytes random(1120);
          randombytes_buf(random.data(), random.size());
          return random;
        }) > limit);
}

TEST_CASE("dummy: every bit of the four-bit numbers, the key, the MAC and the payload moves") {
  REQUIRE(init_crypto());
  Bytes any;
  Bytes all;
  for (std::size_t i = 0; i < samples; ++i) {
    auto varying = encapsulation_in(make_dummy_drop());
    varying.erase(varying.begin(), varying.begin() + 960);
    varying.back() = static_cast<std::uint8_t>(varying.back() & 0x7fU);
    const auto drop = make_dummy_drop();
    varying.insert(varying.end(), drop.end() - 16416, drop.end());
    if (any.empty()) {
      any = all = varying;
      continue;
    }
    for (std::size_t at = 0; at < varying.size(); ++at) {
      any[at] |= varying[at];
      all[at] &= varying[at];
    }
  }
  for (std::size_t at = 0; at < any.size(); ++at) {
    CAPTURE(at);
    const bool last_of_key = at == 159;  // a number below 2^255 - 19
    if (any[at] != (last_of_key ? 0x7f : 0xff)) FAIL("a bit is never set");
    if (all[at] != 0) FAIL("a bit is always set");
  }
}

}  // namespace
}  // namespace candour
