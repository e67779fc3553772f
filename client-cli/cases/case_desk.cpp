// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/cases/case_desk.h"

#include <algorithm>
#include <iterator>

#include "client-cli/cases/sealed_event.h"
#include "client-cli/desk/known_roster.h"
#include "client-cli/files/read_file.h"
#include "client-cli/net/roster_source.h"
#include "client-cli/terminal/visible.h"
#include "crypto/core/note.h"
#include "crypto/open/key_file.h"
#include "protocol/contains.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

constexpr std::size_t prefix_digits_min = 8;
constexpr std::size_t shown_digits = 12;
bool is_admitted_by(const EventBody& body, const CaseworkerId& who) {
  const auto* admitted = std::get_if<event::Admitted>(&body);
  return admitted != nullptr && admitted->who == who;
}

}  // namespace

void CaseDeskOptions::add_to(CLI::App& command) {
  desk.add_to(command);
  pin.add_to(command);
}

void add_case_id(CLI::App& command, std::string& id) {
  command.add_option("ID", id, "the case, or one of its reports: the first 8 or more characters of its id")
      ->required();
}

Outcome<> CaseDeskOptions::check() const {
  if (!invitation.empty()) {
    if (!desk.server.server.empty() || pin.is_named())
      return fail_with(
          Errc::refused,
          "an invitation says where the desk is and whom to believe. Leave out --server and --pin, and unset "
          "CANDOUR_SERVER and CANDOUR_PIN.");
    if (const auto file = open_input(invitation); !file) return fail(file);
    return {};
  }
  if (!pin.is_named())
    return fail_with(
        Errc::refused,
        "cases need the roster, and whom to believe about it. Give --pin FILE, or set CANDOUR_PIN.");
  if (const auto memory = memory_of(pin); !memory) return fail(memory);
  if (const auto address = desk.server.address(); !address) return fail(address);
  return {};
}

Outcome<CaseDesk> CaseDesk::open(const CaseDeskOptions& options) {
  if (auto may = options.check(); !may) return fail(may);
  auto key = unlock_key_file(options.desk.key, KeyOwner::caseworker);
  if (!key) return fail(key);
  return open(options, *std::move(key), {});
}

Outcome<CaseDesk> CaseDesk::open(const CaseDeskOptions& options, KeyFile key, DeskWatch watch) {
  auto memory = memory_of(options.pin);
  if (!memory) return fail(memory);
  watch.progressed("sign-in", 0, 0);
  auto desk = sign_in(options.desk, std::move(key));
  if (!desk) return fail(desk);
  auto roster = fetch_roster(*desk->server, *memory, today());
  if (!roster) return fail(roster);
  return at(std::make_shared<SignedIn>(*std::move(desk)), *std::move(roster), *std::move(memory),
            std::move(watch));
}

Outcome<std::optional<CaseDesk>> CaseDesk::at_if_pinned(const PinOption& pin,
                                                        std::shared_ptr<SignedIn> desk) {
  if (!pin.is_named()) return std::nullopt;
  auto memory = memory_of(pin);
  if (!memory) return fail(memory);
  auto roster = fetch_roster(*desk->server, *memory, today());
  if (!roster) return fail(roster);
  auto cases = at(std::move(desk), *std::move(roster), *std::move(memory));
  if (!cases) return fail(cases);
  return *std::move(cases);
}

Outcome<CaseDesk> CaseDesk::at(std::shared_ptr<SignedIn> desk, VerifiedRoster roster, RosterMemory memory,
                               DeskWatch watch) {
  auto me = owner_of(desk->key);
  if (!me) return fail(me);
  auto copy = DeskCopy::load(memory.directory() + "/" + me->text(), desk->key);
  if (!copy) return fail(copy);
  CaseDesk opened(std::move(desk), *std::move(me), std::move(roster), std::move(memory), *std::move(copy),
                  std::move(watch));
  if (auto done = opened.bring_up_to_date(); !done) return fail(done);
  return opened;
}

