// SPDX-License-Identifier: AGPL-3.0-or-later
// The closed lists of docs/spec/identifiers.md, read once from protocol/identifiers/*.json, which are compiled in; the
// browser's page has the same files. Not for other folders. Thread-safe.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace candour::identifier {

using Names = std::set<std::string, std::less<>>;

const std::map<char32_t, std::string>& identifier_letters();

struct Words {
  Names titles;        // before a name
  Names ranks;         // before a number
  Names number_words;  // before a number
  Names force_words;   // in every force's name, so in none
  Names placeholders;
  Names account_placeholders;  // besides, where nothing but the account is compared
};
const Words& identifier_words();

struct Force {
  std::string id;
  Names codes;  // letters in a number that stand for the force
  bool letters_needed;
};
// By its id; by any of its names. Null where there is none.
const Force* force_of_id(std::string_view id);
const Force* force_named(std::string_view text);

struct Mail {
  Names gmail;
  Names tagged;
  Names shared;
};
const Mail& identifier_mail();

struct Platform {
  std::string id;
  Names names;  // letters and digits in lower case
  Names hosts;
  Names before;
  Names not_names;
  std::string marks;
  std::string ignored;
  std::size_t least;
  std::size_t most;
};
struct Platforms {
  std::vector<Platform> platforms;
  Names phones;  // as names
  Names host_prefixes;
};
const Platforms& identifier_platforms();

}  // namespace candour::identifier
