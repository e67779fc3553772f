// SPDX-License-Identifier: AGPL-3.0-or-later
// candour erase-events: what was said about a case, erased by two of its readers (docs/spec/cases.md "Erased by two").
#include <algorithm>

#include "client-cli/cases/case_desk.h"
#include "client-cli/commands/commands.h"
#include "client-cli/desk/joint_signing.h"
#include "client-cli/terminal/say.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

struct Options {
  CaseDeskOptions desk;
  std::string id;
  JointFile file;
};

Outcome<> sign_first(const Options& options) {
  auto out = NewFile::create(options.file.out);
  if (!out) return fail(out);
  auto desk = CaseDesk::open(options.desk);
  if (!desk) return fail(desk);
  const auto one = desk->find(options.id);
  if (!one) return fail(one);
  std::vector<EventId> all = desk->events_of((*one)->id);
  if (all.empty()) return fail_with(Errc::refused, "nothing was said about this case that you can read.");
  const std::size_t some = std::min(all.size(), limits::events_erased_max);
  const JointNote what{.act = JointAct::event_erasure,
                       .day = today(),
                       .events = {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(some)}};
  if (auto done = options.file.sign_first(*out, what, desk->desk().key, (*one)->id.encode()); !done)
    return done;
  if (some < all.size())
    say("It names {} of {} events, the most that one note may. Once they are erased, sign for the rest.",
        some, all.size());
  return {};
}

// What the colleague cannot read stays: at the server it is to her as if it were not there.
Outcome<> sign_second(const Options& options) {
  const auto first = options.file.read(JointAct::event_erasure);
  if (!first) return fail(first);
  auto desk = CaseDesk::open(options.desk);
  if (!desk) return fail(desk);
  const auto one = desk->find(options.id);
  if (!one) return fail(one);
  const std::vector<EventId> of_case = desk->events_of((*one)->id);
  std::vector<EventId> hers;
  for (const EventId& event : first->what.events) {
    if (!desk->has_event(event)) continue;
    if (!std::ranges::binary_search(of_case, event))
      return options.file.fail_note(Errc::refused,
                                    "names what was said about another case, or what is not believed. "
                                    "Nothing was signed. Ask your colleague.");
    hers.push_back(event);
  }
  if (hers.empty())
    return options.file.fail_note(Errc::refused, "names nothing that you can read. Nothing was signed.");
  const auto both = options.file.sign_second(*first, desk->desk().key);
  if (!both) return fail(both);
  if (auto done = desk->desk().session.send_note(first->what, *both); !done) return done;
  say("{} events are erased from the server. Backups are as they were; on your colleagues' machines they go "
      "with the case.",
      hers.size());
  if (const std::size_t left = first->what.events.size() - hers.size(); left > 0)
    say("{} were said to your colleague and not to you, and are still there: they take two who can read "
        "them.",
        left);
  return desk->forget_events(hers);
}

Outcome<> run(const Options& options) {
  if (auto may = options.file.check(); !may) return may;
  return options.file.is_first() ? sign_first(options) : sign_second(options);
}

}  // namespace

void add_erase_events(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      parent.add_subcommand("erase-events", "erase what was said about a case: two caseworkers sign");
  add_case_id(*command, options->id);
  options->file.add_to(*command);
  options->desk.add_to(*command);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
