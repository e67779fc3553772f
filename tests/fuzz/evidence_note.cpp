// SPDX-License-Identifier: AGPL-3.0-or-later
// What a caseworker signs over a bag of evidence, as text and as a note: what is accepted is written back byte for byte, and
// nothing is signed by people whom the roster does not have.
#include <cstdlib>

#include "crypto/core/init.h"
#include "protocol/evidence_note.h"

using namespace candour;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!init_crypto()) std::abort();
  const std::string_view text = as_text({data, size});
  if (const auto note = parse_evidence(text); note && encode_evidence(*note) != text) std::abort();
  if (verify_evidence(text, Roster{})) std::abort();
  return 0;
}