Outcome<> CaseDesk::refresh() {
  auto newest = fetch_roster(*desk_->server, memory_, today());
  if (!newest) return fail(newest);
  roster_ = *std::move(newest);
  return bring_up_to_date();
}

const KnownReport* CaseDesk::known(const ReportId& report) const {
  const auto found = copy_->reports().find(report);
  return found == copy_->reports().end() ? nullptr : &found->second;
}

ReportAccess CaseDesk::access_to(const ReportId& report) const {
  ReportAccess access = access_by(desk_->key, me_, report, events_, roster_.roster());
  if (const auto seed = match_seed_of(report)) access.identities.push_back(identity_of_seed(*seed));
  return access;
}

std::vector<std::string> CaseDesk::handed_on(const ReportId& report) const {
  std::set<CaseId> cases;
  std::set<EventHash> wanted;
  for (const VerifiedEvent& event : events_) {
    const auto* grant = std::get_if<event::Grant>(&event->body);
    const auto* share = std::get_if<event::Share>(&event->body);
    if (grant != nullptr && grant->report == report) cases.insert(event->case_id);
    if ((grant != nullptr && grant->report == report) || (share != nullptr && share->report == report))
      wanted.insert(event.hash());
  }
  for (const VerifiedEvent& event : events_)
    if (cases.contains(event->case_id) && admission_in(event, roster_.roster())) wanted.insert(event.hash());
  return notes_of(wanted);
}

std::vector<std::string> CaseDesk::notes_of(const std::set<EventHash>& wanted) const {
  std::vector<std::string> notes;
  for (const auto& [id, kept] : copy_->events())
    if (const auto note = parse_note(kept.note); note && wanted.contains(sha256(as_bytes(note->text))))
      notes.push_back(kept.note);
  return notes;
}

std::vector<CaseworkerId> CaseDesk::unexplained_readers(const Manifest& manifest,
                                                        const ListedReport& listed) const {
  auto added = added_readers(manifest, listed.readers());
  if (const auto one = find(listed.id.encode()))
    std::erase_if(added, [&](const CaseworkerId& who) { return contains((*one)->entitled, who); });
  return added;
}

std::set<std::string> CaseDesk::admissions_unknown_to(const CaseFile& one, const CaseworkerId& who) const {
  std::set<EventHash> unknown;
  std::set<std::string> notes, known;
  for (const VerifiedEvent* event : one.state.timeline) {
    const bool is_hers = (*event)->can_be_read_by({who});
    if (const auto* earlier = std::get_if<event::Earlier>(&(*event)->body))
      (is_hers ? known : notes).insert(earlier->note);
    else if (std::holds_alternative<event::Admitted>((*event)->body) && !is_hers)
      unknown.insert(event->hash());
  }
  for (std::string& note : notes_of(unknown)) notes.insert(std::move(note));
  for (const std::string& note : known) notes.erase(note);
  return notes;
}

std::vector<EventId> CaseDesk::events_of(const CaseId& id) const {
  std::vector<EventId> all;
  for (const auto& [event, in_case] : case_of_event_)
    if (in_case == id) all.push_back(event);
  const auto one = std::ranges::find(cases_, id, &CaseFile::id);
  if (one == cases_.end()) return all;
  for (const auto& [companion, event] : event_of_companion_)
    if (contains(one->reports, companion.report, &KnownReport::id)) all.push_back(event);
  std::ranges::sort(all);
  return all;
}

Outcome<> CaseDesk::forget_events(const std::vector<EventId>& events) {
  for (const EventId& id : events) copy_->forget(id);
  return copy_->save();
}

const ListedReport* CaseDesk::listed(const ReportId& id) const {
  const auto at = std::ranges::lower_bound(listed_, id, {}, &ListedReport::id);
  return at != listed_.end() && at->id == id ? &*at : nullptr;
}

