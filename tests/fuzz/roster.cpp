// SPDX-License-Identifier: AGPL-3.0-or-later
// Rosters before their signature is believed: an accepted one encodes to one that is accepted again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "crypto/core/init.h"
#include "protocol/roster_draft.h"

using namespace candour;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!init_crypto()) std::abort();
  const std::string_view text = as_text({data, size});
  const auto roster = parse_roster(text);
  const auto draft = parse_roster_draft(text);
  if (roster && !draft) std::abort();
  if (!roster) return 0;
  const auto again = parse_roster(encode_roster(*roster));
  if (!again || encode_roster(*again) != encode_roster(*roster)) std::abort();
  for (const Caseworker& caseworker : roster->caseworkers) {
    if (caseworker.sealing_key && caseworker.sealing_key->caseworker != caseworker.id) std::abort();
  }
  return 0;
}
