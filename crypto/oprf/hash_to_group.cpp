// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/oprf/hash_to_group.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace candour::oprf {
namespace {

constexpr std::size_t block_bytes = 128;  // of SHA-512
constexpr std::size_t digest_bytes = 64;
constexpr unsigned derive_tries_max = 256;
using Wide = std::span<std::uint8_t, digest_bytes>;

std::array<std::uint8_t, 2> big_endian(std::size_t number) {
  return {static_cast<std::uint8_t>(number >> 8U), static_cast<std::uint8_t>(number)};
}

// SHA-512 over pieces, some of which are secret.
class Sha512 {
 public:
  Sha512() { crypto_hash_sha512_init(&state_); }
  ~Sha512() { sodium_memzero(&state_, sizeof state_); }
  Sha512(const Sha512&) = delete;
  Sha512& operator=(const Sha512&) = delete;

  void add(std::span<const std::uint8_t> piece) {
    if (!piece.empty()) crypto_hash_sha512_update(&state_, piece.data(), piece.size());
  }
  void add(std::string_view text) { add(as_bytes(text)); }
  void add_sized(std::span<const std::uint8_t> piece) {
    add(big_endian(piece.size()));
    add(piece);
  }
  void finish(Wide digest) { crypto_hash_sha512_final(&state_, digest.data()); }

 private:
  crypto_hash_sha512_state state_{};
};

std::string context(Mode mode) {
  return std::string("OPRFV1-") + static_cast<char>(mode) + "-ristretto255-SHA512";
}

// expand_message_xmd for as many bytes as one SHA-512 has; every tag here is far shorter than 255 bytes.
void expand_message(std::span<const std::uint8_t> message, const std::string& tag, Wide expanded) {
  const std::string tag_and_size = tag + static_cast<char>(tag.size());
  Sha512 whole;
  whole.add(std::array<std::uint8_t, block_bytes>{});
  whole.add(message);
  whole.add(big_endian(digest_bytes));
  whole.add(std::array<std::uint8_t, 1>{0});
  whole.add(tag_and_size);
  whole.finish(expanded);
  Sha512 block;
  block.add(expanded);
  block.add(std::array<std::uint8_t, 1>{1});
  block.add(tag_and_size);
  block.finish(expanded);
}

}  // namespace

Result<SecretElement> hash_to_group(Mode mode, std::span<const std::uint8_t> input) {
  if (input.size() > input_bytes_max)
    return fail(Errc::too_large, "What is compared has at most 65534 bytes.");
  Secret<digest_bytes> uniform;
  expand_message(input, "HashToGroup-" + context(mode), uniform.writable());
  return SecretElement::from_hash(uniform.reveal());
}

Scalar hash_to_scalar(Mode mode, ByteView transcript) {
  std::array<std::uint8_t, digest_bytes> uniform{};
  expand_message(transcript, "HashToScalar-" + context(mode), uniform);
  return Scalar::reduce(uniform);
}

Result<SecretScalar> derive_key(Mode mode, const Secret<32>& seed, ByteView info) {
  if (info.size() > input_bytes_max)
    return fail(Errc::too_large, "What a key is derived for has at most 65534 bytes.");
  SecretBytes input(seed.reveal().size() + 2 + info.size() + 1);
  auto rest = std::ranges::copy(seed.reveal(), input.writable().begin()).out;
  rest = std::ranges::copy(big_endian(info.size()), rest).out;
  rest = std::ranges::copy(info, rest).out;
  for (unsigned counter = 0; counter < derive_tries_max; ++counter) {
    *rest = static_cast<std::uint8_t>(counter);
    Secret<digest_bytes> uniform;
    expand_message(input.reveal(), "DeriveKeyPair" + context(mode), uniform.writable());
    Secret<scalar_bytes> bytes;
    crypto_core_ristretto255_scalar_reduce(bytes.writable().data(), uniform.reveal().data());
    if (auto key = SecretScalar::parse(bytes.reveal())) return key;
  }
  return fail(Errc::internal, "No key follows from this seed.");
}

void append_sized(Bytes& transcript, ByteView piece) {
  append(transcript, big_endian(piece.size()));
  append(transcript, piece);
}

std::array<std::uint8_t, digest_bytes> hash_for_seed(Mode mode, const Element& public_key) {
  std::array<std::uint8_t, digest_bytes> seed{};
  Sha512 hash;
  hash.add_sized(public_key.bytes());
  hash.add_sized(as_bytes("Seed-" + context(mode)));
  hash.finish(seed);
  return seed;
}

Output hash_for_output(std::span<const std::uint8_t> input, const SecretElement& evaluated) {
  Output output;
  Sha512 hash;
  hash.add_sized(input);
  hash.add_sized(evaluated.reveal());
  hash.add("Finalize");
  hash.finish(output.writable());
  return output;
}

}  // namespace candour::oprf
