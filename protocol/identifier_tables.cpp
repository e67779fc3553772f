// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/identifier_tables.h"

#include <algorithm>
#include <cstdint>
#include <variant>

#include "crypto/core/bytes.h"
#include "crypto/core/utf8.h"
#include "protocol/identifier_text.h"
#include "protocol/json.h"
#include "protocol/limits.h"

namespace candour::identifier {
namespace {

constexpr std::uint8_t forces_json[] = {
#include "protocol_identifier_forces.inc"
};
constexpr std::uint8_t letters_json[] = {
#include "protocol_identifier_letters.inc"
};
constexpr std::uint8_t mail_json[] = {
#include "protocol_identifier_mail.inc"
};
constexpr std::uint8_t platforms_json[] = {
#include "protocol_identifier_platforms.inc"
};
constexpr std::uint8_t words_json[] = {
#include "protocol_identifier_words.inc"
};

// The tables are part of the program: what is wrong in one is a mistake of ours, and throws at the first use in any test.
json::Value read(ByteView table) {
  return json::parse(as_text(table), limits::identifier_table_bytes_max, limits::json_depth_max).value();
}

const json::Object& object(const json::Value& value) { return std::get<json::Object>(value.is); }
const json::Array& array(const json::Value& value) { return std::get<json::Array>(value.is); }
const std::string& text(const json::Value& value) { return std::get<std::string>(value.is); }

const json::Value& at(const json::Value& value, std::string_view name) {
  const auto& members = object(value);
  const auto found = std::ranges::find(members, name, &json::Member::name);
  return members.at(static_cast<std::size_t>(found - members.begin())).value;
}

Names names(const json::Value& value) {
  Names all;
  for (const auto& item : array(value)) all.insert(text(item));
  return all;
}

// Of a force: the words by which it is known, without those that others have too.
std::string force_key(std::string_view name) {
  std::string spaced;
  while (!name.empty()) {
    const auto letter = take_code_point(name);
    if (!letter) return "";
    spaced += folded(*letter).value_or(" ");
  }
  std::string key;
  for (const auto& word : parts(spaced, ' ')) {
    if (!identifier_words().force_words.contains(word)) key += key.empty() ? word : ' ' + word;
  }
  return key;
}

struct Forces {
  std::map<std::string, Force, std::less<>> by_id;
  std::map<std::string, const Force*, std::less<>> by_key;

  Forces() {
    const auto value = read(forces_json);
    for (const auto& item : array(value)) {
      const auto& id = text(at(item, "id"));
      const bool letters_needed =
          std::ranges::find(object(item), "letters_needed", &json::Member::name) != object(item).end();
      const Force* force =
          &by_id.emplace(id, Force{id, names(at(item, "codes")), letters_needed}).first->second;
      by_key.emplace(force_key(id), force);
      by_key.emplace(force_key(text(at(item, "name"))), force);
      for (const auto& name : array(at(item, "also"))) by_key.emplace(force_key(text(name)), force);
    }
  }
};

const Forces& forces() {
  static const Forces all;
  return all;
}

Names platform_keys(const json::Value& value) {
  Names keys;
  for (const auto& item : array(value)) keys.insert(letters_and_digits(text(item)));
  return keys;
}

Platforms read_platforms() {
  const auto value = read(platforms_json);
  Platforms all;
  for (const auto& item : array(at(value, "platforms"))) {
    all.platforms.push_back({text(at(item, "id")), platform_keys(at(item, "names")), names(at(item, "hosts")),
                             names(at(item, "before")), names(at(item, "not_names")), text(at(item, "marks")),
                             text(at(item, "ignored")), at(item, "least").whole().value(),
                             at(item, "most").whole().value()});
  }
  all.phones = platform_keys(at(value, "phones"));
  all.host_prefixes = names(at(value, "host_prefixes"));
  return all;
}

}  // namespace

const std::map<char32_t, std::string>& identifier_letters() {
  static const auto all = [] {
    std::map<char32_t, std::string> letters;
    const auto value = read(letters_json);
    for (const auto& [plain, accented] : object(value)) {
      std::string_view rest = text(accented);
      while (!rest.empty()) letters.emplace(take_code_point(rest).value(), plain);
    }
    return letters;
  }();
  return all;
}

const Words& identifier_words() {
  static const Words all = [] {
    const auto value = read(words_json);
    return Words{names(at(value, "titles")),       names(at(value, "ranks")),
                 names(at(value, "number_words")), names(at(value, "force_words")),
                 names(at(value, "placeholders")), names(at(value, "account_placeholders"))};
  }();
  return all;
}

const Force* force_of_id(std::string_view id) {
  const auto found = forces().by_id.find(id);
  return found == forces().by_id.end() ? nullptr : &found->second;
}

const Force* force_named(std::string_view text) {
  const auto found = forces().by_key.find(force_key(text));
  return found == forces().by_key.end() ? nullptr : found->second;
}

const Mail& identifier_mail() {
  static const Mail all = [] {
    const auto value = read(mail_json);
    return Mail{names(at(value, "gmail")), names(at(value, "tagged")), names(at(value, "shared"))};
  }();
  return all;
}

const Platforms& identifier_platforms() {
  static const Platforms all = read_platforms();
  return all;
}

}  // namespace candour::identifier
