// SPDX-License-Identifier: AGPL-3.0-or-later
// The list of reports as a desk listener, perhaps a seized one, may send it.
#include <cstdlib>

#include "client-cli/desk/listing.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<candour::cli::ListedReport> reports;
  const auto more = candour::cli::parse_listing(candour::as_text({data, size}), reports);
  if (!more) return 0;
  for (const auto& report : reports) {
    if (candour::ReportId::parse(report.id.encode()) != report.id) std::abort();
    const std::string before = candour::cli::id_before(report.id);
    if (!before.empty() && before >= report.id.encode()) std::abort();
  }
  return 0;
}
