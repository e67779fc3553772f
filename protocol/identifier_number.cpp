// SPDX-License-Identifier: AGPL-3.0-or-later
// Force, collar number, warrant number, registration mark.
#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "protocol/identifier_rules.h"
#include "protocol/identifier_tables.h"
#include "protocol/identifier_text.h"

namespace candour::identifier {
namespace {

constexpr std::size_t number_digits_max = 8;
constexpr std::size_t number_letters_max = 3;
constexpr std::size_t warrant_digits_min = 5;

struct ServiceNumber {
  std::string digits;  // without leading zeros, not empty
  std::string letters;
};

// Runs of letters and runs of digits; nothing where there is another character.
std::optional<std::vector<std::string>> runs_in(std::string_view text) {
  std::vector<std::string> runs;
  char before = ' ';
  for (const char c : text) {
    const bool is_separator = c == ' ' || c == '-';
    if (!is_separator && !is_digit(c) && !is_upper(c)) return std::nullopt;
    const bool goes_on = (is_digit(c) && is_digit(before)) || (is_upper(c) && is_upper(before));
    if (!is_separator && !goes_on) runs.emplace_back();
    if (!is_separator) runs.back() += c;
    before = c;
  }
  return runs;
}

std::optional<ServiceNumber> read_number(std::string_view text, const Force& force) {
  const auto runs = runs_in(to_upper(without(text, ".'/()#:")));
  if (!runs) return std::nullopt;
  const auto is_number = [](const std::string& run) { return is_digit(run.front()); };
  const auto first = std::ranges::find_if(*runs, is_number);
  const auto end = std::find_if_not(first, runs->end(), is_number);
  if (std::any_of(end, runs->end(), is_number)) return std::nullopt;

  ServiceNumber number;
  for (auto run = first; run != end; ++run) number.digits += *run;
  number.digits.erase(0, std::min(number.digits.find_first_not_of('0'), number.digits.size()));
  if (number.digits.empty() || number.digits.size() > number_digits_max) return std::nullopt;

  const auto& words = identifier_words();
  std::string before;
  std::string after;
  for (auto run = runs->begin(); run != first; ++run) {
    const bool says_nothing = words.ranks.contains(*run) || words.number_words.contains(*run);
    if (!says_nothing && !force.codes.contains(*run)) before += *run;
  }
  for (auto run = end; run != runs->end(); ++run) {
    if (!force.codes.contains(*run)) after += *run;
  }
  if (!before.empty() && !after.empty()) return std::nullopt;
  number.letters = before + after;
  if (number.letters.size() > number_letters_max) return std::nullopt;
  return number;
}

// What stands before and after a number without a leading zero, of up to so many digits.
// D: a digit; A: any letter; L: but I; Y: but I and O.
struct MarkForm {
  std::string_view before;
  std::size_t number_digits_max;
  std::string_view after;
};
constexpr auto mark_forms = std::to_array<MarkForm>({{"LLDDLLL", 0, ""},
                                                     {"Y", 3, "LLL"},
                                                     {"LLL", 3, "Y"},
                                                     {"A", 4, ""},
                                                     {"AA", 4, ""},
                                                     {"AAA", 4, ""},
                                                     {"", 4, "A"},
                                                     {"", 4, "AA"},
                                                     {"", 4, "AAA"}});

// As what its place asks for; nothing where it cannot be that.
std::optional<char> read_as(char place, char c) {
  if (place == 'D') {
    if (c == 'O') return '0';
    if (c == 'I') return '1';
    return is_digit(c) ? std::optional(c) : std::nullopt;
  }
  const char letter = c == '0' ? 'O' : c == '1' ? 'I' : c;
  const bool is_used = place == 'A' || (letter != 'I' && (place == 'L' || letter != 'O'));
  return is_used && is_upper(letter) ? std::optional(letter) : std::nullopt;
}

std::optional<std::string> read_mark(const MarkForm& form, std::string_view text) {
  const std::size_t letters = form.before.size() + form.after.size();
  if (text.size() < letters) return std::nullopt;
  const std::size_t digits = text.size() - letters;
  if (digits > form.number_digits_max || (form.number_digits_max > 0 && digits == 0)) return std::nullopt;
  const std::string places = std::string(form.before) + std::string(digits, 'D') + std::string(form.after);
  std::string mark;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = read_as(places[i], text[i]);
    if (!c) return std::nullopt;
    mark += *c;
  }
  if (digits > 0 && mark[form.before.size()] == '0') return std::nullopt;
  return mark;
}

}  // namespace

NormalField force(std::string_view text, Before) {
  const auto* found = force_named(text);
  if (found == nullptr) return std::unexpected(IdentifierFault::unknown_force);
  return found->id;
}

NormalField collar_number(std::string_view text, Before fields) {
  const Force& force = *force_of_id(fields.back());
  const auto number = read_number(text, force);
  if (!number) return std::unexpected(IdentifierFault::not_a_number);
  if (force.letters_needed && number->letters.empty())
    return std::unexpected(IdentifierFault::letters_missing);
  return number->digits + number->letters;
}

NormalField warrant_number(std::string_view text, Before fields) {
  const auto number = read_number(text, *force_of_id(fields.back()));
  if (!number || number->digits.size() < warrant_digits_min) {
    return std::unexpected(IdentifierFault::not_a_warrant_number);
  }
  return number->digits + number->letters;
}

NormalField registration_mark(std::string_view text, Before) {
  const auto compact = to_upper(without(text, " -."));
  if (std::ranges::none_of(compact, is_upper) || std::ranges::none_of(compact, is_digit)) {
    return std::unexpected(IdentifierFault::not_a_mark);
  }
  for (const auto& form : mark_forms) {
    if (auto mark = read_mark(form, compact)) return std::move(*mark);
  }
  return std::unexpected(IdentifierFault::not_a_mark);
}

}  // namespace candour::identifier
