// SPDX-License-Identifier: AGPL-3.0-or-later
// One key, one text: what is read as a recipient or an identity is written back as it was.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "crypto/core/age_recipient.h"
#include "crypto/core/bech32.h"
#include "crypto/core/init.h"
#include "crypto/open/identity.h"

using namespace candour;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!init_crypto()) std::abort();
  const std::string_view text = as_text({data, size});
  if (const auto key = parse_x25519_recipient(text); key && encode_recipient(*key) != text) std::abort();
  if (const auto key = parse_hybrid_recipient(text); key && encode_recipient(*key) != text) std::abort();
  if (const auto identity = open::parse_identity({data, size})) {
    const auto* hybrid = std::get_if<open::HybridIdentity>(&*identity);
    const SecretBytes again =
        hybrid != nullptr ? hybrid->encode() : std::get<open::X25519Identity>(*identity).encode();
    if (as_text(again.reveal()) != text) std::abort();
  }
  Bytes out(20);
  static_cast<void>(bech32_decode_into(text, "abcdef", out));
  return 0;
}
