// SPDX-License-Identifier: AGPL-3.0-or-later
// The key derivations of age v1 (C2SP age.md) that sealing and opening share: header MAC, payload key, and
// the keys that wrap the 16-byte file key for each kind of recipient. No cipher is called here. Thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "crypto/core/bytes.h"
#include "crypto/core/hash.h"
#include "crypto/core/secret.h"

namespace candour {

using FileKey = Secret<16>;

inline constexpr std::string_view age_hybrid_type = "mlkem768x25519";
inline constexpr std::string_view age_hybrid_info = "age-encryption.org/mlkem768x25519";
inline constexpr std::string_view age_x25519_type = "X25519";
inline constexpr std::string_view age_scrypt_type = "scrypt";
inline constexpr std::size_t age_wrapped_key_bytes = 32;  // file key and tag
inline constexpr std::size_t age_scrypt_salt_bytes = 16;
inline constexpr std::size_t age_hybrid_share_bytes = 1120;

// HMAC-SHA256 over the header up to and including "---".
Digest age_header_mac(const FileKey& file_key, ByteView header);

Secret<32> age_payload_key(const FileKey& file_key, ByteView nonce);

Secret<32> age_x25519_wrap_key(const Secret<32>& shared, ByteView ephemeral_share, ByteView recipient);

// scrypt with N = 2^work_factor_log2, r = 8, p = 1: takes 1 KiB << work_factor_log2 of memory while it runs,
// given back to the system afterwards. Nothing where that memory cannot be had. work_factor_log2 is 1 to 22.
std::optional<Secret<32>> age_scrypt_wrap_key(std::span<const std::uint8_t> passphrase, ByteView salt,
                                              unsigned work_factor_log2);

// HPKE base mode key schedule (RFC 9180 section 5.1) for MLKEM768-X25519, HKDF-SHA256, ChaCha20Poly1305.
struct HybridWrapKey {
  Secret<32> key;
  std::array<std::uint8_t, 12> nonce{};
};
HybridWrapKey age_hybrid_wrap_key(const Secret<32>& shared, std::string_view info = age_hybrid_info);

}  // namespace candour
