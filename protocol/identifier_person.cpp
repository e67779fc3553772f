// SPDX-License-Identifier: AGPL-3.0-or-later
// Names, and when somebody was born.
#include <algorithm>
#include <chrono>
#include <vector>

#include "crypto/core/utf8.h"
#include "protocol/identifier_rules.h"
#include "protocol/identifier_tables.h"
#include "protocol/identifier_text.h"

namespace candour::identifier {
namespace {

constexpr std::size_t name_letters_min = 2;
constexpr std::size_t name_letters_max = 100;
constexpr int birth_year_min = 1920;
constexpr int birth_year_max = 2019;

std::vector<std::string> words_without_titles(std::string_view text) {
  auto words = parts(text, ' ');
  const auto& titles = identifier_words().titles;
  while (words.size() > 1 && titles.contains(to_lower(without(words.front(), "."))))
    words.erase(words.begin());
  return words;
}

NormalField fold_name(const std::vector<std::string>& words) {
  std::string name;
  for (std::string_view rest : words) {
    while (!rest.empty()) {
      const char32_t c = take_code_point(rest).value();
      if (c == U'\'' || c == U'-' || c == U'.') continue;
      const auto letters = folded(c);
      if (!letters && c < 0x80) return std::unexpected(IdentifierFault::not_a_name);
      if (!letters) return std::unexpected(IdentifierFault::other_script);
      name += *letters;
    }
  }
  if (name.size() < name_letters_min) return std::unexpected(IdentifierFault::name_too_short);
  if (name.size() > name_letters_max) return std::unexpected(IdentifierFault::too_long);
  if (identifier_words().placeholders.contains(name)) return std::unexpected(IdentifierFault::placeholder);
  return name;
}

bool is_digits(std::string_view text, std::size_t least, std::size_t most) {
  return text.size() >= least && text.size() <= most && std::ranges::all_of(text, is_digit);
}

int number_in(std::string_view digits) {
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

bool is_birth_year(int year) { return year >= birth_year_min && year <= birth_year_max; }

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

}  // namespace

NormalField surname(std::string_view text, Before) { return fold_name(words_without_titles(text)); }

NormalField given_name(std::string_view text, Before) {
  const auto words = words_without_titles(text);
  if (words.size() > 1) return std::unexpected(IdentifierFault::first_name_only);
  return fold_name(words);
}

NormalField birth_day(std::string_view text, Before) {
  std::string spaced(text);
  std::ranges::replace_if(spaced, [](char c) { return c == '-' || c == '/' || c == '.'; }, ' ');
  auto runs = parts(spaced, ' ');
  // Three runs have two separators between them, and none elsewhere.
  if (runs.size() != 3 || spaced.size() != runs[0].size() + runs[1].size() + runs[2].size() + 2) {
    return std::unexpected(IdentifierFault::not_a_birth_day);
  }
  if (runs.front().size() == 4) std::ranges::reverse(runs);
  if (!is_digits(runs[0], 1, 2) || !is_digits(runs[1], 1, 2) || !is_digits(runs[2], 4, 4)) {
    return std::unexpected(IdentifierFault::not_a_birth_day);
  }
  const int day = number_in(runs[0]);
  const int month = number_in(runs[1]);
  const int year = number_in(runs[2]);
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok() || !is_birth_year(year)) return std::unexpected(IdentifierFault::not_a_birth_day);
  return std::to_string(year) + '-' + two_digits(month) + '-' + two_digits(day);
}

NormalField birth_year(std::string_view text, Before) {
  if (!is_digits(text, 4, 4) || !is_birth_year(number_in(text))) {
    return std::unexpected(IdentifierFault::not_a_birth_year);
  }
  return std::string(text);
}

}  // namespace candour::identifier
