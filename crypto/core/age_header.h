// SPDX-License-Identifier: AGPL-3.0-or-later
// The textual header of an age v1 file (C2SP age.md, "Header"): parsed strictly, and written. No secrets and
// no ciphers: the server uses it to refuse what is not sealed, crypto/seal and crypto/open to do the rest.
// Thread-safe.
//
//     age-encryption.org/v1
//     -> TYPE ARGUMENT …
//     base64 of the body, 64 columns a line, the last one shorter
//     --- base64 of the MAC
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"

namespace candour {

inline constexpr std::string_view age_version_line = "age-encryption.org/v1\n";
// Room for more than 600 post-quantum stanzas. A longer header is refused.
inline constexpr std::size_t age_header_bytes_max = 1 << 20;

struct AgeStanza {
  std::vector<std::string> arguments;  // at least one; the first is the type
  Bytes body;
  const std::string& type() const { return arguments.front(); }
};

struct AgeHeader {
  std::vector<AgeStanza> stanzas;  // at least one
  std::array<std::uint8_t, 32> mac{};
  std::size_t size_bytes = 0;  // of the whole header; the payload starts here
  std::size_t mac_bytes = 0;   // how many of them, from the first, the MAC covers: up to and including "---"
};

// Reads the header at the front of `prefix`, the beginning of a file of any length. Nothing (but no error)
// where the header may be going on after the prefix: call again with more, at least twice as much. At the end
// of the file that means Errc::truncated, which is the caller's to say. Errc::malformed as soon as the bytes
// seen cannot be a header (so with the first wrong byte of the first line), Errc::unsupported for another age
// version, Errc::too_large.
Result<std::optional<AgeHeader>> parse_age_header(ByteView prefix);

// One stanza as it stands in a header.
std::string encode_age_stanza(const AgeStanza& stanza);
// The header up to and including "---": what the MAC covers.
std::string encode_age_header_for_mac(std::span<const AgeStanza> stanzas);
// Completes it: " " || base64(mac) || LF.
std::string encode_age_mac_line_end(const std::array<std::uint8_t, 32>& mac);

}  // namespace candour
