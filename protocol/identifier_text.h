// SPDX-License-Identifier: AGPL-3.0-or-later
// What the fields of an identifier have in common: the characters that are told apart and those that are not
// (docs/spec/identifiers.md "Every field first"). By lists of our own, so that no version of Unicode changes a result.
// Not for other folders. Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/identifier_fault.h"

namespace candour::identifier {

NormalField plain_text(std::string_view typed);

// The letters a-z that stand for one, or nothing where it is none that is known; empty for a combining mark.
std::optional<std::string_view> folded(char32_t letter);

// Says that she does not know it: an account of everybody who does not.
bool is_account_placeholder(std::string_view name);

bool is_ascii(std::string_view text);
bool is_digit(char c);
bool is_upper(char c);
bool is_lower(char c);
std::string to_lower(std::string_view text);            // ASCII
std::string to_upper(std::string_view text);            // ASCII
std::string letters_and_digits(std::string_view text);  // ASCII, in lower case; nothing else
std::string without(std::string_view text, std::string_view characters);
// Where `separator` stands; empty parts are left out.
std::vector<std::string> parts(std::string_view text, char separator);

}  // namespace candour::identifier
