// SPDX-License-Identifier: AGPL-3.0-or-later
// candour close, reopen, hold: what one caseworker may say alone about the end of a report (docs/spec/retention.md).
#include "client-cli/commands/commands.h"
#include "client-cli/desk/desk_options.h"
#include "client-cli/desk/listing.h"
#include "client-cli/terminal/say.h"

namespace candour::cli {
namespace {

struct Options {
  std::string_view mark;
  bool undo = false;
  DeskOptions desk;
  std::string id;
  bool json = false;
};

Outcome<> run(const Options& options) {
  auto desk = sign_in(options.desk);
  if (!desk) return fail(desk);
  auto report = desk->session.find(options.id);
  if (!report) return fail(report);
  report = desk->session.set_mark(report->id, options.mark, !options.undo);
  if (!report) return fail(report);
  if (options.json) {
    say_json(to_json(*report));
    return {};
  }
  const std::string marks = marks_of(*report);
  say("{}  {}", report->id.encode(), marks.empty() ? "open, and nobody holds it" : marks);
  return {};
}

void add(CLI::App& parent, Action& chosen, const char* name, const char* words, std::string_view mark,
         bool undo = false) {
  auto options = std::make_shared<Options>();
  options->mark = mark;
  options->undo = undo;
  CLI::App* command = parent.add_subcommand(name, words);
  add_report_id(*command, options->id);
  if (options->mark == "hold") command->add_flag("--undo", options->undo, "take back your own hold");
  options->desk.add_to(*command);
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run);
}

}  // namespace

void add_close(CLI::App& parent, Action& chosen) {
  add(parent, chosen, "close", "close a case: its report is erased some years later", "closed");
}

void add_reopen(CLI::App& parent, Action& chosen) {
  add(parent, chosen, "reopen", "open a closed case again", "closed", true);
}

void add_hold(CLI::App& parent, Action& chosen) {
  add(parent, chosen, "hold", "keep a report from being erased", "hold");
}

}  // namespace candour::cli
