// SPDX-License-Identifier: AGPL-3.0-or-later
// Text encodings of bytes: lower-case hex, base64 in its two forms (RFC 4648 section 4), Crockford base32.
// Decoders accept exactly what the encoder writes: no white space, no other case, no trailing bits, so that
// one value has one text. Only Crockford base32, which people type, forgives. For public data, or for secrets
// through the *_into forms, which write into memory of the caller's and leave no copy. Thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"

namespace candour {

std::string hex_encode(ByteView bytes);
Result<Bytes> hex_decode(std::string_view text);
// Errc::malformed unless the text holds exactly out.size() bytes; so for every *_into below.
Result<> hex_decode_into(std::string_view text, std::span<std::uint8_t> out);

// With padding: signed notes, JSON, armor.
std::string base64_encode(ByteView bytes);
Result<Bytes> base64_decode(std::string_view text);
Result<> base64_decode_into(std::string_view text, std::span<std::uint8_t> out);

// Without padding: age headers.
std::string base64_raw_encode(ByteView bytes);
Result<Bytes> base64_raw_decode(std::string_view text);
Result<> base64_raw_decode_into(std::string_view text, std::span<std::uint8_t> out);

// Crockford base32, upper case, no check symbol: 5 bits a character, the last one filled up with zero bits.
std::string crockford_encode(ByteView bytes);
// Forgives what people do: lower case, O for 0, I and L for 1, hyphens and spaces anywhere. Errc::malformed
// on other characters (U among them), on a wrong number of characters for `size_bytes`, and on non-zero
// filling bits.
Result<Bytes> crockford_decode(std::string_view text, std::size_t size_bytes);

}  // namespace candour
