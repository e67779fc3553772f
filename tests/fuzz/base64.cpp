// SPDX-License-Identifier: AGPL-3.0-or-later
// Every encoding has one text for each value; Crockford's forgiving reader agrees with its writer.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "crypto/core/encoding.h"

using namespace candour;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  const std::string_view text = as_text(input);
  if (const auto bytes = base64_decode(text); bytes && base64_encode(*bytes) != text) std::abort();
  if (const auto bytes = base64_raw_decode(text); bytes && base64_raw_encode(*bytes) != text) std::abort();
  if (const auto bytes = hex_decode(text); bytes && hex_encode(*bytes) != text) std::abort();
  if (const auto bytes = crockford_decode(text, 10);
      bytes && crockford_decode(crockford_encode(*bytes), 10) != *bytes) {
    std::abort();
  }
  if (base64_decode(base64_encode(input)) != Bytes(data, data + size)) std::abort();
  return 0;
}
