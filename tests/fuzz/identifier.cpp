// SPDX-License-Identifier: AGPL-3.0-or-later
// Identifiers: the first byte is the kind, the rest its fields, one a line. What is accepted normalises to itself, and its bytes
// are exactly its lines.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "crypto/core/bytes.h"
#include "protocol/identifier.h"

using namespace candour;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto kind = static_cast<IdentifierKind>(data[0] % 8);
  std::vector<std::string> typed(1);
  for (const char c : as_text({data + 1, size - 1})) {
    if (c == '\n') {
      typed.emplace_back();
    } else {
      typed.back() += c;
    }
  }
  const auto identifier = Identifier::normalise(kind, typed);
  if (!identifier) return 0;
  const auto again = Identifier::normalise(kind, identifier->values());
  if (!again || *again != *identifier) std::abort();
  const auto text = identifier->encode();
  const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n'));
  const bool is_visible =
      std::ranges::all_of(text, [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); });
  if (lines != 3 + fields_of(kind).size() || !is_visible || text.size() > 1024) std::abort();
  return 0;
}
