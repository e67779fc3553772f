// SPDX-License-Identifier: AGPL-3.0-or-later
// candour match: which reports name the same person, what opened by it, and what to be careful of (docs/spec/matching.md).
#include "client-cli/cases/match_words.h"
#include "client-cli/cases/matches.h"
#include "client-cli/commands/commands.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"

namespace candour::cli {
namespace {

constexpr std::size_t short_digits = 12;

struct Options {
  CaseDeskOptions desk;
  bool show_contacts = false;
  bool json = false;
};

std::string_view words_of(MatchedState state) {
  switch (state) {
    case MatchedState::sent:
      return "sent";
    case MatchedState::opened:
      return "was held back, and is opened by this match";
    case MatchedState::held:
      return "held back until more people name the same person";
    case MatchedState::asks_first:
      return "held back: its author wants to be asked first, and left words for it (--show-contacts)";
    case MatchedState::unlisted:
      break;
  }
  return "not listed to you, or not any more";
}

std::string line_of(const MatchedReport& one) {
  const std::string report = one.report.encode().substr(0, short_digits);
  if (one.its == nullptr) return fmt::format("  report {}: {}", report, words_of(one.state));
  const std::string accused = one.its->accused();
  return fmt::format("  case {}, report {}, {}: {}; led by {}", one.its->id.encode().substr(0, short_digits),
                     report, accused.empty() ? "names nobody" : visible_line(accused), words_of(one.state),
                     one.its->state.lead ? one.its->state.lead->text() : "nobody");
}

void print_matches(const std::vector<FoundMatch>& matches, const CaseworkerId& me) {
  for (std::size_t number = 1; const FoundMatch& match : matches) {
    say("\nMatch {}: {} people name the same person", number++, match.authors);
    for (const MatchedReport& one : match.reports) say("{}", line_of(one));
    for (const CaseworkerId& who : match.shared_leads)
      warn(
          "{} {} more than one case of this match. Give one of them to somebody else: candour case ID --lead "
          "WHO",
          who == me ? "you" : who.text(), who == me ? "lead" : "leads");
  }
}

void print_contacts(const std::vector<FoundMatch>& matches) {
  say("\n{}", contact_warning);
  for (const FoundMatch& match : matches)
    for (const MatchedReport& one : match.reports)
      if (one.contact)
        put(stdout,
            fmt::format("\nThe author of report {} left:\n{}", one.report.encode().substr(0, short_digits),
                        visible_text(*one.contact, "    | ")));
}

void print_words(const CaseDesk& desk, bool show_contacts) {
  const std::vector<FoundMatch> matches = matches_of(desk);
  if (matches.empty()) {
    say("No matches.");
  } else {
    for (const std::string_view words : match_warning) say("* {}", words);
    print_matches(matches, desk.me());
    if (show_contacts) print_contacts(matches);
  }
  for (const KnownReport* one : desk.held())
    say("held  {}  {}  {}", one->id.encode().substr(0, short_digits), one->arrived.encode(), held_words);
  for (const WrongCompanion& one : wrong_companions(desk))
    warn("the companion of report {} {}.", one.report.encode().substr(0, short_digits), one.words);
  if (const std::size_t others = of_another_key(desk); others > 0)
    say("{} companions are for another key of this service than today's: they match nothing.", others);
}

Outcome<> run(const Options& options) {
  const auto desk = CaseDesk::open(options.desk);
  if (!desk) return fail(desk);
  if (!desk->matches())
    return fail_with(
        Errc::refused,
        "you are not one of those who match reports here. The roster names them: ask the steward.");
  options.json ? say_json(matches_json(*desk, options.show_contacts))
               : print_words(*desk, options.show_contacts);
  return {};
}

}  // namespace

void add_match(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand("match", "show which reports name the same person");
  command->add_flag("--show-contacts", options->show_contacts,
                    "also the words of those who hold a report back and want to be asked first");
  options->desk.add_to(*command);
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
