// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/identifier.h"

#include <algorithm>
#include <array>

#include "crypto/core/labels.h"
#include "protocol/identifier_rules.h"
#include "protocol/identifier_text.h"

namespace candour {
namespace {

using identifier::Before;

struct FieldRule {
  std::string_view name;
  NormalField (*normalise)(std::string_view text, Before before);
};

struct KindRules {
  std::string_view name;
  std::array<FieldRule, 4> fields;  // the first `fields_total`
  std::size_t fields_total;
};

constexpr FieldRule force = {"force", identifier::force};
constexpr FieldRule surname = {"surname", identifier::surname};
constexpr FieldRule given = {"given", identifier::given_name};

// In the order of the enumeration.
constexpr std::array<KindRules, 8> kinds = {{
    {"collar-number", {{force, {"number", identifier::collar_number}}}, 2},
    {"warrant-number", {{force, {"number", identifier::warrant_number}}}, 2},
    {"name-and-birth-day", {{surname, given, {"born", identifier::birth_day}}}, 3},
    {"name-force-and-birth-year", {{surname, given, force, {"born", identifier::birth_year}}}, 4},
    {"phone", {{{"number", identifier::phone}}}, 1},
    {"email", {{{"address", identifier::email}}}, 1},
    {"social-handle", {{{"platform", identifier::platform}, {"handle", identifier::handle}}}, 2},
    {"registration-mark", {{{"mark", identifier::registration_mark}}}, 1},
}};

const KindRules& rules_of(IdentifierKind kind) { return kinds[static_cast<std::size_t>(kind)]; }

std::span<const FieldRule> field_rules(IdentifierKind kind) {
  return std::span(rules_of(kind).fields).first(rules_of(kind).fields_total);
}

}  // namespace

std::string_view name_of(IdentifierKind kind) { return rules_of(kind).name; }

std::optional<IdentifierKind> identifier_kind(std::string_view name) {
  const auto at = std::ranges::find(kinds, name, &KindRules::name);
  if (at == kinds.end()) return std::nullopt;
  return static_cast<IdentifierKind>(at - kinds.begin());
}

std::vector<std::string_view> fields_of(IdentifierKind kind) {
  std::vector<std::string_view> names;
  for (const auto& field : field_rules(kind)) names.push_back(field.name);
  return names;
}

std::expected<Identifier, IdentifierRefusal> Identifier::normalise(IdentifierKind kind,
                                                                   std::span<const std::string> typed) {
  std::vector<std::string> values;
  for (const auto& field : field_rules(kind)) {
    const std::string_view text = values.size() < typed.size() ? typed[values.size()] : std::string_view();
    const auto plain = identifier::plain_text(text);
    if (!plain) return std::unexpected(IdentifierRefusal{field.name, plain.error()});
    auto value = field.normalise(*plain, values);
    if (!value) return std::unexpected(IdentifierRefusal{field.name, value.error()});
    values.push_back(std::move(*value));
  }
  return Identifier(kind, std::move(values));
}

std::string Identifier::encode() const {
  std::string text(label::identifier);
  text.append("\nrules ").append(identifier_rules).append("\nkind ").append(name_of(kind_)).append("\n");
  const auto fields = field_rules(kind_);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    text.append(fields[i].name).append(" ").append(values_[i]).append("\n");
  }
  return text;
}

}  // namespace candour
