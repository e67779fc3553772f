// SPDX-License-Identifier: AGPL-3.0-or-later
// Manifests: what is accepted is written back byte for byte.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "crypto/core/init.h"
#include "protocol/manifest.h"

using namespace candour;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!init_crypto()) std::abort();
  const std::string_view text = as_text({data, size});
  if (const auto manifest = parse_manifest(text); manifest && encode_manifest(*manifest) != text)
    std::abort();
  return 0;
}
