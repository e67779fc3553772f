// SPDX-License-Identifier: AGPL-3.0-or-later
// What was taken out of a drop, as a whole plaintext, as a signed reply and as its text: what is accepted is written back byte for byte, and
// nobody speaks for a caseworker whose key has signed nothing.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "crypto/core/init.h"
#include "crypto/sign/signing_key.h"
#include "protocol/drop.h"
#include "protocol/drop_text.h"
#include "protocol/reply_note.h"

using namespace candour;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!init_crypto()) std::abort();
  static const Caseworker silent{.id = CaseworkerId::parse("ada").value(),
                                 .name = "Ada",
                                 .desks = {},
                                 .signing_key = make_note_verifier_key(
                                     "candour/caseworker/ada", sign::SigningKey::make_random().verify_key()),
                                 .sealing_key_note = {},
                                 .revoked = false,
                                 .sealing_key = std::nullopt};
  const std::string_view text = as_text({data, size});
  if (const auto reply = parse_reply(text); reply && encode_reply(*reply) != text) std::abort();
  if (verify_reply(text, {silent, 0, ""})) std::abort();
  Bytes plain(data, data + size);
  plain.resize(drop_plain_bytes);
  if (const auto written = text_of_drop(plain)) {
    const auto again = fill_drop(*written);
    if (!again || !std::ranges::equal(again->reveal(), plain)) std::abort();
  }
  return 0;
}
