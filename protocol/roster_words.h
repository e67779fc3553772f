// SPDX-License-Identifier: AGPL-3.0-or-later
// What the page says in the organisation's words, beside the form (docs/spec/roster.md "Words of the organisation"):
// languages, texts, translations, icon. Nothing here decides who can read. Values, no I/O.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/core/result.h"
#include "protocol/form.h"
#include "protocol/json.h"

namespace candour {

// Empty where the organisation says nothing, and the page speaks for itself.
struct Texts {
  std::map<std::string, std::string, std::less<>> lines;       // by a name of text_names()
  std::map<std::string, std::string, std::less<>> privacy_in;  // by an option of the question `nation`

  bool empty() const { return lines.empty() && privacy_in.empty(); }
};

struct Translation {
  std::string language;
  std::string form_json;  // the form as it stands, or empty: only texts are translated
  Texts texts;
};

struct RosterWords {
  std::string icon;                    // empty: the page's own
  std::vector<std::string> languages;  // empty: English alone
  Texts texts;
  std::vector<Translation> translations;  // each of a language of `languages`
};

// A signed roster may hold text names that this version does not know; in a draft they are a slip, and refused.
enum class UnknownTexts : bool { refused, ignored };

// `roster`: the whole object. Errc::malformed, with the field that is wrong.
Result<RosterWords> read_roster_words(const json::Fields& roster, const Form& form, UnknownTexts unknown);
// Appends what is there.
void encode_roster_words(const RosterWords& words, json::Object& roster);

std::span<const std::string_view> text_names();
bool is_language(std::string_view text);
// Do both ask the same, in whatever words?
bool same_questions(const Form& one, const Form& other);

}  // namespace candour
