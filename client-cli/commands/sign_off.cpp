// SPDX-License-Identifier: AGPL-3.0-or-later
// candour sign-off: a second caseworker has looked at the closure of a case, at its risk, or at its safety plan (docs/spec/cases.md
// "A second pair of eyes").
#include "client-cli/cases/case_desk.h"
#include "client-cli/cases/state_words.h"
#include "client-cli/commands/commands.h"
#include "client-cli/terminal/line_option.h"
#include "client-cli/terminal/say.h"

namespace candour::cli {
namespace {

struct Options {
  CaseDeskOptions desk;
  std::string id, what, note;
  bool json = false;
};

// What there is to be signed, and by her.
Outcome<EventHash> subject_of(const CaseFile& one, SignOff what, const CaseworkerId& me) {
  const auto found = one.state.sign_offs.find(what);
  if (found == one.state.sign_offs.end())
    return fail_with(Errc::not_found,
                     what == SignOff::closure ? "the case is not closed. Close it first, with `candour case "
                                                "--status closed`. Nothing was said."
                     : what == SignOff::risk
                         ? "nobody has judged the risk yet. Nothing was said."
                         : "there is no safety plan in the risk sheet yet. Nothing was said.");
  if (found->second.said_by == me)
    return fail_with(Errc::refused,
                     "you said it yourself: somebody else has to look at it. Nothing was said.");
  if (found->second.signed_by)
    return fail_with(Errc::conflict,
                     fmt::format("{} has signed it off already, and nothing was changed since.",
                                 found->second.signed_by->text()));
  return found->second.event;
}

Outcome<> run(const Options& options) {
  const auto what = parse_sign_off(options.what);
  if (!what) return fail_about("WHAT", what);
  if (auto good = check_line("--note", options.note, event_reason_bytes_max); !good) return good;
  auto desk = CaseDesk::open(options.desk);
  if (!desk) return fail(desk);
  const auto one = desk->find(options.id);
  if (!one) return fail(one);
  const auto subject = subject_of(**one, *what, desk->me());
  if (!subject) return fail(subject);
  if (auto said = desk->say(**one, event::SignedOff{*what, *subject, options.note}); !said) return said;
  if (options.json)
    say_json({{"id", {(*one)->id.encode()}}, {"signed_off", signed_off_json((*one)->state)}});
  else
    say("Signed off: the {}. It lapses when that is changed.", name_of(*what));
  return {};
}

}  // namespace

void add_sign_off(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand(
      "sign-off", "say that you have looked at what a colleague decided: its closure, its risk, its plan");
  add_case_id(*command, options->id);
  command->add_option("WHAT", options->what, "closure, risk or plan")->required();
  command->add_option("--note", options->note, "what you found, for all who read the case")->required();
  options->desk.add_to(*command);
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