Outcome<const CaseFile*> CaseDesk::find(std::string_view prefix) const {
  if (prefix.size() < prefix_digits_min)
    return fail_with(
        Errc::malformed,
        "that is not a case. Give at least the first 8 characters of its id, as `candour cases` shows it.");
  const CaseFile* found = nullptr;
  for (const CaseFile& one : cases_) {
    const auto begins_so = [&](const KnownReport* report) { return report->id.encode().starts_with(prefix); };
    if (!one.id.encode().starts_with(prefix) && !std::ranges::any_of(one.reports, begins_so)) continue;
    if (found != nullptr) return fail_with(Errc::conflict, "several cases begin so. Give more of the id.");
    found = &one;
  }
  if (found == nullptr)
    return fail_with(Errc::not_found, "there is no such case for you. `candour cases` shows what there is.");
  return found;
}

Outcome<> CaseDesk::check_admission(const CaseFile& to, const CaseworkerId& who) const {
  const auto refuse = [&](std::string_view why) {
    return fail_with(Errc::refused, fmt::format("{} {} Nothing was sent.", visible_line(who.text()), why));
  };
  if (!to.is_reader(me_))
    return fail_with(
        Errc::refused,
        "you take no part in this case, or it was sealed without a manifest and nobody can tell whom its "
        "author left out. You can admit nobody. Nothing was sent.");
  for (const Together& one : together())
    if (!one.open && !contains(listed(one.report)->audience, who))
      return refuse(
          fmt::format("may have been left out by the author of the report {}, which waits to be opened "
                      "together and may be "
                      "of this case. Open it first.",
                      one.report.encode().substr(0, shown_digits)));
  if (to.is_excluded(who) || is_left_out_of_held(to, who))
    return refuse("was left out by the author of this case, and that is for good.");
  if (to.state.recused.contains(who))
    return refuse("has recused herself from this case, and that is for good.");
  const Caseworker* newcomer = roster_->find_active(who);
  if (newcomer == nullptr)
    return refuse("is not in the roster, or is revoked. Ask the steward; check the id.");
  if (!newcomer->may_receive(today()))
    return refuse(
        "has no sealing key that is valid today. Ask her for a new card, and the steward to sign it.");
  const auto is_there = [&](const KnownReport* report) { return newcomer->is_at(report->by_author->desk); };
  if (!std::ranges::all_of(to.reports, is_there))
    return refuse("is not of the desk that the author chose. Ask the steward.");
  return {};
}

Outcome<> CaseDesk::say(const CaseFile& to, EventBody body, std::vector<CaseworkerId> readers) {
  if (!to.is_reader(me_))
    return fail_with(
        Errc::refused,
        to.readers.empty()
            ? "this was sealed without a manifest, so nobody can tell who else may read about it. Nothing is "
              "shared about it."
            : "you take no part in this case: its author did not seal all of it to you, or you have recused "
              "yourself. Nothing was sent.");
  const bool is_of_match =
      std::ranges::all_of(to.reports, [&](const KnownReport* one) { return was_opened_by_match(one->id); });
  if (readers.empty()) readers = is_of_match ? readers_of_match(to) : to.readers;
  if (const auto* admitted = std::get_if<event::Admitted>(&body);
      admitted != nullptr && !contains(readers, admitted->who)) {
    if (const auto may = check_admission(to, admitted->who); !may) return may;
    readers.push_back(admitted->who);
  }
  for (const CaseworkerId& who : readers)
    if (!to.is_reader(who) && !is_admitted_by(body, who))
      return fail_with(
          Errc::refused,
          fmt::format("{} may not read about this case: its author did not seal all of it to her, or she "
                      "has recused herself or left. Nothing was sent.",
                      visible_line(who.text())));
  if (!contains(readers, me_)) readers.push_back(me_);
  std::ranges::sort(readers);
  if (const auto may = check_event_body(body); !may) return fail(may);
  auto said =
      post(next_event(to.events, roster_.roster(), to.id, me_, std::move(readers), today(), std::move(body)));
  if (!said) return fail(said);
  std::ranges::find(cases_, to.id, &CaseFile::id)->add(*std::move(said), roster_.roster());
  return copy_->save();
}

