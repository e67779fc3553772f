// SPDX-License-Identifier: AGPL-3.0-or-later
// Receipts and sign-ins, unsigned: what is accepted is written back byte for byte.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "crypto/core/init.h"
#include "protocol/receipt.h"
#include "protocol/session_note.h"

using namespace candour;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!init_crypto()) std::abort();
  const std::string_view text = as_text({data, size});
  if (const auto receipt = parse_receipt(text); receipt && encode_receipt(*receipt) != text) std::abort();
  if (const auto request = parse_session(text); request && encode_session(*request) != text) std::abort();
  if (const auto matches = matches_short_code(text, Digest{});
      matches && *matches != (text.find_first_not_of("0oO- ") == text.npos))
    std::abort();
  (void)claimed_caseworker(text);
  return 0;
}
