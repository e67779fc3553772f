// SPDX-License-Identifier: AGPL-3.0-or-later
// What a desk or reporter listener may answer to the tool: lists of reports and problem documents. A refusal is
// always words that a terminal can show.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "client-cli/desk/listing.h"
#include "client-cli/net/problem.h"

using namespace candour;
using namespace candour::cli;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(as_text({data, size}));
  std::vector<ListedReport> reports;
  if (parse_listing(text, reports)) {
    for (const ListedReport& report : reports) {
      if (id_before(report.id) >= report.id.encode()) std::abort();
    }
  }
  const HttpReply reply{503, "application/problem+json", Bytes(data, data + size)};
  const std::string words = failure_of(reply).text;
  if (words.empty() || std::ranges::any_of(words, [](unsigned char c) { return c < 0x20 || c == 0x7F; }))
    std::abort();
  (void)problem_name(reply);
  return 0;
}
