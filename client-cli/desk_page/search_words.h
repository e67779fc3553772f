// SPDX-License-Identifier: AGPL-3.0-or-later
// Searching without regard to case (of A to Z). Pure functions.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace candour::cli {

inline std::string in_lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

// In lower case; separated by blanks.
inline std::vector<std::string> words_to_find(std::string_view text) {
  std::vector<std::string> words;
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    if (text.empty()) return words;
    const std::size_t end = std::min(text.find(' '), text.size());
    words.push_back(in_lower_case(text.substr(0, end)));
    text.remove_prefix(end);
  }
}

// Takes out of `words` those that are in `text`.
inline void strike_out(std::vector<std::string>& words, std::string_view text) {
  if (words.empty()) return;
  const std::string lower = in_lower_case(text);
  std::erase_if(words, [&](const std::string& word) { return lower.contains(word); });
}

}  // namespace candour::cli
