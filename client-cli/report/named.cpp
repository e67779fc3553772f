// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/report/named.h"

#include <algorithm>
#include <array>
#include <ranges>

#include "protocol/contains.h"

namespace candour::cli {
namespace {

constexpr std::array all_kinds = {IdentifierKind::collar_number,
                                  IdentifierKind::warrant_number,
                                  IdentifierKind::name_and_birth_day,
                                  IdentifierKind::name_force_and_birth_year,
                                  IdentifierKind::phone,
                                  IdentifierKind::email,
                                  IdentifierKind::social_handle,
                                  IdentifierKind::registration_mark};

std::string form_of(IdentifierKind kind) {
  return fmt::format("{}: {}", name_of(kind), fmt::join(fields_of(kind), "; "));
}

Outcome<Identifier> parse_name(std::string_view typed, std::size_t number) {
  const std::size_t colon = typed.find(':');
  const auto kind = identifier_kind(typed.substr(0, colon));
  if (!kind || colon == std::string_view::npos)
    return fail_with(Errc::malformed, fmt::format("name {} is of no kind that can be compared. There are: {}",
                                                  number, ways_of_naming()));
  std::vector<std::string> fields;
  for (const auto field : std::views::split(typed.substr(colon + 1), ';'))
    fields.emplace_back(field.begin(), field.end());
  if (fields.size() != fields_of(*kind).size())
    return fail_with(
        Errc::malformed,
        fmt::format("name {} has {} fields instead of {}. Write it as {}, with a ; between them.", number,
                    fields.size(), fields_of(*kind).size(), form_of(*kind)));
  auto name = Identifier::normalise(*kind, fields);
  if (!name)
    return fail_with(Errc::malformed, fmt::format("name {} ({}), {}: {}", number, name_of(*kind),
                                                  name.error().field, words_of(name.error().fault).view()));
  return *std::move(name);
}

}  // namespace

Outcome<std::vector<Identifier>> parse_names(std::span<const std::string> typed) {
  std::vector<Identifier> names;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    auto name = parse_name(typed[i], i + 1);
    if (!name) return fail(name);
    if (!contains(names, *name)) names.push_back(*std::move(name));
  }
  if (names.size() > names_max)
    return fail_with(
        Errc::too_large,
        fmt::format("{} names are more than the {} that go with a report. Leave out those that you "
                    "are least sure of.",
                    names.size(), names_max));
  return names;
}

std::vector<std::string> lines_of_names(std::string_view text) {
  std::vector<std::string> lines;
  for (const auto line : std::views::split(text, '\n')) {
    std::string_view one(line.begin(), line.end());
    if (one.ends_with('\r')) one.remove_suffix(1);
    if (one.find_first_not_of(" \t") != std::string_view::npos) lines.emplace_back(one);
  }
  return lines;
}

std::string shown_name(const Identifier& name) {
  return fmt::format("{}: {}", name_of(name.kind()), fmt::join(name.values(), "; "));
}

std::string ways_of_naming() {
  std::string words;
  for (const IdentifierKind kind : all_kinds)
    words += fmt::format("{}\"{}\"", words.empty() ? "" : ", ", form_of(kind));
  return words + ".";
}

}  // namespace candour::cli
