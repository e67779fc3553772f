// SPDX-License-Identifier: AGPL-3.0-or-later
// Successions, unsigned and signed: what is accepted is written back byte for byte, and a key that has signed nothing hands on nothing.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "crypto/core/init.h"
#include "crypto/sign/signing_key.h"
#include "protocol/succession_note.h"

using namespace candour;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!init_crypto()) std::abort();
  static const VerifyKey silent = sign::SigningKey::make_random().verify_key();
  const std::string_view text = as_text({data, size});
  if (const auto succession = parse_succession(text); succession && encode_succession(*succession) != text)
    std::abort();
  if (verify_succession(text, silent)) std::abort();
  return 0;
}
