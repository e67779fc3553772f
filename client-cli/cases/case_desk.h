// SPDX-License-Identifier: AGPL-3.0-or-later
// A caseworker at her desk, with all her cases: signs in, brings what was kept on this machine up to date with the server, and says
// something to the readers of a case (docs/spec/cases.md). One thread at a time.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "client-cli/cases/case_file.h"
#include "client-cli/cases/desk_copy.h"
#include "client-cli/cases/desk_watch.h"
#include "client-cli/cases/together.h"
#include "client-cli/desk/desk_options.h"
#include "client-cli/desk/handed_on.h"
#include "client-cli/outcome.h"
#include "client-cli/state/roster_memory.h"
#include "matching/match.h"
#include "protocol/roster.h"

namespace candour::cli {

struct CaseDeskOptions {
  DeskOptions desk;
  PinOption pin;
  std::string
      invitation;  // in place of server and pin; `torrc`: for the Tor that it starts (client-cli/desk/invited.h)
  std::string torrc;
  void add_to(CLI::App& command);
  // Everything that can be found wrong before a passphrase is asked.
  Outcome<> check() const;
};

// ID of a case or of one of its reports, which CaseDesk::find() completes.
void add_case_id(CLI::App& command, std::string& id);

class CaseDesk {
 public:
  // Up to date. What it could not open, and what is no longer listed, was said as a warning.
  static Outcome<CaseDesk> open(const CaseDeskOptions& options);
  // With this key, whatever the options name.
  static Outcome<CaseDesk> open(const CaseDeskOptions& options, KeyFile key, DeskWatch watch);
  // The same, of who is signed in already, by the roster that the server has just given.
  static Outcome<CaseDesk> at(std::shared_ptr<SignedIn> desk, VerifiedRoster roster, RosterMemory memory,
                              DeskWatch watch = {});
  // The same, by the roster that the server gives; nothing where no pin says whom to believe about it.
  static Outcome<std::optional<CaseDesk>> at_if_pinned(const PinOption& pin, std::shared_ptr<SignedIn> desk);
  // Brings it up to date once more, the roster too. Every CaseFile that was given out is gone afterwards, also after a failure.
  Outcome<> refresh();

  SignedIn& desk() { return *desk_; }
  const CaseworkerId& me() const { return me_; }
  const VerifiedRoster& roster() const { return roster_; }
  const std::vector<CaseFile>& cases() const { return cases_; }
  // With what she opens it, what colleagues handed on to her among it.
  ReportAccess access_to(const ReportId& report) const;
  // As it was kept here; null where nothing is known of it.
  const KnownReport* known(const ReportId& report) const;
  // The notes of all that is needed for it, for another machine of hers.
  std::vector<std::string> handed_on(const ReportId& report) const;
  // And what opens it, where a match did.
  MatchSeed match_seed_of(const ReportId& report) const;
  // Whom the server lists for this report, and neither its author named nor somebody admitted since who may.
  std::vector<CaseworkerId> unexplained_readers(const Manifest& manifest, const ListedReport& listed) const;
  // The notes by which others were admitted to it, each whole, that `who` can open in no event.
  std::set<std::string> admissions_unknown_to(const CaseFile& one, const CaseworkerId& who) const;
  // What was said in a case, that she can read, and the companions of its reports: ascending.
  std::vector<EventId> events_of(const CaseId& id) const;
  // Believed or not.
  bool has_event(const EventId& id) const { return copy_->events().contains(id); }
  // They were erased at the server.
  Outcome<> forget_events(const std::vector<EventId>& events);
  // As the server lists it today; null where it does not.
  const ListedReport* listed(const ReportId& id) const;

