// SPDX-License-Identifier: AGPL-3.0-or-later
// What was kept on this machine is brought up to date with the server.
#include <algorithm>
#include <set>

#include "client-cli/cases/case_desk.h"
#include "client-cli/cases/sealed_event.h"
#include "client-cli/cases/together.h"
#include "crypto/open/key_file.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

constexpr std::size_t shown_digits = 8;
constexpr std::int32_t overlap_days =
    2;  // the server's day may be another than ours, and a day may still be open there
constexpr std::int32_t keep_each_part = 4;
constexpr std::int32_t gone_days_max = 30;

bool is_past(Day day) { return days_between(day, today()) >= gone_days_max; }

}  // namespace

// Not a report that we can open: kept as such, and the rest goes on.
bool CaseDesk::is_about_the_report(Errc code) {
  switch (code) {
    case Errc::io:
    case Errc::busy:
    case Errc::internal:
      return false;
    default:
      return true;
  }
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
  for (const auto step :
       {&CaseDesk::fetch_list, &CaseDesk::fetch_events, &CaseDesk::fetch_reports, &CaseDesk::match_reports})
    if (auto done = (this->*step)(); !done) return done;
  look_for_gone();
  forget_ended();
  return {};
}

Outcome<> CaseDesk::fetch_list() {
  auto listed = desk_->session.list();
  if (!listed) return fail(listed);
  listed_ = *std::move(listed);
  return {};
}

// Once a day, since one bad answer is not the last word; and whenever colleagues have handed on more of it. Where reports are held back, not
// again for want of a key: the server could tell by it which ones are.
bool CaseDesk::is_worth_a_try(const ReportId& report, std::size_t handed_on) const {
  const auto known = copy_->reports().find(report);
  if (known == copy_->reports().end()) return true;
  const KnownReport& before = known->second;
  if (before.by_author || (before.trouble.empty() && !before.shared)) return false;
  const bool may_be_held = before.has_no_key && roster_->matching;
  return (before.tried_on != today() && !may_be_held) || handed_on > before.tried_with;
}

Outcome<> CaseDesk::fetch_reports() {
  std::map<ReportId, std::size_t> handed_on;
  for (const VerifiedEvent& event : events_) {
    if (const auto* grant = std::get_if<event::Grant>(&event->body)) ++handed_on[grant->report];
    if (const auto* share = std::get_if<event::Share>(&event->body)) ++handed_on[share->report];
  }
  for (std::size_t done = 0; const ListedReport& report : listed_) {
    watch_.progressed("reports", done++, listed_.size());
    if (!is_worth_a_try(report.id, handed_on[report.id])) continue;
    if (auto fetched = fetch_report(report, handed_on[report.id]); !fetched) return fetched;
  }
  return {};
}

// A server that lists less than it has must not make us forget.
void CaseDesk::look_for_gone() {
  std::vector<KnownReport> changed;
  for (const auto& [id, report] : copy_->reports()) {
    const bool is_there = listed(id) != nullptr;
    if (is_there == !report.gone && !(report.gone && *report.gone > today())) continue;
    changed.push_back(report);
    changed.back().gone = is_there ? std::optional<Day>() : today();
    if (!is_there && !report.gone)
      watch_.warned(fmt::format(
          "report {} is no longer at the server. If none of you erased it and its time has not come, "
          "tell the steward.",
          id.encode().substr(0, shown_digits)));
  }
  for (KnownReport& report : changed) copy_->put(std::move(report));
}

// What has ended for long goes from here, too: the reports of a case none of which is left, and what was said of a case that no report
// makes. Which case a report makes that is not open is not known: until it is, what was said may be of that.
void CaseDesk::forget_ended() {
  const std::set<ReportId> ended = ended_reports();
  for (const ReportId& id : ended) copy_->forget(id);
  const auto forget_event = [&](const EventId& id) {
    copy_->put(id, {.day = copy_->events().at(id).day, .note = {}, .is_over = true});
  };
  std::erase_if(event_of_companion_, [&](const auto& companion) {
    const bool is_over = ended.contains(companion.first.report);
    if (is_over) forget_event(companion.second);
    return is_over;
  });
  std::erase_if(companions_, [&](const auto& companion) { return ended.contains(companion->report); });
  std::set<CaseId> left;
  for (const auto& [id, report] : copy_->reports()) {
    left.insert(derive_case_id(id));
    if (report.by_author) left.insert(derive_case_id(report.by_author->author));
  }
  for (const auto& companion : companions_)
    if (is_held(companion->report)) left.insert(derive_case_id(companion->author));
  if (std::ranges::any_of(listed_, [&](const ListedReport& one) { return !knows_case_of(one.id); })) return;
  std::vector<EventId> over;
  for (const auto& [id, in_case] : case_of_event_)
    if (!left.contains(in_case) && is_past(copy_->events().at(id).day)) over.push_back(id);
  for (const EventId& id : over) {
    forget_event(id);
    case_of_event_.erase(id);
  }
}

// Of cases none of whose reports is left.
std::set<ReportId> CaseDesk::ended_reports() const {
  std::set<ReportId> ended;
  std::vector<const KnownReport*> all;
  for (const auto& [id, report] : copy_->reports()) all.push_back(&report);
  const auto is_long_gone = [](const KnownReport* report) { return report->gone && is_past(*report->gone); };
  // Which reports are one case takes time to find out, and seldom has any gone.
  if (std::ranges::none_of(all, is_long_gone)) return ended;
  for (const CaseFile& one : cases_of(all, {}, {}, roster_.roster()))
    if (std::ranges::all_of(one.reports, is_long_gone))
      for (const KnownReport* report : one.reports) ended.insert(report->id);
  return ended;
}

