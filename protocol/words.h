// SPDX-License-Identifier: AGPL-3.0-or-later
// The EFF large word list (7776 words, CC BY 3.0), compiled in from Debian's diceware package. The order of the
// list is that of its dice numbers, which is also alphabetical; fingerprints use it as digits. Constant data.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace candour {

inline constexpr std::size_t words_total = 7776;

std::span<const std::string_view, words_total> word_list();

// Place in the list.
std::optional<std::size_t> word_index(std::string_view word);

// For completion while somebody types: all words that begin so, in order. An empty prefix gives all.
std::span<const std::string_view> words_starting_with(std::string_view prefix);

}  // namespace candour