  // By the first 8 or more digits of its id, or of one of its reports.
  Outcome<const CaseFile*> find(std::string_view prefix) const;
  // May `who` be let into the case? Refused in words: for good where its author excluded her, or she recused herself.
  Outcome<> check_admission(const CaseFile& to, const CaseworkerId& who) const;
  // Signs it, seals it to `readers` (of the case, she among them; empty: all of them, and whomever it admits), and puts it there. Refused
  // where she is not a reader. `to` is one of cases(), and has it afterwards.
  Outcome<> say(const CaseFile& to, EventBody body, std::vector<CaseworkerId> readers = {});
  // Reports at desks that open together, open or not (docs/spec/threshold.md).
  std::vector<Together> together() const;
  // One of them; nothing where every reader opens it alone.
  std::optional<Together> together(const ReportId& report) const;
  // Hands her share on, once. Refused in words where she has none, or `who` must not have it.
  Outcome<> hand_share_to(const ReportId& report, const CaseworkerId& who);
  // Matching (docs/spec/matching.md): case_desk_match.cpp. Is she one of those who match?
  bool matches() const;
  const matching::MatchResult& matched() const { return matched_; }
  // Companions that are not their report's, as was seen when they were to open it.
  std::vector<matching::CompanionName> disproved() const;
  // Nobody can read it until somebody else names the same person.
  bool is_held(const ReportId& report) const;
  std::vector<const KnownReport*> held() const;
  // What opened by a match is answered, and spoken of, by a person who decided to.
  bool was_opened_by_match(const ReportId& report) const;

  // Says that she has read this account, unless she has said so, or takes no part in the case.
  Outcome<> log_reading(const ReportId& report);
  // Says that she has answered its author, if she takes part in the case.
  Outcome<> log_reply(const ReportId& report, std::uint64_t number);
  // As DeskSession's; the report is listed anew.
  Outcome<> set_mark(const ReportId& report, std::string_view mark, bool set);

 private:
  CaseDesk(std::shared_ptr<SignedIn> desk, CaseworkerId me, VerifiedRoster roster, RosterMemory memory,
           DeskCopy copy, DeskWatch watch)
      : watch_(std::move(watch)),
        desk_(std::move(desk)),
        me_(std::move(me)),
        roster_(std::move(roster)),
        memory_(std::move(memory)),
        copy_(std::make_unique<DeskCopy>(std::move(copy))) {}
  // Signs, seals, puts it there, and knows it.
  Outcome<VerifiedEvent> post(const CaseEvent& event);
  // To whom is said what was done with this report.
  std::vector<CaseworkerId> readers_of(const CaseFile& one, const ReportId& report) const {
    return was_opened_by_match(report) ? readers_of_match(one) : one.readers;
  }
  // Those to whom nothing gives away that there is another report: whom no author of a match with it left out.
  std::vector<CaseworkerId> readers_of_match(const CaseFile& one) const;
  // By somebody who held a report of hers back.
  bool is_left_out_of_held(const CaseFile& one, const CaseworkerId& who) const;
  void warn_of_lapsed_keys(const CaseEvent& event);
  std::vector<std::string> notes_of(const std::set<EventHash>& wanted) const;
  // case_desk_update.cpp
  Outcome<> bring_up_to_date();
  Outcome<> fetch_all();
  Outcome<> fetch_list();
  Outcome<> fetch_events();
  void verify_events();
  bool is_worth_a_try(const ReportId& report, std::size_t handed_on) const;
  Outcome<> fetch_reports();
  Outcome<> fetch_report(const ListedReport& report, std::size_t handed_on);
  Outcome<> check_refusal(Errc code);
  static bool is_about_the_report(Errc code);
  void look_for_gone();
  void forget_ended();
  std::set<ReportId> ended_reports() const;
  bool knows_case_of(const ReportId& report) const;
  Outcome<> keep_events();
  // case_desk_match.cpp
  Outcome<> match_reports();
  void match();
  Outcome<bool> open_matched();
  Outcome<bool> open_matched(const matching::OpenedCompanion& by, const ListedReport& report);
  bool is_disproved(const matching::CompanionName& companion) const;
  std::string_view words_of_no_key() const;
  void put_together();

  DeskWatch watch_;
  std::shared_ptr<SignedIn> desk_;
  CaseworkerId me_;
  VerifiedRoster roster_;
  RosterMemory memory_;
  std::unique_ptr<DeskCopy> copy_;    // of which cases_ has views
  std::vector<ListedReport> listed_;  // by id
  std::vector<VerifiedEvent> events_;
  std::vector<CaseFile> cases_;
  std::map<EventId, CaseId> case_of_event_;  // of those that are believed
  std::vector<matching::VerifiedCompanion> companions_;
  std::multimap<matching::CompanionName, EventId> event_of_companion_;
  matching::MatchResult matched_;
  std::set<CaseworkerId> warned_of_;  // whose sealing key has lapsed: each is named once
};

}  // namespace candour::cli
