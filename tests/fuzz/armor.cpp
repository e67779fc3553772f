// SPDX-License-Identifier: AGPL-3.0-or-later
// Armor in one piece and byte by byte gives the same bytes, or is refused both ways.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "crypto/open/armor.h"

using namespace candour;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes whole;
  Bytes bytewise;
  const auto into = [](Bytes& out) {
    return [&out](ByteView binary) -> Result<> {
      append(out, binary);
      return {};
    };
  };
  open::ArmorReader one(into(whole));
  open::ArmorReader two(into(bytewise));
  const bool good = one.update({data, size}) && one.finish();
  bool same = true;
  for (std::size_t i = 0; i < size && same; ++i) same = two.update({data + i, 1}).has_value();
  same = same && two.finish();
  if (good != same || (good && whole != bytewise)) std::abort();
  return 0;
}
