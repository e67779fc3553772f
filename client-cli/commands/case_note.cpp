// SPDX-License-Identifier: AGPL-3.0-or-later
// candour note, recuse: words for the other readers of a case; and taking no more part in one (docs/spec/cases.md).
#include "client-cli/cases/case_desk.h"
#include "client-cli/commands/commands.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/typed_words.h"

namespace candour::cli {
namespace {

struct NoteOptions {
  CaseDeskOptions desk;
  std::string id, text;
  std::vector<std::string> only_for;
  bool privileged = false;
};

Outcome<> note(const NoteOptions& options) {
  std::vector<CaseworkerId> readers;
  for (const std::string& name : options.only_for) {
    auto id = CaseworkerId::parse(name);
    if (!id) return fail_about("--for", id);
    readers.push_back(*std::move(id));
  }
  auto words = typed_words(options.text, "note");
  if (!words) return fail(words);
  event::Note body{*std::move(words), options.privileged};
  if (const auto may = check_event_body(body); !may) return fail(may);
  auto desk = CaseDesk::open(options.desk);
  if (!desk) return fail(desk);
  const auto one = desk->find(options.id);
  if (!one) return fail(one);
  if (auto said = desk->say(**one, std::move(body), std::move(readers)); !said) return said;
  say("Noted. {} can read it; the report's author cannot.",
      options.only_for.empty() ? "Everybody who reads this case" : "Only those whom you named");
  return {};
}

struct RecuseOptions {
  CaseDeskOptions desk;
  std::string id;
  bool yes = false;
};

Outcome<> recuse(const RecuseOptions& options) {
  if (!options.yes)
    return fail_with(Errc::refused,
                     "this cannot be taken back: your colleagues' tools share nothing more about this case "
                     "with you. Say --yes if you mean it.");
  auto desk = CaseDesk::open(options.desk);
  if (!desk) return fail(desk);
  const auto one = desk->find(options.id);
  if (!one) return fail(one);
  if (auto said = desk->say(**one, event::Recused{}); !said) return said;
  say("You take no more part in case {}. Your colleagues can see that.", (*one)->id.encode().substr(0, 12));
  return {};
}

}  // namespace

void add_note(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<NoteOptions>();
  CLI::App* command =
      parent.add_subcommand("note", "write a note about a case, for those who read it with you");
  add_case_id(*command, options->id);
  command->add_option(
      "--text", options->text,
      "the note (others on this computer can see it while the command runs; standard input is safer)");
  command->add_option("--for", options->only_for, "only these caseworkers, and you");
  command->add_flag("--privileged", options->privileged, "advice of, or for, a lawyer: exports leave it out");
  options->desk.add_to(*command);
  on_chosen(*command, chosen, options, note);
}

void add_recuse(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<RecuseOptions>();
  CLI::App* command =
      parent.add_subcommand("recuse", "take no more part in a case, because you know somebody in it");
  add_case_id(*command, options->id);
  command->add_flag("--yes", options->yes, "you mean it: it cannot be taken back");
  options->desk.add_to(*command);
  on_chosen(*command, chosen, options, recuse);
}

}  // namespace candour::cli
