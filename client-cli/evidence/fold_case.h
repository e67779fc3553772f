// SPDX-License-Identifier: AGPL-3.0-or-later
// One code point without regard to case, as far as Unicode's simple folding of the Latin, Greek, Cyrillic and Armenian scripts goes:
// what names here are written in. The dotted capital I of Turkish stays as it is. A pure function.
#pragma once

namespace candour::cli {

char32_t fold_case(char32_t code);

}  // namespace candour::cli
