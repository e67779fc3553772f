// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/age_stream.h"

#include <algorithm>

namespace candour {

std::uint64_t age_payload_size(std::uint64_t plain_bytes) {
  const std::uint64_t chunks =
      std::max<std::uint64_t>(1, (plain_bytes + age_chunk_plain_bytes - 1) / age_chunk_plain_bytes);
  return age_payload_nonce_bytes + plain_bytes + chunks * age_tag_bytes;
}

std::optional<std::uint64_t> age_plain_size(std::uint64_t payload_bytes) {
  if (payload_bytes < age_payload_nonce_bytes + age_tag_bytes) return std::nullopt;
  const std::uint64_t sealed = payload_bytes - age_payload_nonce_bytes;
  const std::uint64_t chunks =
      sealed / age_chunk_sealed_bytes + (sealed % age_chunk_sealed_bytes != 0 ? 1 : 0);
  const std::uint64_t tags = chunks * age_tag_bytes;
  const std::uint64_t last = sealed - (chunks - 1) * age_chunk_sealed_bytes;
  if (last < age_tag_bytes || (last == age_tag_bytes && chunks > 1)) return std::nullopt;
  return sealed - tags;
}

std::array<std::uint8_t, 12> age_chunk_nonce(std::uint64_t counter, bool final_chunk) {
  std::array<std::uint8_t, 12> nonce{};
  for (std::size_t i = 0; i < 8; ++i) nonce[10 - i] = static_cast<std::uint8_t>(counter >> (8 * i));
  nonce[11] = final_chunk ? 1 : 0;
  return nonce;
}

}  // namespace candour
