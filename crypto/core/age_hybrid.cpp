// SPDX-License-Identifier: AGPL-3.0-or-later
#include <string>

#include "crypto/core/age_keys.h"
#include "crypto/core/hkdf.h"

namespace candour {
namespace {

// "HPKE" || KEM 0x647a (MLKEM768-X25519) || KDF 0x0001 (HKDF-SHA256) || AEAD 0x0003 (ChaCha20Poly1305)
constexpr std::string_view suite_id("HPKE\x64\x7a\x00\x01\x00\x03", 10);

std::string labelled(std::string_view label) {
  return "HPKE-v1" + std::string(suite_id) + std::string(label);
}

// RFC 9180 section 4: LabeledExtract with public keying material.
Secret<32> labelled_extract(std::string_view label, std::string_view ikm) {
  const std::string input = labelled(label) + std::string(ikm);
  return hkdf_extract({}, as_bytes(input));
}

void labelled_expand(const Secret<32>& prk, std::string_view label, ByteView context,
                     std::span<std::uint8_t> out) {
  std::string input{'\0', static_cast<char>(out.size())};
  input += labelled(label);
  input += as_text(context);
  hkdf_expand(prk, input, out);
}

}  // namespace

HybridWrapKey age_hybrid_wrap_key(const Secret<32>& shared, std::string_view info) {
  Bytes context{0x00};  // mode_base
  append(context, labelled_extract("psk_id_hash", "").reveal());
  append(context, labelled_extract("info_hash", info).reveal());
  const std::string no_psk = labelled("secret");
  const Secret<32> secret = hkdf_extract(shared.reveal(), as_bytes(no_psk));
  HybridWrapKey out;
  labelled_expand(secret, "key", context, out.key.writable());
  labelled_expand(secret, "base_nonce", context, out.nonce);
  return out;
}

}  // namespace candour
