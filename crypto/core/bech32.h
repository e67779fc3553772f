// SPDX-License-Identifier: AGPL-3.0-or-later
// Bech32 (BIP 173) without its limit on length, as age encodes keys. The checksum finds typing mistakes; it
// proves nothing. Text is all lower case or all upper case. For public data, or for secrets through the
// *_secret and *_into forms, which keep them in wiped memory. Thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"
#include "crypto/core/secret.h"

namespace candour {

// Longest text that is read. The longest age key (age1tagpq1…) has about 2 100 characters.
inline constexpr std::size_t bech32_characters_max = 8'192;

// Lower case. `hrp` is lower case, 1 to 83 printable characters.
std::string bech32_encode(std::string_view hrp, ByteView data);

// Upper case, for secret keys: the text is in wiped memory. `hrp` is given in lower case.
SecretBytes bech32_encode_secret(std::string_view hrp, std::span<const std::uint8_t> data);

// Errc::malformed with the reason: mixed case, no separator, a character outside the alphabet, wrong
// checksum, wrong filling bits; another `hrp` (given in lower case) than expected; or a size other than
// out.size().
Result<> bech32_decode_into(std::string_view text, std::string_view hrp, std::span<std::uint8_t> out);

}  // namespace candour
