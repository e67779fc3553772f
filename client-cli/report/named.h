// SPDX-License-Identifier: AGPL-3.0-or-later
// Whom a report names, as it is typed at a terminal, and in the form in which it is compared (docs/spec/identifiers.md, cli.md "Naming").
// They say who is accused: a refusal says which of them and which field, never what was typed. Thread-safe.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client-cli/outcome.h"
#include "protocol/identifier.h"

namespace candour::cli {

// Of one report, as many as a batch has places.
inline constexpr std::size_t names_max = 8;
inline constexpr std::size_t names_bytes_max = 64 << 10;

// Each "KIND: FIELD; FIELD". Two that are the same in their normal form are one.
Outcome<std::vector<Identifier>> parse_names(std::span<const std::string> typed);
// One a line; empty lines do not count.
std::vector<std::string> lines_of_names(std::string_view text);

// "collar-number: metropolitan; 123AB", which parse_names() takes.
std::string shown_name(const Identifier& name);
// The kinds and their fields, for --help.
std::string ways_of_naming();

}  // namespace candour::cli
