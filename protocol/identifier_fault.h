// SPDX-License-Identifier: AGPL-3.0-or-later
// Why an identifier of the accused was refused, and in which words (docs/spec/identifiers.md "What is said"). The
// names are what the vectors and the page know a refusal by. Thread-safe.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "crypto/core/result.h"

namespace candour {

enum class IdentifierFault : std::uint8_t {
  unreadable,
  too_long,
  missing,
  placeholder,
  unknown_force,
  not_a_number,
  letters_missing,
  not_a_warrant_number,
  not_a_name,
  other_script,
  name_too_short,
  first_name_only,
  not_a_birth_day,
  not_a_birth_year,
  not_a_phone,
  phone_without_country,
  shared_phone,
  not_an_email,
  shared_email,
  unknown_platform,
  platform_by_phone,
  other_site,
  not_an_account,
  not_a_handle,
  not_a_mark,
};
inline constexpr std::size_t identifier_faults_total = 25;

// As in the specification: "not-a-phone".
std::string_view name_of(IdentifierFault fault);
// The cause, then the remedy.
Literal words_of(IdentifierFault fault);

// One field in its normal form, or why there is none.
using NormalField = std::expected<std::string, IdentifierFault>;

}  // namespace candour
