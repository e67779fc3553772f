// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/roster_words.h"

#include <algorithm>
#include <array>
#include <utility>

#include "protocol/contains.h"
#include "protocol/form_read.h"
#include "protocol/ids.h"
#include "protocol/limits.h"

namespace candour {
namespace {

using json::Fields;

constexpr std::string_view privacy_in_name = "privacy_in";
constexpr std::string_view nation_question = "nation";
constexpr auto names = std::to_array<std::string_view>(
    {"read_when", "not_emergency", "emergency", "tor_noticed", "do_not_look_up", "privacy", "court"});

Result<std::vector<std::string>> read_languages(const Fields& roster) {
  std::vector<std::string> languages;
  if (roster.find("languages") == nullptr) return languages;
  constexpr Literal message = "roster: \"languages\" is a list of 1 to 16 languages, none twice";
  const auto array = roster.array("languages", limits::languages_max, message);
  if (!array) return fail(array);
  for (const auto& item : **array) {
    if (item.text() == nullptr || !is_language(*item.text()) || contains(languages, *item.text())) {
      return fail(Errc::malformed, message);
    }
    languages.push_back(*item.text());
  }
  if (languages.empty()) return fail(Errc::malformed, message);
  return languages;
}

Result<std::map<std::string, std::string, std::less<>>> read_privacy_in(const json::Value& value,
                                                                        const Form& form) {
  const auto fields = Fields::of(value, "roster: \"privacy_in\" is an object of lines by nation");
  if (!fields) return fail(fields);
  const Question* nation = form.find(nation_question);
  std::map<std::string, std::string, std::less<>> lines;
  for (const auto& [name, line] : fields->members()) {
    if (nation == nullptr || !contains(nation->options, name, &Option::id)) {
      return fail(Errc::malformed, "roster: \"privacy_in\" names no option of the question \"nation\"");
    }
    if (line.text() == nullptr || !json::is_line(*line.text(), limits::text_bytes_max)) {
      return fail(Errc::malformed, "roster: each of \"privacy_in\" is one line of text");
    }
    lines.emplace(name, *line.text());
  }
  return lines;
}

Result<Texts> read_texts(const json::Value* value, const Form& form, UnknownTexts unknown) {
  Texts texts;
  if (value == nullptr) return texts;
  const auto fields = Fields::of(*value, "roster: \"texts\" is an object of lines");
  if (!fields) return fail(fields);
  for (const auto& [name, line] : fields->members()) {
    if (name == privacy_in_name) {
      auto lines = read_privacy_in(line, form);
      if (!lines) return fail(lines);
      texts.privacy_in = std::move(*lines);
    } else if (contains(names, name)) {
      if (line.text() == nullptr || !json::is_line(*line.text(), limits::text_bytes_max)) {
        return fail(Errc::malformed, "roster: each of \"texts\" is one line of text");
      }
      texts.lines.emplace(name, *line.text());
    } else if (unknown == UnknownTexts::refused) {
      return fail(Errc::malformed, "roster: \"texts\" has a name that is not known here");
    }
  }
  return texts;
}

Result<Translation> read_translation(const json::Value& value, const RosterWords& words, const Form& form,
                                     UnknownTexts unknown) {
  const auto fields = Fields::of(value, "roster: each of \"translations\" is an object");
  if (!fields) return fail(fields);
  constexpr Literal language_message =
      "roster: a \"language\" of \"translations\" is one of \"languages\", other than the form's, none twice";
  auto language = fields->line("language", limits::language_bytes_max, language_message);
  if (!language) return fail(language);
  if (!contains(words.languages, *language) || *language == form.language ||
      contains(words.translations, *language, &Translation::language)) {
    return fail(Errc::malformed, language_message);
  }
  Translation translation{std::move(*language), {}, {}};
  if (const auto* form_value = fields->find("form")) {
    const auto translated = read_form(*form_value);
    if (!translated) return fail(translated);
    if (!same_questions(form, *translated) || translated->language != translation.language) {
      return fail(
          Errc::malformed,
          "roster: the form of one of \"translations\" asks something else, or is in another language");
    }
    translation.form_json = json::encode(*form_value, json::Layout::compact);
  }
  auto texts = read_texts(fields->find("texts"), form, unknown);
  if (!texts) return fail(texts);
  translation.texts = std::move(*texts);
  return translation;
}

json::Value encode_lines(const std::map<std::string, std::string, std::less<>>& lines) {
  json::Object object;
  for (const auto& [name, line] : lines) object.push_back({name, {line}});
  return {std::move(object)};
}

void encode_texts(const Texts& texts, json::Object& into) {
  if (texts.empty()) return;
  json::Object object;
  for (const std::string_view name : names) {
    const auto line = texts.lines.find(name);
    if (line != texts.lines.end()) object.push_back({line->first, {line->second}});
  }
  if (!texts.privacy_in.empty()) {
    object.push_back({std::string(privacy_in_name), encode_lines(texts.privacy_in)});
  }
  into.push_back({"texts", {std::move(object)}});
}

}  // namespace

std::span<const std::string_view> text_names() { return names; }

// [a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}
bool is_language(std::string_view text) {
  constexpr int subtags_max = 3;
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_alphanumeric = [&](char c) {
    return is_lower(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  for (int subtag = 0; subtag <= subtags_max; ++subtag) {
    const std::string_view part = text.substr(0, text.find('-'));
    const bool fits =
        subtag == 0 ? part.size() >= 2 && part.size() <= 3 && std::ranges::all_of(part, is_lower)
                    : part.size() >= 2 && part.size() <= 8 && std::ranges::all_of(part, is_alphanumeric);
    if (!fits) return false;
    if (part.size() == text.size()) return true;
    text.remove_prefix(part.size() + 1);
  }
  return false;
}

bool same_questions(const Form& one, const Form& other) {
  const auto without_words = [](Form form) {
    form.language.clear();
    for (Step& step : form.steps) {
      step.title.clear();
      step.text.clear();
      for (Question& question : step.questions) {
        question.label.clear();
        question.hint.clear();
        for (Option& option : question.options) option.label.clear();
      }
    }
    return form;
  };
  return without_words(one) == without_words(other);
}

Result<RosterWords> read_roster_words(const Fields& roster, const Form& form, UnknownTexts unknown) {
  RosterWords words;
  if (const auto* icon = roster.find("icon")) {
    if (icon->text() == nullptr || !is_id(*icon->text()))
      return fail(Errc::malformed, "roster: \"icon\" is an id");
    words.icon = *icon->text();
  }
  auto languages = read_languages(roster);
  if (!languages) return fail(languages);
  words.languages = std::move(*languages);
  auto texts = read_texts(roster.find("texts"), form, unknown);
  if (!texts) return fail(texts);
  words.texts = std::move(*texts);
  if (roster.find("translations") == nullptr) return words;
  const auto array =
      roster.array("translations", limits::languages_max, "roster: \"translations\" is a list of up to 16");
  if (!array) return fail(array);
  for (const auto& item : **array) {
    auto translation = read_translation(item, words, form, unknown);
    if (!translation) return fail(translation);
    words.translations.push_back(std::move(*translation));
  }
  return words;
}

void encode_roster_words(const RosterWords& words, json::Object& roster) {
  if (!words.icon.empty()) roster.push_back({"icon", {words.icon}});
  if (!words.languages.empty()) {
    json::Array languages;
    for (const std::string& language : words.languages) languages.push_back({language});
    roster.push_back({"languages", {std::move(languages)}});
  }
  encode_texts(words.texts, roster);
  if (words.translations.empty()) return;
  json::Array translations;
  for (const Translation& translation : words.translations) {
    json::Object object{{"language", {translation.language}}};
    if (!translation.form_json.empty()) {
      auto form = json::parse(translation.form_json, limits::form_bytes_max, limits::json_depth_max);
      object.push_back({"form", form ? std::move(*form) : json::Value{nullptr}});
    }
    encode_texts(translation.texts, object);
    translations.push_back({std::move(object)});
  }
  roster.push_back({"translations", {std::move(translations)}});
}

}  // namespace candour
