// SPDX-License-Identifier: AGPL-3.0-or-later
// The header of a report that several have to open: what is read is written again as it was, and the server takes it for no other desk's.
#include <array>
#include <cstdlib>

#include "crypto/core/threshold_header.h"
#include "protocol/sealed_report.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace candour;
  const ByteView bytes{data, size};
  const auto header = parse_age_header(bytes);
  if (!header || !*header) return 0;
  const auto together = parse_threshold_header((*header)->stanzas);
  if (!together) return 0;
  if (encode_age_header_for_mac(encode_threshold_header(*together)) !=
      encode_age_header_for_mac((*header)->stanzas))
    std::abort();
  if (together->threshold < 2 || together->shares.size() < together->threshold) std::abort();
  const std::array others{1U, together->threshold + 1};
  if (check_sealed_report(bytes, size, together->shares.size(), others) == SealedProblem::none) std::abort();
  return 0;
}
