// SPDX-License-Identifier: AGPL-3.0-or-later
// candour admit: a colleague whom the author did not name takes part in a case from now on (docs/spec/cases.md "Somebody who comes later").
#include "client-cli/cases/case_desk.h"
#include "client-cli/cases/risk_sheet.h"
#include "client-cli/commands/commands.h"
#include "client-cli/desk/fetched_report.h"
#include "client-cli/terminal/line_option.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"
#include "protocol/contains.h"

namespace candour::cli {
namespace {

constexpr std::size_t short_digits = 12;

struct Options {
  CaseDeskOptions desk;
  std::vector<std::string> names;
  std::string reason, all_of;
};

// What stands in the case today: who comes later cannot open what was said of it before.
std::vector<EventBody> state_of(const CaseState& state) {
  std::vector<EventBody> all;
  if (state.status != CaseStatus::fresh) all.emplace_back(event::Status{state.status});
  if (state.risk != CaseRisk::unknown) all.emplace_back(event::Risk{state.risk});
  if (state.lead) all.emplace_back(event::Assign{state.lead});
  if (const auto cover = cover_on(state, today())) all.emplace_back(event::Cover{*state.lead, cover});
  for (const std::string& label : state.labels) all.emplace_back(event::Label{label, true});
  for (const auto& [name, day] : state.deadlines) all.emplace_back(event::Deadline{name, day});
  for (const auto& [to, answer] : state.consents) all.emplace_back(event::Consented{to, answer});
  for (const auto& [which, reason] : state.quarantined)
    all.emplace_back(event::Quarantine{which.report, which.attachment, true, reason});
  for (EventBody& sheet : risk_sheet_again(state)) all.push_back(std::move(sheet));
  return all;
}

bool has_handed_on(const CaseFile& one, const CaseworkerId& me, const CaseworkerId& who,
                   const KnownReport& report) {
  return std::ranges::any_of(one.state.timeline, [&](const VerifiedEvent* event) {
    const auto* grant = std::get_if<event::Grant>(&(*event)->body);
    return grant != nullptr && (*event)->author == me && contains((*event)->readers, who) &&
           grant->report == report.id && grant->sealed_sha256 == report.by_author->sealed_sha256;
  });
}

// One account. The grant before the list: what she sees listed she can open.
Outcome<> hand_on(CaseDesk& desk, const CaseFile& one, const KnownReport& report, const CaseworkerId& who) {
  const ListedReport& listed = *desk.listed(report.id);
  if (contains(report.by_author->audience, who)) return {};
  if (report.shared) {
    if (auto handed = desk.hand_share_to(report.id, who); !handed) return handed;
    return desk.desk().session.admit(report.id, who);
  }
  if (!has_handed_on(one, desk.me(), who, report)) {
    const auto key = read_report_key(desk.desk().session, desk.access_to(report.id), listed);
    if (!key) return fail(key);
    if (key->sealed_sha256 != report.by_author->sealed_sha256)
      return fail_with(
          Errc::not_authentic,
          "the server gives another report than when you opened it first. Nothing was handed on. Tell the "
          "steward.");
    event::Grant grant{report.id, key->sealed_sha256, {}};
    std::ranges::copy(key->file_key.reveal(), grant.file_key.begin());
    if (auto said = desk.say(one, grant, {desk.me(), who}); !said) return said;
  }
  return desk.desk().session.admit(report.id, who);
}

// So that she can tell by herself that whoever takes part may: those who were admitted before her are in no manifest.
Outcome<> say_again_who_came_before(CaseDesk& desk, const CaseFile& one, const CaseworkerId& who) {
  for (const std::string& note : desk.admissions_unknown_to(one, who))
    if (auto said = desk.say(one, event::Earlier{note}, {desk.me(), who}); !said) return said;
  return {};
}

// As often as is wanted: what was done already is left out.
Outcome<> admit(CaseDesk& desk, const CaseFile& one, const CaseworkerId& who, const std::string& reason) {
  if (auto may = desk.check_admission(one, who); !may) return may;
  if (!one.is_reader(who)) {
    const std::vector<EventBody> state = state_of(one.state);
    event::Admitted body{who, reason, newest_events(one.events, desk.roster().roster(), one.readers)};
    if (auto said = desk.say(one, std::move(body)); !said) return said;
    for (const EventBody& again : state)
      if (auto said = desk.say(one, again); !said) return said;
  }
  if (auto said = say_again_who_came_before(desk, one, who); !said) return said;
  for (const KnownReport* report : one.reports)
    if (auto done = hand_on(desk, one, *report, who); !done) return done;
  return {};
}

Outcome<> admit_to_one(const Options& options, CaseDesk& desk, const CaseworkerId& who) {
  const auto one = desk.find(options.names.front());
  if (!one) return fail(one);
  if (auto done = admit(desk, **one, who, options.reason); !done) return done;
  say("{} takes part in case {} from now on, and can open {} account{}. What was said of it before she "
      "cannot read: tell "
      "her what she needs with candour note.",
      who.text(), (*one)->id.encode().substr(0, short_digits), (*one)->reports.size(),
      (*one)->reports.size() == 1 ? "" : "s");
  return {};
}

// Every case in which `options.all_of` took part. One that cannot be handed on keeps nobody from the others.
Outcome<> admit_to_all(const Options& options, CaseDesk& desk, const CaseworkerId& who) {
  auto old = CaseworkerId::parse(options.all_of);
  if (!old) return fail_about("--all-of", old);
  std::size_t done = 0;
  std::size_t refused = 0;
  for (const CaseFile& one : desk.cases()) {
    if (!contains(one.entitled, *old) || !one.is_reader(desk.me())) continue;
    const std::string id = one.id.encode().substr(0, short_digits);
    if (const auto admitted = admit(desk, one, who, options.reason)) {
      ++done;
      say("{}  {} takes part.", id, who.text());
    } else {
      ++refused;
      warn("case {}: {}", id, admitted.error().text);
    }
  }
  if (refused > 0)
    return fail_with(
        Errc::refused,
        fmt::format("{} cases were handed on to {}, {} were not, as said above. The same command "
                    "again goes on where it stopped.",
                    done, who.text(), refused));
  say("{} cases of {} that you read too. Those that you do not, a colleague who does has to hand on.", done,
      old->text());
  return {};
}

Outcome<> run(const Options& options) {
  const std::size_t wanted = options.all_of.empty() ? 2 : 1;
  if (options.names.size() != wanted)
    return fail_with(Errc::refused,
                     "it takes a case and who is admitted (candour admit ID WHO), or, with --all-of OLD, "
                     "only who is admitted.");
  auto who = CaseworkerId::parse(options.names.back());
  if (!who) return fail_about("WHO", who);
  if (auto good = check_line("--reason", options.reason, event_reason_bytes_max); !good) return good;
  auto desk = CaseDesk::open(options.desk);
  if (!desk) return fail(desk);
  return options.all_of.empty() ? admit_to_one(options, *desk, *who) : admit_to_all(options, *desk, *who);
}

}  // namespace

void add_admit(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      parent.add_subcommand("admit", "let a colleague into a case whom its author did not name");
  command->add_option("ID", options->names, "the case; then WHO, the colleague's id")
      ->option_text("WHO")
      ->required()
      ->expected(1, 2);
  command->add_option("--reason", options->reason, "why, for all who read the case")->required();
  command->add_option("--all-of", options->all_of, "into every case that this caseworker took part in");
  options->desk.add_to(*command);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
