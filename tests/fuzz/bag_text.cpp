// SPDX-License-Identifier: AGPL-3.0-or-later
// The tag files of a bag that somebody hands over: no path that is accepted leaves the bag, and a manifest that is accepted is read the
// same when it is written anew.
#include <cstdlib>

#include "client-cli/evidence/bag_text.h"

using namespace candour;
using namespace candour::cli;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text({data, size});
  (void)parse_bag_declaration(text);
  if (const auto info = parse_bag_info(text)) (void)oxum_of(*info);
  for (const bool payload : {true, false}) {
    const auto files = parse_bag_manifest(text, BagVersion::v1_0, payload);
    if (!files) continue;
    for (const auto& [path, digest] : *files) {
      if (path.starts_with('/') || ("/" + path + "/").contains("/../") ||
          path.starts_with("data/") != payload)
        std::abort();
    }
    const auto again = parse_bag_manifest(encode_bag_manifest(*files), BagVersion::v1_0, payload);
    if (!again || *again != *files) std::abort();
  }
  return 0;
}