bool CaseDesk::knows_case_of(const ReportId& report) const {
  const KnownReport* its = known(report);
  return its != nullptr && (its->by_author || (its->trouble.empty() && !its->shared) || is_held(report));
}

// What it says of its author; or why it is not open, which keeps nobody from the others.
Outcome<> CaseDesk::fetch_report(const ListedReport& report, std::size_t handed_on) {
  Unopened why;
  const auto read = read_report(desk_->session, access_to(report.id), report, nullptr, &why);
  if (read) {
    copy_->put(known_report(report, *read, roster_->form));
    return {};
  }
  if (!is_about_the_report(read.error().code)) return fail(read);
  if (read.error().code == Errc::not_found) return {};  // erased since it was listed
  if (auto hers = check_refusal(read.error().code); !hers) return hers;
  KnownReport unopened{.id = report.id,
                       .arrived = report.day,
                       .trouble = {},
                       .by_author = {},
                       .shared = std::move(why.waits),
                       .tried_on = today(),
                       .tried_with = handed_on};
  unopened.has_no_key = why.has_no_key;
  // What is sealed without a manifest is no mistake, nor is what waits for others.
  const KnownReport* before = known(report.id);
  if (!unopened.shared && read.error().code != Errc::unsupported) {
    unopened.trouble = read.error().text;
    if (unopened.has_no_key) unopened.trouble += words_of_no_key();
    // Her share of it stays hers, whatever the server has given since.
    if (before != nullptr) unopened.shared = before->shared;
  }
  if (before != nullptr) unopened.disproved = before->disproved;
  copy_->put(std::move(unopened));
  if (const std::string& trouble = known(report.id)->trouble; !trouble.empty() && !is_held(report.id))
    watch_.warned(
        fmt::format("report {} cannot be opened: {}", report.id.encode().substr(0, shown_digits), trouble));
  return {};
}

// Not sealed to her by its author, or is it she who is no longer signed in?
Outcome<> CaseDesk::check_refusal(Errc code) {
  if (code != Errc::refused) return {};
  const auto still = desk_->session.list();
  return still ? Outcome<>() : fail(still);
}

Outcome<> CaseDesk::fetch_events() {
  Day oldest = today(), newest = Day();
  for (const ListedReport& report : listed_) oldest = std::min(oldest, report.day);
  for (const auto& [id, event] : copy_->events()) newest = std::max(newest, event.day);
  Day from = std::max(oldest, newest);
  // Of what is new here, or is there again, all is asked for that was said since it came; also what was over without it.
  bool is_more = false;
  for (const ListedReport& report : listed_) {
    const auto known = copy_->reports().find(report.id);
    if (known != copy_->reports().end() && !known->second.gone) continue;
    from = std::min(from, report.day);
    is_more = true;
  }
  from = from.plus(-overlap_days);
  // Companions may be older than the oldest report that she knows.
  if (matches() && !copy_->has_companions()) from = Day();
  auto there = desk_->session.list_events(from);
  if (!there) return fail(there);
  std::erase_if(*there, [&](const ListedEvent& event) {
    const auto kept = copy_->events().find(event.id);
    return kept != copy_->events().end() && !(is_more && kept->second.is_over);
  });
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
      copy_->put(some[i].id, {.day = some[i].day, .note = note ? *note : std::string(), .is_over = false});
    }
  }
  copy_->set_has_companions(matches());
  verify_events();
  return {};
}

void CaseDesk::verify_events() {
  events_.clear();
  case_of_event_.clear();
  companions_.clear();
  event_of_companion_.clear();
  std::size_t refused = 0, no_companions = 0;
  for (const auto& [id, kept] : copy_->events()) {
    if (kept.is_over) continue;
    if (matching::is_companion(kept.note)) {
      auto companion = matching::verify_companion(kept.note);
      if (!companion) {
        ++no_companions;
        continue;
      }
      event_of_companion_.emplace(companion->name(), id);
      companions_.push_back(*std::move(companion));
      continue;
    }
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
  if (no_companions > 0)
    watch_.warned(
        fmt::format("{} of what reports send along for matching are not signed as they say, or not of their "
                    "form. They are "
                    "left out, and nobody else is affected.",
                    no_companions));
}

void CaseDesk::put_together() {
  std::vector<const KnownReport*> reports, gone;
  for (const auto& [id, report] : copy_->reports())
    if (!report.waits() && !is_held(id)) (listed(id) != nullptr ? reports : gone).push_back(&report);
  cases_ = cases_of(reports, gone, events_, roster_.roster());
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
  // Where shares of a report are handed on, its case is that of its id.
  for (const ListedReport& report : listed_)
    if (!report.closed) open_cases.insert(derive_case_id(report.id));
  std::vector<EventId> ids;
  for (const auto& [id, in_case] : case_of_event_)
    if (open_cases.contains(in_case)) ids.push_back(id);
  // A companion as long as its report; where that is not known here, whoever knows it may be away.
  for (const auto& [companion, id] : event_of_companion_) {
    const ListedReport* there = listed(companion.report);
    const bool is_known = there != nullptr || known(companion.report) != nullptr;
    if (!is_known || (there != nullptr && !there->closed)) ids.push_back(id);
  }
  for (std::span<const EventId> left(ids); !left.empty();) {
    const auto some = left.first(std::min(left.size(), limits::events_kept_max));
    left = left.subspan(some.size());
    if (auto done = desk_->session.keep_events(some); !done) return done;
  }
  copy_->set_kept_on(now);
  return {};
}

}  // namespace candour::cli
