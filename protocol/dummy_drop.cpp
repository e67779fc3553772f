// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/dummy_drop.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <span>
#include <string>

#include "crypto/core/age_header.h"
#include "crypto/core/encoding.h"
#include "crypto/core/random.h"
#include "protocol/drop.h"

namespace candour {
namespace {

// ML-KEM-768 (FIPS 203): a ciphertext is 3 polynomials with 10 bits a coefficient, and one with 4.
constexpr std::uint32_t modulus = 3329;
constexpr std::size_t coefficients = 256;
constexpr unsigned first_bits = 10;
constexpr unsigned second_bits = 4;
constexpr std::size_t first_bytes = 3 * coefficients * first_bits / 8;
constexpr std::size_t second_bytes = coefficients * second_bits / 8;

// Uniform below the modulus, by rejection of 12-bit numbers.
class Coefficients {
 public:
  std::uint32_t next() {
    for (;;) {
      if (at_ + 2 > random_.size()) {
        fill_random(random_);
        at_ = 0;
      }
      const auto number = (random_[at_] | static_cast<std::uint32_t>(random_[at_ + 1]) << 8U) & 0xfffU;
      at_ += 2;
      if (number < modulus) return number;
    }
  }

 private:
  std::array<std::uint8_t, 1024> random_{};
  std::size_t at_ = random_.size();
};

// ByteEncode(Compress(x)) of uniform x. The compressed numbers are not uniform: of 1024, 257 stand for four coefficients and the
// others for three, which over 768 of them would give plain random bytes away.
void write_compressed(Coefficients& from, unsigned bits, std::span<std::uint8_t> out) {
  std::uint32_t held = 0;
  unsigned held_bits = 0;
  for (auto& byte : out) {
    while (held_bits < 8) {
      const auto compressed = (((from.next() << bits) + modulus / 2) / modulus) & ((1U << bits) - 1);
      held |= compressed << held_bits;
      held_bits += bits;
    }
    byte = static_cast<std::uint8_t>(held);
    held >>= 8U;
    held_bits -= 8;
  }
}

// A public key of X25519 as key generation makes it, which half of all numbers are not: an Ed25519 one, as a Montgomery point.
void write_public_key(std::span<std::uint8_t, crypto_scalarmult_BYTES> out) {
  std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> key{};
  Secret<crypto_sign_SECRETKEYBYTES> unused;
  crypto_sign_keypair(key.data(), unused.writable().data());
  if (crypto_sign_ed25519_pk_to_curve25519(out.data(), key.data()) != 0) std::abort();  // it was made well
}

std::string encapsulation() {
  std::array<std::uint8_t, first_bytes + second_bytes + crypto_scalarmult_BYTES> bytes{};
  Coefficients from;
  write_compressed(from, first_bits, std::span(bytes).first<first_bytes>());
  write_compressed(from, second_bits, std::span(bytes).subspan<first_bytes, second_bytes>());
  write_public_key(std::span(bytes).last<crypto_scalarmult_BYTES>());
  return base64_raw_encode(bytes);
}

}  // namespace

Bytes make_dummy_drop() {
  AgeStanza stanza{.arguments = {std::string(sealed_stanza_type), encapsulation()}, .body = Bytes(32)};
  fill_random(stanza.body);
  std::array<std::uint8_t, 32> mac{};
  fill_random(mac);
  const std::string header = encode_age_header_for_mac(std::span(&stanza, 1)) + encode_age_mac_line_end(mac);
  Bytes drop(drop_bytes);
  std::ranges::copy(header, drop.begin());
  fill_random(std::span(drop).subspan(header.size()));
  return drop;
}

}  // namespace candour