void CaseDesk::warn_of_lapsed_keys(const CaseEvent& event) {
  for (const CaseworkerId& id : event.readers) {
    const Caseworker* who = roster_->find_active(id);
    if (who == nullptr || who->may_receive(today()) || !warned_of_.insert(id).second) continue;
    watch_.warned(fmt::format(
        "{}'s sealing key is not of today. It was sealed to her all the same, so that she is not left out. "
        "Ask her to renew it: candour caseworker rotate.",
        id.text()));
  }
}

Outcome<VerifiedEvent> CaseDesk::post(const CaseEvent& event) {
  auto box = seal_event(event, desk_->key, roster_.roster());
  if (!box) return fail(box);
  const EventId id = event_id(box->sealed);
  if (auto done = desk_->session.put_event(id, event.readers, box->sealed); !done) return fail(done);
  auto said = verify_event(box->note, roster_.roster(), me_);
  if (!said) return fail(said);
  events_.push_back(*said);
  case_of_event_.emplace(id, event.case_id);
  copy_->put(id, {.day = event.day, .note = std::move(box->note), .is_over = false});
  warn_of_lapsed_keys(event);
  return *std::move(said);
}

std::vector<Together> CaseDesk::together() const {
  auto shares = shares_in(events_);
  std::map<ReportId, const CaseFile*> cases;
  for (const CaseFile& one : cases_)
    for (const KnownReport* report : one.reports) cases.emplace(report->id, &one);
  std::vector<Together> all;
  for (const auto& [id, report] : copy_->reports())
    if (const ListedReport* there = listed(id); there != nullptr && report.shared)
      all.push_back(together_of(report, *there, cases[id], shares[id], me_, roster_.roster()));
  return all;
}

std::optional<Together> CaseDesk::together(const ReportId& report) const {
  for (Together& one : together())
    if (one.report == report) return std::move(one);
  return std::nullopt;
}

Outcome<> CaseDesk::hand_share_to(const ReportId& report, const CaseworkerId& who) {
  const auto one = together(report);
  if (!one)
    return fail_with(Errc::refused, "every reader opens this report alone: there is no share to hand on.");
  const SharedKey& key = *copy_->reports().at(report).shared;
  if (contains(one->given, who)) return {};
  if (!contains(one->to, who)) {
    if (one->to.empty() && !one->trouble.empty())
      return fail_with(Errc::refused, one->trouble + " Nothing was sent.");
    if (!one->own)
      return fail_with(Errc::refused, "you have no share of this report of your own, to hand on.");
    return fail_with(
        Errc::refused,
        fmt::format("this report was not sealed to {}{}. Nothing was sent.", visible_line(who.text()),
                    one->open ? ", nor has anybody admitted her"
                              : ", and who has not opened it cannot know whom its author left out"));
  }
  const CaseId id = derive_case_id(report);
  std::vector<VerifiedEvent> before;
  std::ranges::copy_if(events_, std::back_inserter(before),
                       [&](const VerifiedEvent& event) { return event->case_id == id; });
  std::vector<CaseworkerId> readers{me_, who};
  std::ranges::sort(readers);
  const event::Share share{report, key.header_sha256, key.own->x, key.own->share};
  if (auto said = post(next_event(before, roster_.roster(), id, me_, std::move(readers), today(), share));
      !said)
    return fail(said);
  return copy_->save();
}

Outcome<> CaseDesk::log_reading(const ReportId& report) {
  const auto one = find(report.encode());
  if (!one) return fail(one);
  if (!(*one)->is_reader(me_) || (*one)->has_read(me_, report)) return {};
  return say(**one, event::Opened{report}, readers_of(**one, report));
}

Outcome<> CaseDesk::log_reply(const ReportId& report, std::uint64_t number) {
  const auto one = find(report.encode());
  if (!one) return fail(one);
  if (!(*one)->is_reader(me_)) return {};
  return say(**one, event::Replied{report, number}, readers_of(**one, report));
}

Outcome<> CaseDesk::set_mark(const ReportId& report, std::string_view mark, bool set) {
  auto now = desk_->session.set_mark(report, mark, set);
  if (!now) return fail(now);
  const auto at = std::ranges::find(listed_, report, &ListedReport::id);
  if (at != listed_.end()) *at = *std::move(now);
  return {};
}

}  // namespace candour::cli
