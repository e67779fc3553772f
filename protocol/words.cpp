// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/words.h"

#include <algorithm>
#include <array>

namespace candour {
namespace {

// Made from the word list by words.cmake.
constexpr std::array<std::string_view, words_total> words = {
#include "protocol_words.inc"
};

// Completion and lookup search by halves.
static_assert(std::ranges::is_sorted(words) && std::ranges::adjacent_find(words) == words.end());

}  // namespace

std::span<const std::string_view, words_total> word_list() { return words; }

std::optional<std::size_t> word_index(std::string_view word) {
  const auto at = std::ranges::lower_bound(words, word);
  if (at == words.end() || *at != word) return std::nullopt;
  return static_cast<std::size_t>(at - words.begin());
}

std::span<const std::string_view> words_starting_with(std::string_view prefix) {
  const auto begins = std::ranges::equal_range(
      words, prefix, {}, [&](std::string_view word) { return word.substr(0, prefix.size()); });
  return {begins.begin(), begins.end()};
}

}  // namespace candour
