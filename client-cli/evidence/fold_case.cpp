// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/evidence/fold_case.h"

namespace candour::cli {
namespace {

// From `first` on, so many further; or, where they stand in pairs, the second of each pair.
struct Range {
  char32_t first, last, further;  // 0: in pairs, the capital first
};

constexpr Range ranges[] = {
    {U'A', U'Z', 32},   {0xc0, 0xd6, 32},   {0xd8, 0xde, 32},    {0x100, 0x12f, 0},   {0x132, 0x137, 0},
    {0x139, 0x148, 0},  {0x14a, 0x177, 0},  {0x179, 0x17e, 0},   {0x1cd, 0x1dc, 0},   {0x1de, 0x1ef, 0},
    {0x1f8, 0x21f, 0},  {0x222, 0x233, 0},  {0x386, 0x386, 38},  {0x388, 0x38a, 37},  {0x38c, 0x38c, 64},
    {0x38e, 0x38f, 63}, {0x391, 0x3a1, 32}, {0x3a3, 0x3ab, 32},  {0x3c2, 0x3c2, 1},   {0x400, 0x40f, 80},
    {0x410, 0x42f, 32}, {0x460, 0x481, 0},  {0x48a, 0x4bf, 0},   {0x4c0, 0x4c0, 15},  {0x4c1, 0x4ce, 0},
    {0x4d0, 0x52f, 0},  {0x531, 0x556, 48}, {0x1e00, 0x1e95, 0}, {0x1ea0, 0x1eff, 0},
};

constexpr char32_t capital_y_diaeresis = 0x178, small_y_diaeresis = 0xff;
constexpr char32_t long_s = 0x17f;
constexpr char32_t capital_sharp_s = 0x1e9e, small_sharp_s = 0xdf;

}  // namespace

char32_t fold_case(char32_t code) {
  if (code == capital_y_diaeresis) return small_y_diaeresis;
  if (code == long_s) return U's';
  if (code == capital_sharp_s) return small_sharp_s;
  for (const Range& range : ranges) {
    if (code < range.first || code > range.last) continue;
    if (range.further != 0) return code + range.further;
    return (code - range.first) % 2 == 0 ? code + 1 : code;
  }
  return code;
}

}  // namespace candour::cli
