// SPDX-License-Identifier: AGPL-3.0-or-later
// Sizes and nonces of the age payload (C2SP age.md, "Payload"): a 16-byte nonce, then chunks of 64 KiB
// plaintext, each with a 16-byte tag; the last one may be shorter, and is empty only where the whole
// plaintext is. No keys and no ciphers here: the server uses the sizes to refuse a blob that cannot be a
// padded report.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace candour {

inline constexpr std::size_t age_chunk_plain_bytes = 65'536;
inline constexpr std::size_t age_tag_bytes = 16;
inline constexpr std::size_t age_chunk_sealed_bytes = age_chunk_plain_bytes + age_tag_bytes;
inline constexpr std::size_t age_payload_nonce_bytes = 16;
inline constexpr std::uint64_t age_plain_bytes_max = std::uint64_t{1} << 62;

// Bytes after the header, for this many bytes of plaintext (at most age_plain_bytes_max).
std::uint64_t age_payload_size(std::uint64_t plain_bytes);

// The other way; nothing where no plaintext has such a payload.
std::optional<std::uint64_t> age_plain_size(std::uint64_t payload_bytes);

// The nonce of a chunk: 11-byte big-endian counter, then 1 for the final chunk, else 0.
std::array<std::uint8_t, 12> age_chunk_nonce(std::uint64_t counter, bool final_chunk);

}  // namespace candour
