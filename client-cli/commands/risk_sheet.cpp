// SPDX-License-Identifier: AGPL-3.0-or-later
// candour risk-sheet: what was found out about the danger in a case, in named lines; printed as one page, or added to.
#include "client-cli/cases/risk_sheet.h"
#include "client-cli/cases/case_desk.h"
#include "client-cli/commands/commands.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"

namespace candour::cli {
namespace {

struct Options {
  CaseDeskOptions desk;
  std::string id;
  std::vector<std::string> lines;
  bool json = false;
};

// Checked before a passphrase is asked.
Outcome<event::RiskSheet> sheet_of(const std::vector<std::string>& lines) {
  event::RiskSheet sheet;
  for (const std::string& line : lines) {
    const auto sign = line.find('=');
    if (sign == std::string::npos)
      return fail_with(
          Errc::malformed,
          fmt::format("--set {}: is not FIELD=TEXT, as in \"fear=that he finds her\".", visible_line(line)));
    std::string text = line.substr(sign + 1);
    auto value = text.empty() ? std::nullopt : std::optional(std::move(text));
    if (!sheet.lines.emplace(line.substr(0, sign), std::move(value)).second)
      return fail_with(Errc::malformed, fmt::format("--set {}: this line was given twice. Say it in one.",
                                                    visible_line(line)));
  }
  if (const auto may = check_event_body(sheet); !may) return fail_about("--set", may);
  return sheet;
}

Outcome<> run(const Options& options) {
  std::optional<event::RiskSheet> said;
  if (!options.lines.empty()) {
    auto sheet = sheet_of(options.lines);
    if (!sheet) return fail(sheet);
    said = *std::move(sheet);
  }
  auto desk = CaseDesk::open(options.desk);
  if (!desk) return fail(desk);
  const auto one = desk->find(options.id);
  if (!one) return fail(one);
  if (said)
    if (auto done = desk->say(**one, *std::move(said)); !done) return done;
  if (options.json)
    say_json(risk_sheet_page_json(**one));
  else
    put(stdout, risk_sheet_words(**one, today()));
  return {};
}

}  // namespace

void add_risk_sheet(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand(
      "risk-sheet", "print what was found out about the danger in a case, or add to it");
  add_case_id(*command, options->id);
  command->add_option(
      "--set", options->lines,
      "FIELD=TEXT, may be repeated; without a text the line is taken out. FIELD: strangled, "
      "threats_to_kill, weapons, stalking, separation, suicidal, fear, children, protective, "
      "plan (others on this computer can see it while the command runs; the desk page is safer)");
  options->desk.add_to(*command);
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
