// SPDX-License-Identifier: AGPL-3.0-or-later
// An identifier of the accused in its normal form: the same bytes from everybody who names the same man
// (docs/spec/identifiers.md). It says who is accused: never in a log, an error or a file name. Values; an object that
// exists is normal. The browser has the same in client-web/src/protocol/identifier.ts. Thread-safe.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/identifier_fault.h"

namespace candour {

// Of the page and its tables: two versions never match each other.
inline constexpr std::string_view identifier_rules = "1";

enum class IdentifierKind : std::uint8_t {
  collar_number,
  warrant_number,
  name_and_birth_day,
  name_force_and_birth_year,
  phone,
  email,
  social_handle,
  registration_mark,
};

// As in the specification: "collar-number".
std::string_view name_of(IdentifierKind kind);
std::optional<IdentifierKind> identifier_kind(std::string_view name);
// The names of its fields, in their order.
std::vector<std::string_view> fields_of(IdentifierKind kind);

struct IdentifierRefusal {
  std::string_view field;
  IdentifierFault fault;
};

class Identifier {
 public:
  // `typed`: a text for each field, in their order; one that is not there counts as empty.
  static std::expected<Identifier, IdentifierRefusal> normalise(IdentifierKind kind,
                                                                std::span<const std::string> typed);

  IdentifierKind kind() const { return kind_; }
  const std::vector<std::string>& values() const { return values_; }
  // What goes into the OPRF.
  std::string encode() const;
  bool operator==(const Identifier&) const = default;

 private:
  Identifier(IdentifierKind kind, std::vector<std::string> values)
      : kind_(kind), values_(std::move(values)) {}
  IdentifierKind kind_;
  std::vector<std::string> values_;
};

}  // namespace candour
