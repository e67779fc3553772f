// SPDX-License-Identifier: AGPL-3.0-or-later
// The line that says how a passphrase makes the database's key: refused, or exactly what the encoder writes.
#include <cstdlib>

#include "crypto/core/bytes.h"
#include "server/process/database_key.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = candour::as_text({data, size});
  const auto key = candour::server::parse_passphrase_key(text);
  if (key && candour::server::encode_passphrase_key(*key) != text) std::abort();
  return 0;
}
