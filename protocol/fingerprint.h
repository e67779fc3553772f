// SPDX-License-Identifier: AGPL-3.0-or-later
// Fingerprints in words, to be read out on the phone or printed on a poster (docs/spec/keys.md "Pin file").
// The text is a whole pin file, or a caseworker's verifier string. About 103 bits. Public data.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace candour {

std::array<std::string_view, 8> fingerprint_words(std::string_view text);

// The eight words joined by single spaces.
std::string fingerprint(std::string_view text);

}  // namespace candour
