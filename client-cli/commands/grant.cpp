// SPDX-License-Identifier: AGPL-3.0-or-later
// candour grant: one's share of a report that takes several to open, for a colleague (docs/spec/threshold.md "Handing on a share").
#include "client-cli/cases/case_desk.h"
#include "client-cli/commands/commands.h"
#include "client-cli/terminal/say.h"

namespace candour::cli {
namespace {

struct Options {
  CaseDeskOptions desk;
  std::string id, who;
};

Outcome<> run(const Options& options) {
  const auto who = CaseworkerId::parse(options.who);
  if (!who) return fail_about("WHO", who);
  auto desk = CaseDesk::open(options.desk);
  if (!desk) return fail(desk);
  const auto report = desk->desk().session.find(options.id);
  if (!report) return fail(report);
  if (auto handed = desk->hand_share_to(report->id, *who); !handed) return handed;
  say("{} has your share of the report {}, signed by you. She can open it once she has {}.", who->text(),
      report->id.encode().substr(0, 12), desk->together(report->id)->needs);
  return {};
}

}  // namespace

void add_grant(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      parent.add_subcommand("grant", "hand your share of a report that takes several to open to a colleague");
  add_report_id(*command, options->id);
  command->add_option("WHO", options->who, "the colleague's id")->required();
  options->desk.add_to(*command);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
