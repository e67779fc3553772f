// SPDX-License-Identifier: AGPL-3.0-or-later
// Pin files: what is accepted is written back byte for byte.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "crypto/core/init.h"
#include "protocol/pin.h"

using namespace candour;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!init_crypto()) std::abort();
  const std::string_view file = as_text({data, size});
  if (const auto pin = Pin::parse(file); pin && pin->encode() != file) std::abort();
  return 0;
}
