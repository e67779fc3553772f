// SPDX-License-Identifier: AGPL-3.0-or-later
// HKDF-SHA256 (RFC 5869) with 32 bytes of output, and HMAC-SHA256 (RFC 2104). Thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "crypto/core/bytes.h"
#include "crypto/core/hash.h"
#include "crypto/core/secret.h"

namespace candour {

// Extract, then expand to 32 bytes. `ikm` is any length of keying material.
Secret<32> derive(std::span<const std::uint8_t> ikm, ByteView salt, std::string_view info);

// As docs/spec/labels.md wants it: empty salt. `label` comes from labels.h.
Secret<32> derive(std::span<const std::uint8_t> ikm, std::string_view label);

// The two halves, for HPKE (RFC 9180 section 4), which labels each of them.
Secret<32> hkdf_extract(ByteView salt, std::span<const std::uint8_t> ikm);
// `out` is at most 255 * 32 bytes.
void hkdf_expand(const Secret<32>& prk, std::string_view info, std::span<std::uint8_t> out);

Digest hmac_sha256(const Secret<32>& key, ByteView message);

}  // namespace candour
