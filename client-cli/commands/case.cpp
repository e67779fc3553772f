// SPDX-License-Identifier: AGPL-3.0-or-later
// candour case: one case, with all that was said about it; or says something about it (docs/spec/cases.md).
#include <optional>

#include "client-cli/cases/case_desk.h"
#include "client-cli/cases/case_words.h"
#include "client-cli/commands/commands.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"

namespace candour::cli {
namespace {

struct Options {
  CaseDeskOptions desk;
  std::string id, status, risk, lead;
  std::vector<std::string> labels, unlabels, deadlines, done;
  bool json = false;
};

Outcome<event::Deadline> deadline_of(const std::string& option) {
  const auto sign = option.rfind('=');
  const auto day = Day::parse(sign == std::string::npos ? "" : std::string_view(option).substr(sign + 1));
  if (!day)
    return fail_with(
        Errc::malformed,
        fmt::format("--deadline {}: is not NAME=DAY, as in \"Hearing=2026-12-11\".", visible_line(option)));
  return event::Deadline{option.substr(0, sign), *day};
}

// Checked before a passphrase is asked.
Outcome<std::vector<EventBody>> sayings_of(const Options& options) {
  std::vector<EventBody> all;
  if (!options.status.empty()) {
    const auto status = parse_case_status(options.status);
    if (!status) return fail_about("--status", status);
    all.emplace_back(event::Status{*status});
  }
  if (!options.risk.empty()) {
    const auto risk = parse_case_risk(options.risk);
    if (!risk) return fail_about("--risk", risk);
    all.emplace_back(event::Risk{*risk});
  }
  if (options.lead == "nobody") {
    all.emplace_back(event::Assign{});
  } else if (!options.lead.empty()) {
    auto lead = CaseworkerId::parse(options.lead);
    if (!lead) return fail_about("--lead", lead);
    all.emplace_back(event::Assign{*std::move(lead)});
  }
  for (const std::string& label : options.labels) all.emplace_back(event::Label{label, true});
  for (const std::string& label : options.unlabels) all.emplace_back(event::Label{label, false});
  for (const std::string& option : options.deadlines) {
    auto deadline = deadline_of(option);
    if (!deadline) return fail(deadline);
    all.emplace_back(*std::move(deadline));
  }
  for (const std::string& name : options.done) all.emplace_back(event::Deadline{name, std::nullopt});
  for (const EventBody& body : all)
    if (const auto may = check_event_body(body); !may) return fail(may);
  return all;
}

void show(const Options& options, const CaseDesk& desk, const CaseFile& one) {
  if (!options.json) return put(stdout, case_words(desk, one));
  say_json(full_case_json(desk, one));
}

Outcome<> run(const Options& options) {
  const auto sayings = sayings_of(options);
  if (!sayings) return fail(sayings);
  auto desk = CaseDesk::open(options.desk);
  if (!desk) return fail(desk);
  for (const EventBody& body : *sayings) {
    const auto one = desk->find(options.id);
    if (!one) return fail(one);
    const auto* assign = std::get_if<event::Assign>(&body);
    if (assign != nullptr && assign->to && !(*one)->is_reader(*assign->to))
      return fail_with(Errc::refused, fmt::format("{} takes no part in this case, so she cannot lead it.",
                                                  assign->to->text()));
    if (auto said = desk->say(**one, body); !said) return said;
  }
  const auto one = desk->find(options.id);
  if (!one) return fail(one);
  show(options, *desk, **one);
  return {};
}

}  // namespace

void add_case(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      parent.add_subcommand("case", "show a case with all that was said about it, or change it");
  add_case_id(*command, options->id);
  command->add_option("--status", options->status, "say that it is: new, triage, working, waiting, closed");
  command->add_option("--risk", options->risk, "say that the risk is: unknown, standard, high, immediate");
  command->add_option("--lead", options->lead, "who leads it: a caseworker's id, or nobody");
  command->add_option("--label", options->labels, "put this label on it");
  command->add_option("--unlabel", options->unlabels, "take this label off");
  command->add_option("--deadline", options->deadlines, "NAME=DAY, as in \"Hearing=2026-12-11\"");
  command->add_option("--done", options->done, "this deadline, by its name, is done or no more");
  options->desk.add_to(*command);
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
