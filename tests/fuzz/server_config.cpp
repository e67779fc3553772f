// SPDX-License-Identifier: AGPL-3.0-or-later
// candourd.toml: whatever it holds, it is a configuration or it is refused.
#include <cstdlib>

#include "crypto/core/bytes.h"
#include "server/process/config.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto config = candour::server::parse_config(candour::as_text({data, size}));
  if (config && (config->connections == 0 || !config->data.is_absolute() || !config->secrets.is_absolute()))
    std::abort();
  return 0;
}
