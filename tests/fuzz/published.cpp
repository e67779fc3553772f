// SPDX-License-Identifier: AGPL-3.0-or-later
// What an auditor is given as a release's manifest: every path of it must be one that may be asked for.
#include <cstdlib>

#include "client-cli/site/published.h"
#include "crypto/core/bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto published = candour::cli::parse_published(candour::as_text({data, size}));
  if (!published) return 0;
  for (const auto& file : published->files)
    if (!file.path.starts_with('/') || file.path.find_first_of(" ?#%\r\n\\:") != std::string::npos)
      std::abort();
  return 0;
}
