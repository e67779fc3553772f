// SPDX-License-Identifier: AGPL-3.0-or-later
// Caseworkers' cards: an accepted one survives a round trip, and its key is certified for its own id.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "crypto/core/init.h"
#include "protocol/card.h"

using namespace candour;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!init_crypto()) std::abort();
  const auto card = parse_card(as_text({data, size}));
  if (!card) return 0;
  if (card->sealing_key.caseworker != card->card.id) std::abort();
  if (!parse_card(encode_card(card->card))) std::abort();
  return 0;
}
