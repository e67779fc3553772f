// SPDX-License-Identifier: AGPL-3.0-or-later
// Identity files and key files: what is accepted as a key file is written back byte for byte, and is an identity file.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "crypto/core/init.h"
#include "crypto/open/identity_file.h"
#include "crypto/open/key_file.h"
#include "crypto/seal/key_file.h"

using namespace candour;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!init_crypto()) std::abort();
  const ByteView input(data, size);
  const auto identities = open::parse_identity_file(input);
  const auto key_file = open::parse_key_file(input);
  if (key_file) {
    const auto again = seal::encode_key_file(*key_file);
    if (!again || as_text(again->reveal()) != as_text(input)) std::abort();
    if (!key_file->epochs.empty() && (!identities || identities->size() != key_file->epochs.size()))
      std::abort();
  }
  return 0;
}
