// SPDX-License-Identifier: AGPL-3.0-or-later
// report.json, which anybody may have written: an accepted one is written back to the same meaning.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "crypto/core/init.h"
#include "protocol/report_json.h"

using namespace candour;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!init_crypto()) std::abort();
  const auto report = parse_report(as_text({data, size}));
  if (!report) return 0;
  const auto encoded = encode_report(*report);
  if (!encoded) return 0;  // escapes may make it longer than the bound
  const auto again = parse_report(*encoded);
  if (!again || encode_report(*again).value() != *encoded) std::abort();
  return 0;
}
