// SPDX-License-Identifier: AGPL-3.0-or-later
// Any header that is accepted must be written back byte for byte: one meaning, one text. And what the parser says about
// a beginning may never be contradicted by the whole.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "crypto/core/age_header.h"

using namespace candour;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  const auto header = parse_age_header(input);
  if (header && *header) {
    const std::string again =
        encode_age_header_for_mac((*header)->stanzas) + encode_age_mac_line_end((*header)->mac);
    if (as_bytes(again).size() != (*header)->size_bytes) std::abort();
    if (again != as_text(input.first((*header)->size_bytes))) std::abort();
    const auto half = parse_age_header(input.first((*header)->size_bytes / 2));
    if (!half || *half) std::abort();
  }
  return 0;
}
