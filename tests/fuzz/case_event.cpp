// SPDX-License-Identifier: AGPL-3.0-or-later
// What a colleague says of a case (docs/spec/cases.md): what was read can be read again from what it is written as.
#include <cstdlib>

#include "protocol/case_event.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto event = candour::parse_event(candour::as_text({data, size}));
  if (!event) return 0;
  if (!candour::check_event_body(event->body)) std::abort();
  const auto again = candour::parse_event(candour::encode_event(*event));
  if (!again || *again != *event) std::abort();
  return 0;
}
