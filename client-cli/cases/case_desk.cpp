// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/cases/case_desk.h"

#include <algorithm>

#include "client-cli/cases/sealed_event.h"
#include "client-cli/desk/known_roster.h"
#include "client-cli/net/roster_source.h"
#include "client-cli/terminal/visible.h"
#include "crypto/core/note.h"
#include "crypto/open/key_file.h"
#include "protocol/contains.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

constexpr std::size_t prefix_digits_min = 8;
constexpr std::int32_t overlap_days =
    2;  // the server's day may be another than ours, and a day may still be open there
constexpr std::int32_t keep_each_part = 4;

// Not a report that we can open: kept as such, and the rest goes on.
bool is_about_the_report(Errc code) {
  switch (code) {
    case Errc::io:
    case Errc::busy:
    case Errc::internal:
      return false;
    default:
      return true;
  }
}

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
  if (pin.path.empty())
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

Outcome<> CaseDesk::bring_up_to_date() {
  cases_.clear();  // their views end with what is fetched anew
  const Outcome<> fetched = fetch_all();
  put_together();
  if (!fetched) {
    (void)copy_->save();  // what was opened so far need not be opened again
    return fetched;
  }
  if (auto kept = keep_events(); !kept) return kept;
  return copy_->save();
}

// What colleagues said comes first: among it is what opens reports that they handed on to her.
Outcome<> CaseDesk::fetch_all() {
  for (const auto step : {&CaseDesk::fetch_list, &CaseDesk::fetch_events, &CaseDesk::fetch_reports})
    if (auto done = (this->*step)(); !done) return done;
  return {};
}

Outcome<> CaseDesk::fetch_list() {
  auto listed = desk_->session.list();
  if (!listed) return fail(listed);
  listed_ = *std::move(listed);
  return {};
}

ReportAccess CaseDesk::access_to(const ReportId& report) const {
  return access_by(desk_->key, me_, report, events_, roster_.roster());
}

Outcome<> CaseDesk::fetch_reports() {
  for (std::size_t done = 0; const ListedReport& report : listed_) {
    watch_.progressed("reports", done++, listed_.size());
    const auto known = copy_->reports().find(report.id);
    if (known != copy_->reports().end() && known->second.trouble.empty()) continue;
    const ReportAccess access = access_to(report.id);
    // What could not be opened is tried again once a colleague has handed it on.
    if (known != copy_->reports().end() && access.granted_sha256.empty()) continue;
    const auto read = read_report(desk_->session, access, report);
    if (read) {
      copy_->put(known_report(report, *read, roster_->form));
      continue;
    }
    if (!is_about_the_report(read.error().code)) return fail(read);
    if (read.error().code == Errc::not_found) continue;  // erased since it was listed
    // Not sealed to her by its author, or is it she who is no longer signed in?
    if (read.error().code == Errc::refused)
      if (const auto still = desk_->session.list(); !still) return fail(still);
    // What is sealed without a manifest is no mistake.
    const bool unsigned_file = read.error().code == Errc::unsupported;
    if (!unsigned_file)
      watch_.warned(fmt::format("report {} cannot be opened: {}",
                                report.id.encode().substr(0, prefix_digits_min), read.error().text));
    copy_->put(KnownReport{.id = report.id,
                           .arrived = report.day,
                           .trouble = unsigned_file ? "" : read.error().text,
                           .by_author = {}});
  }
  std::vector<ReportId> gone;
  for (const auto& [id, report] : copy_->reports())
    if (this->listed(id) == nullptr) gone.push_back(id);
  for (const ReportId& id : gone) {
    watch_.warned(fmt::format(
        "report {} is no longer at the server. If none of you erased it and its time has not come, "
        "tell the steward.",
        id.encode().substr(0, prefix_digits_min)));
    copy_->forget(id);
  }
  return {};
}

Outcome<> CaseDesk::fetch_events() {
  Day from = today();
  for (const ListedReport& report : listed_) from = std::min(from, report.day);
  for (const auto& [id, event] : copy_->events()) from = std::max(from, event.day);
  auto there = desk_->session.list_events(from.plus(-overlap_days));
  if (!there) return fail(there);
  std::erase_if(*there, [&](const ListedEvent& event) { return copy_->events().contains(event.id); });
  const std::vector<open::Identity> identities = open::identities_of(desk_->key);
  for (std::span<const ListedEvent> left(*there); !left.empty();) {
    const auto some = left.first(std::min(left.size(), limits::events_read_max));
    watch_.progressed("events", there->size() - left.size(), there->size());
    left = left.subspan(some.size());
    auto sealed = desk_->session.read_events(some);
    if (!sealed) return fail(sealed);
    for (std::size_t i = 0; i < some.size(); ++i) {
      const Bytes& bytes = (*sealed)[i];
      if (bytes.empty()) continue;  // erased meanwhile
      if (event_id(bytes) != some[i].id)
        return fail_with(Errc::not_authentic,
                         "the server gives another event than it was asked for. Tell the operator.");
      const auto note = open_event(bytes, identities);
      copy_->put(some[i].id, {some[i].day, note ? *note : std::string()});
    }
  }
  verify_events();
  return {};
}

