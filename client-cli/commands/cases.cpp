// SPDX-License-Identifier: AGPL-3.0-or-later
// candour cases: all your cases, what is most urgent first (docs/spec/cases.md).
#include <fmt/ranges.h>

#include "client-cli/cases/case_desk.h"
#include "client-cli/cases/case_search.h"
#include "client-cli/cases/case_words.h"
#include "client-cli/cases/match_words.h"
#include "client-cli/cases/matches.h"
#include "client-cli/cases/state_words.h"
#include "client-cli/cases/urgency.h"
#include "client-cli/commands/commands.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"

namespace candour::cli {
namespace {

struct Options {
  CaseDeskOptions desk;
  std::string status, lead, search;
  bool json = false;
};

void print_words(const CaseDesk& desk, const std::vector<const CaseFile*>& cases) {
  if (cases.empty()) return say("No cases.");
  for (const CaseFile* one : cases) {
    std::vector<std::string> words{status_words(one->state)};
    if (one->danger()) words.push_back("danger indicated");
    if (one->state.risk != CaseRisk::unknown)
      words.push_back(fmt::format("risk {}", name_of(one->state.risk)));
    if (one->state.lead) words.push_back("led by " + lead_words(*one, today()));
    if (const auto next = next_deadline(*one)) words.push_back("next deadline " + next->day.encode());
    for (const std::string& label : one->state.labels) words.push_back("#" + label);
    const std::string accused = one->accused();
    say("{}  {}  {}  {}  {}", is_unread(desk, *one) ? "new" : "   ", one->id.encode().substr(0, 12),
        one->reports.back()->arrived.encode(), accused.empty() ? "(names nobody)" : visible_line(accused),
        fmt::join(words, ", "));
  }
  say("{} cases. Look at one with: candour case ID", cases.size());
}

// What it takes several to open, and is not open yet.
std::vector<Together> waiting(const CaseDesk& desk) {
  std::vector<Together> all = desk.together();
  std::erase_if(all, [](const Together& one) { return one.open; });
  return all;
}

void print_waiting(const CaseDesk& desk) {
  for (const Together& one : waiting(desk)) {
    say("waits  {}  {}  {}", one.report.encode().substr(0, 12), one.arrived.encode(),
        words_of(one, desk.me()));
    if (!one.trouble.empty()) warn("report {}: {}", one.report.encode().substr(0, 12), one.trouble);
  }
}

void print_held(const CaseDesk& desk) {
  for (const KnownReport* one : desk.held())
    say("held  {}  {}  {}", one->id.encode().substr(0, 12), one->arrived.encode(), held_words);
}

// Or looked after by her meanwhile.
bool is_led_by(const CaseFile& one, const std::string& who) {
  if (!one.state.lead) return false;
  const auto cover = cover_of(one, today());
  return one.state.lead->text() == who || (cover && cover->by.text() == who);
}

bool has_all(const CaseFile& one, std::vector<std::string> words) {
  strike_out(words, one);
  return words.empty();
}

Outcome<> run(const Options& options) {
  std::optional<CaseStatus> status;
  if (!options.status.empty()) {
    const auto parsed = parse_case_status(options.status);
    if (!parsed) return fail_about("--status", parsed);
    status = *parsed;
  }
  auto desk = CaseDesk::open(options.desk);
  if (!desk) return fail(desk);
  const std::vector<std::string> wanted = words_to_find(options.search);
  std::vector<const CaseFile*> cases;
  for (const CaseFile* one : by_urgency(*desk)) {
    if (status && one->state.status != *status) continue;
    if (!options.lead.empty() && !is_led_by(*one, options.lead)) continue;
    if (!has_all(*one, wanted)) continue;
    cases.push_back(one);
  }
  if (!options.json) {
    print_waiting(*desk);
    print_held(*desk);
    print_words(*desk, cases);
    return {};
  }
  json::Array all;
  for (const CaseFile* one : cases) all.push_back({case_json(*desk, *one)});
  json::Array together;
  for (const Together& one : desk->together()) together.push_back(json::Value{to_json(one)});
  say_json({{"cases", {std::move(all)}},
            {"together", json::Value{std::move(together)}},
            {"held", held_json(*desk)}});
  return {};
}

}  // namespace

void add_cases(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand("cases", "list your cases, what is most urgent first");
  command->add_option("--status", options->status, "only these: new, triage, working, waiting, closed");
  command->add_option("--lead", options->lead,
                      "only those that this caseworker leads, or looks after meanwhile");
  command->add_option("--search", options->search,
                      "only those in which all of these words are: in accused, labels, deadlines, notes");
  options->desk.add_to(*command);
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
