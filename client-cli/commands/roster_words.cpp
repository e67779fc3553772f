// SPDX-License-Identifier: AGPL-3.0-or-later
// candour roster words: what the page says in the organisation's words, and in which languages.
#include <algorithm>

#include "client-cli/commands/commands.h"
#include "client-cli/commands/roster_draft_file.h"
#include "client-cli/files/read_file.h"
#include "client-cli/terminal/line_option.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"
#include "protocol/contains.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

constexpr std::string_view privacy_in = "privacy_in.";

struct Options {
  std::string draft, public_name, icon, in, form;
  std::vector<std::string> languages, texts;
};

// NAME=LINE; an empty LINE takes it out again.
Outcome<> set_text(const std::string& option, Texts& texts) {
  const std::size_t equals = option.find('=');
  const std::string name = option.substr(0, equals);
  const std::string line = equals == std::string::npos ? "" : option.substr(equals + 1);
  const bool by_nation = name.starts_with(privacy_in);
  if (equals == std::string::npos || (!by_nation && !contains(text_names(), name))) {
    return fail_with(Errc::malformed,
                     fmt::format("--text: {} is not NAME=LINE, NAME one of: {}, {}NATION.",
                                 visible_line(option), fmt::join(text_names(), ", "), privacy_in));
  }
  auto& lines = by_nation ? texts.privacy_in : texts.lines;
  const std::string key = by_nation ? name.substr(privacy_in.size()) : name;
  if (line.empty()) {
    lines.erase(key);
    return {};
  }
  if (auto good = check_line("--text " + name, line, limits::text_bytes_max); !good) return good;
  lines[key] = line;
  return {};
}

Outcome<Translation*> translation_in(const std::string& language, RosterWords& words) {
  if (!contains(words.languages, language)) {
    return fail_with(Errc::not_found,
                     fmt::format("--in: {} is not one of the languages. Switch it on first: --languages.",
                                 visible_line(language)));
  }
  auto known = std::ranges::find(words.translations, language, &Translation::language);
  if (known == words.translations.end()) {
    words.translations.push_back({language, {}, {}});
    return &words.translations.back();
  }
  return &*known;
}

Outcome<> set_languages(const std::vector<std::string>& languages, RosterWords& words) {
  for (const std::string& language : languages) {
    if (!is_language(language)) {
      return fail_with(Errc::malformed, fmt::format("--languages: {} is no language. Write them like en,cy.",
                                                    visible_line(language)));
    }
  }
  for (const Translation& translation : words.translations) {
    if (!contains(languages, translation.language)) {
      warn("{} is switched off, and its translation is taken out of the draft.", translation.language);
    }
  }
  std::erase_if(words.translations,
                [&](const Translation& translation) { return !contains(languages, translation.language); });
  words.languages = languages;
  return {};
}

Outcome<> run(const Options& options) {
  auto roster = read_draft(options.draft);
  if (!roster) return fail(roster);
  RosterWords& words = roster->words;
  if (!options.public_name.empty()) {
    if (auto good = check_line("--public-name", options.public_name, limits::name_bytes_max); !good)
      return good;
    roster->public_name = options.public_name;
  }
  if (!options.icon.empty()) words.icon = options.icon;
  if (!options.languages.empty()) {
    if (auto good = set_languages(options.languages, words); !good) return good;
  }
  Texts* texts = &words.texts;
  if (!options.in.empty()) {
    auto translation = translation_in(options.in, words);
    if (!translation) return fail(translation);
    texts = &(*translation)->texts;
    if (!options.form.empty()) {
      auto form_json = read_text_file(options.form, limits::form_bytes_max);
      if (!form_json) return fail(form_json);
      auto form = parse_form(*form_json);
      if (!form) return fail_about(options.form, form);
      if (!same_questions(roster->form, *form) || form->language != options.in) {
        return fail_with(Errc::conflict,
                         fmt::format("{}: is not the form of {} in {}: its \"language\" must be {}, and only "
                                     "titles, texts, labels and hints may differ.",
                                     options.form, options.draft, options.in, options.in));
      }
      (*translation)->form_json = *std::move(form_json);
    }
  }
  for (const std::string& text : options.texts) {
    if (auto good = set_text(text, *texts); !good) return good;
  }
  auto written = write_draft(options.draft, *roster);
  if (!written) return written;
  say("{}: changed. Languages: {}.", options.draft,
      words.languages.empty() ? "en" : fmt::format("{}", fmt::join(words.languages, ", ")));
  return {};
}

}  // namespace

void add_roster_words(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      parent.add_subcommand("words", "set what the page says in your words, and its languages");
  command->add_option("DRAFT", options->draft, "the draft, roster.json")->required();
  command->add_option("--public-name", options->public_name,
                      "neutral name, for the page's title and posters");
  command->add_option("--icon", options->icon, "of the page's tab: notes, calendar, cup or leaf");
  command->add_option("--languages", options->languages, "in which the page may speak, like en,cy")
      ->delimiter(',');
  command->add_option("--text", options->texts,
                      "a line that you answer for, NAME=LINE; may be repeated; an empty LINE takes it out");
  auto* in =
      command->add_option("--in", options->in, "the language of --text and --form, if not the form's own");
  command->add_option("--form", options->form, "the questions in that language, JSON")->needs(in);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