void CaseDesk::verify_events() {
  events_.clear();
  case_of_event_.clear();
  std::size_t refused = 0;
  for (const auto& [id, kept] : copy_->events()) {
    auto event = verify_event(kept.note, roster_.roster(), me_);
    if (!event) {
      ++refused;
      continue;
    }
    case_of_event_.emplace(id, (*event)->case_id);
    events_.push_back(*std::move(event));
  }
  if (refused > 0)
    watch_.warned(fmt::format(
        "{} of what colleagues seem to have said is not believed: it cannot be opened, is not signed by who "
        "it says, or was not meant for you.",
        refused));
}

void CaseDesk::put_together() {
  std::vector<const KnownReport*> reports;
  for (const auto& [id, report] : copy_->reports())
    if (listed(id) != nullptr) reports.push_back(&report);
  cases_ = cases_of(reports, events_, roster_.roster());
}

// So that they last as long as the case is open.
Outcome<> CaseDesk::keep_events() {
  const Day now = today();
  if (days_between(copy_->kept_on(), now) < roster_->policy.retention_days / keep_each_part) return {};
  std::set<CaseId> open_cases;
  for (const CaseFile& one : cases_) {
    const auto is_open = [&](const KnownReport* report) { return !listed(report->id)->closed; };
    if (std::ranges::any_of(one.reports, is_open)) open_cases.insert(one.id);
  }
  std::vector<EventId> ids;
  for (const auto& [id, in_case] : case_of_event_)
    if (open_cases.contains(in_case)) ids.push_back(id);
  for (std::span<const EventId> left(ids); !left.empty();) {
    const auto some = left.first(std::min(left.size(), limits::events_kept_max));
    left = left.subspan(some.size());
    if (auto done = desk_->session.keep_events(some); !done) return done;
  }
  copy_->set_kept_on(now);
  return {};
}

std::vector<CaseworkerId> CaseDesk::unexplained_readers(const Manifest& manifest,
                                                        const ListedReport& listed) const {
  auto added = added_readers(manifest, listed.audience);
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
  for (const auto& [id, kept] : copy_->events())
    if (const auto note = parse_note(kept.note); note && unknown.contains(sha256(as_bytes(note->text))))
      notes.insert(kept.note);
  for (const std::string& note : known) notes.erase(note);
  return notes;
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
  if (to.is_excluded(who)) return refuse("was left out by the author of this case, and that is for good.");
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
  if (readers.empty()) readers = to.readers;
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
  const CaseEvent event =
      next_event(to.events, roster_.roster(), to.id, me_, std::move(readers), today(), std::move(body));
  auto box = seal_event(event, desk_->key, roster_.roster());
  if (!box) return fail(box);
  const EventId id = event_id(box->sealed);
  if (auto done = desk_->session.put_event(id, event.readers, box->sealed); !done) return done;
  auto said = verify_event(box->note, roster_.roster(), me_);
  if (!said) return fail(said);
  events_.push_back(*said);
  std::ranges::find(cases_, to.id, &CaseFile::id)->add(*std::move(said), roster_.roster());
  copy_->put(id, {event.day, std::move(box->note)});
  return copy_->save();
}

Outcome<> CaseDesk::log_reading(const ReportId& report) {
  const auto one = find(report.encode());
  if (!one) return fail(one);
  if (!(*one)->is_reader(me_) || (*one)->has_read(me_, report)) return {};
  return say(**one, event::Opened{report});
}

Outcome<> CaseDesk::log_reply(const ReportId& report, std::uint64_t number) {
  const auto one = find(report.encode());
  if (!one) return fail(one);
  if (!(*one)->is_reader(me_)) return {};
  return say(**one, event::Replied{report, number});
}

Outcome<> CaseDesk::set_mark(const ReportId& report, std::string_view mark, bool set) {
  auto now = desk_->session.set_mark(report, mark, set);
  if (!now) return fail(now);
  const auto at = std::ranges::find(listed_, report, &ListedReport::id);
  if (at != listed_.end()) *at = *std::move(now);
  return {};
}

}  // namespace candour::cli
