// SPDX-License-Identifier: AGPL-3.0-or-later
// candour disclose, consent, quarantine: telling somebody outside takes two; what her author wants told to whom; what is kept under lock
// until a lawyer has looked at it (docs/spec/cases.md "Kinds").
#include <algorithm>

#include "client-cli/cases/case_desk.h"
#include "client-cli/commands/commands.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"
#include "crypto/core/encoding.h"

namespace candour::cli {
namespace {

constexpr std::size_t prefix_digits_min = 8;

// Opens the desk, and says `body` of the case; `body` is checked before a passphrase is asked.
Outcome<> say_of(const CaseDeskOptions& options, const std::string& id, EventBody body) {
  if (const auto may = check_event_body(body); !may) return fail(may);
  auto desk = CaseDesk::open(options);
  if (!desk) return fail(desk);
  const auto one = desk->find(id);
  if (!one) return fail(one);
  return desk->say(**one, std::move(body));
}

struct DiscloseOptions {
  CaseDeskOptions desk;
  std::string id, agree, done, outcome;
  event::Disclosure what;
};

Outcome<const DisclosureState*> find_disclosure(const CaseFile& one, const std::string& prefix) {
  const DisclosureState* found = nullptr;
  for (const DisclosureState& disclosure : one.state.disclosures)
    if (prefix.size() >= prefix_digits_min && hex_encode(disclosure.proposal).starts_with(prefix))
      found = &disclosure;
  if (found != nullptr) return found;
  return fail_with(
      Errc::not_found,
      fmt::format("{}: no disclosure of this case begins so. `candour case` shows them; give at least 8 "
                  "characters.",
                  visible_line(prefix)));
}

Outcome<> agree_or_end(const DiscloseOptions& options) {
  auto desk = CaseDesk::open(options.desk);
  if (!desk) return fail(desk);
  const auto one = desk->find(options.id);
  if (!one) return fail(one);
  const auto found = find_disclosure(**one, options.agree.empty() ? options.done : options.agree);
  if (!found) return fail(found);
  const DisclosureState& disclosure = **found;
  if (!options.agree.empty()) {
    if (disclosure.proposed_by == desk->me())
      return fail_with(Errc::refused,
                       "you proposed it yourself: somebody else has to agree. Nothing was said.");
    auto said = desk->say(**one, event::Agreed{disclosure.proposal});
    if (said) put(stdout, "Agreed. Now it may be done, and what came of it be said with --done.\n");
    return said;
  }
  if (!disclosure.agreed_by)
    return fail_with(
        Errc::refused,
        "no second caseworker has agreed to it yet. Nothing was said. Where a life is in danger now, call "
        "who can help, and say it here afterwards with `candour note`.");
  auto said = desk->say(**one, event::Disclosed{disclosure.proposal, options.outcome});
  if (said) put(stdout, "Said. It stays in the history of the case.\n");
  return said;
}

Outcome<> disclose(const DiscloseOptions& options) {
  if (!options.agree.empty() || !options.done.empty()) {
    if (!options.done.empty() && options.outcome.empty())
      return fail_with(Errc::refused,
                       "what came of it? Say it with --outcome, as in \"could not be reached\".");
    return agree_or_end(options);
  }
  auto said = say_of(options.desk, options.id, options.what);
  if (said)
    put(stdout,
        "Proposed. A second caseworker of this case has to agree (candour case shows it) before you tell "
        "anybody.\n");
  return said;
}

struct ConsentOptions {
  CaseDeskOptions desk;
  std::string id, to, answer;
};

Outcome<> consent(const ConsentOptions& options) {
  const auto answer = parse_consent(options.answer);
  if (!answer) return fail_about("--answer", answer);
  auto said = say_of(options.desk, options.id, event::Consented{options.to, *answer});
  if (said) say("May {} be told: {}.", visible_line(options.to), options.answer);
  return said;
}

struct QuarantineOptions {
  CaseDeskOptions desk;
  std::string id, reason;
  std::uint64_t attachment = 1;
  bool release = false;
};

Outcome<> quarantine(const QuarantineOptions& options) {
  event::Quarantine body{{}, options.attachment, !options.release, options.reason};
  if (const auto may = check_event_body(body); !may) return fail(may);
  auto desk = CaseDesk::open(options.desk);
  if (!desk) return fail(desk);
  const auto one = desk->find(options.id);
  if (!one) return fail(one);
  const auto named = std::ranges::find_if((*one)->reports, [&](const KnownReport* report) {
    return report->id.encode().starts_with(options.id);
  });
  if (named == (*one)->reports.end())
    return fail_with(Errc::refused,
                     "give the id of the report that it belongs to, and not that of the case.");
  body.report = (*named)->id;
  auto said = desk->say(**one, body);
  if (said)
    put(stdout, options.release ? "It is shown and handed on again.\n"
                                : "It is under lock: neither the desk page nor an export gives it out.\n");
  return said;
}

}  // namespace

void add_disclose(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<DiscloseOptions>();
  CLI::App* command =
      parent.add_subcommand("disclose", "tell somebody outside of a case: one proposes, another agrees");
  add_case_id(*command, options->id);
  CLI::Option* to = command->add_option("--to", options->what.to, "whom");
  CLI::Option* what = command->add_option("--what", options->what.what, "the least that they need to know");
  CLI::Option* reason = command->add_option("--reason", options->what.reason, "why");
  CLI::Option* route =
      command->add_option("--route", options->what.route, "by which way, past the accused's force");
  CLI::Option* agree =
      command->add_option("--agree", options->agree, "agree to this one, by its number in `candour case`");
  CLI::Option* done =
      command->add_option("--done", options->done, "this one was done, or cannot be; with --outcome");
  command->add_option("--outcome", options->outcome, "what came of it")->needs(done);
  for (CLI::Option* part : {to, what, reason, route}) part->excludes(agree)->excludes(done);
  agree->excludes(done);
  options->desk.add_to(*command);
  on_chosen(*command, chosen, options, disclose);
}

void add_consent(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<ConsentOptions>();
  CLI::App* command = parent.add_subcommand("consent", "say whom a report's author wants to be told");
  add_case_id(*command, options->id);
  command->add_option("--to", options->to, "whom, as in \"housing officer\"")->required();
  command->add_option("--answer", options->answer, "yes, no, or ask")->required();
  options->desk.add_to(*command);
  on_chosen(*command, chosen, options, consent);
}

void add_quarantine(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<QuarantineOptions>();
  CLI::App* command =
      parent.add_subcommand("quarantine", "put an attachment under lock until a lawyer has looked at it");
  add_report_id(*command, options->id);
  command->add_option("--attachment", options->attachment, "its number: 1 is the first")->required();
  command->add_option("--reason", options->reason, "why, as in \"perhaps a copy of a police record\"")
      ->required();
  command->add_flag("--release", options->release, "take it out again");
  options->desk.add_to(*command);
  on_chosen(*command, chosen, options, quarantine);
}

}  // namespace candour::cli
