// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/case_state.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "protocol/limits.h"

namespace candour {
namespace {

using ByHash = std::map<EventHash, const VerifiedEvent*>;
using Chain = std::tuple<CaseworkerId, std::vector<CaseworkerId>>;

Chain chain_of(const CaseEvent& event) { return {event.author, event.readers}; }

std::vector<EventHash> named_by(const CaseEvent& event) {
  std::vector<EventHash> names = event.seen;
  if (event.previous) names.push_back(*event.previous);
  return names;
}

// All that it comes after: those that it names, and of an admission also those that the newcomer cannot open.
std::vector<EventHash> built_upon_by(const CaseEvent& event) {
  std::vector<EventHash> names = named_by(event);
  if (const auto* admitted = std::get_if<event::Admitted>(&event.body))
    names.insert(names.end(), admitted->after.begin(), admitted->after.end());
  return names;
}

// Whether what it says of others is so, as far as they are there.
bool is_true(const CaseEvent& event, const ByHash& all) {
  return std::ranges::all_of(named_by(event), [&](const EventHash& name) {
    const auto found = all.find(name);
    if (found == all.end()) return true;
    const CaseEvent& before = found->second->event();
    if (event.previous == name)
      return chain_of(before) == chain_of(event) && before.number + 1 == event.number;
    return before.can_be_read_by(event.readers);
  });
}

// The true ones, and apart from them the false ones.
struct Sorted {
  ByHash right, wrong;
  explicit Sorted(std::span<const VerifiedEvent> events) {
    ByHash all;
    for (const VerifiedEvent& event : events) all.emplace(event.hash(), &event);
    for (const auto& [hash, event] : all) (is_true(event->event(), all) ? right : wrong).emplace(hash, event);
  }
};

// One more than the deepest of those that it comes after. An event cannot name one that was made after it: nobody knows that hash.
std::map<EventHash, std::uint64_t> depths_of(const ByHash& all) {
  std::map<EventHash, std::size_t> waits_for;
  std::map<EventHash, std::vector<EventHash>> builders;
  std::vector<EventHash> ready;
  for (const auto& [hash, event] : all) {
    std::size_t count = 0;
    for (const EventHash& name : built_upon_by(event->event())) {
      if (!all.contains(name)) continue;
      builders[name].push_back(hash);
      ++count;
    }
    if (count == 0) ready.push_back(hash);
    waits_for[hash] = count;
  }
  std::map<EventHash, std::uint64_t> depths;
  while (!ready.empty()) {
    const EventHash hash = ready.back();
    ready.pop_back();
    const std::uint64_t depth = ++depths[hash];
    for (const EventHash& builder : builders[hash]) {
      depths[builder] = std::max(depths[builder], depth);
      if (--waits_for[builder] == 0) ready.push_back(builder);
    }
  }
  return depths;
}

// Those by who is not revoked, and all that these build upon.
std::set<EventHash> vouched_for(const ByHash& all, const Roster& roster) {
  std::set<EventHash> vouched;
  std::vector<EventHash> next;
  for (const auto& [hash, event] : all)
    if (roster.find_active((*event)->author) != nullptr) next.push_back(hash);
  while (!next.empty()) {
    const auto found = all.find(next.back());
    next.pop_back();
    if (found == all.end() || !vouched.insert(found->first).second) continue;
    std::ranges::copy(built_upon_by(found->second->event()), std::back_inserter(next));
  }
  return vouched;
}

struct Apply {
  CaseState& state;
  SignOffs& sign_offs;
  const CaseworkerId& author;
  const EventHash& hash;

  DisclosureState* find(const EventHash& proposal) const {
    const auto at = std::ranges::find(state.disclosures, proposal, &DisclosureState::proposal);
    return at == state.disclosures.end() ? nullptr : &*at;
  }

  void operator()(const event::Opened& /*log*/) const {}
  void operator()(const event::Status& body) const {
    state.status = body.status;
    const bool closed = body.status == CaseStatus::closed;
    sign_offs.said(SignOff::closure, closed ? name_of(body.status) : "", author, hash);
  }
  void operator()(const event::Risk& body) const {
    state.risk = body.risk;
    const bool judged = body.risk != CaseRisk::unknown;
    sign_offs.said(SignOff::risk, judged ? name_of(body.risk) : "", author, hash);
  }
  void operator()(const event::Assign& body) const { state.lead = body.to; }
  void operator()(const event::Label& body) const {
    if (body.set)
      state.labels.insert(body.label);
    else
      state.labels.erase(body.label);
  }
  void operator()(const event::Deadline& body) const {
    if (body.day)
      state.deadlines.insert_or_assign(body.name, *body.day);
    else
      state.deadlines.erase(body.name);
  }
  void operator()(const event::Note& /*shown*/) const {}
  void operator()(const event::Recused& /*for good*/) const { state.recused.insert(author); }
  void operator()(const event::Replied& /*log*/) const {}
  void operator()(const event::Consented& body) const {
    state.consents.insert_or_assign(body.to, body.answer);
  }
  void operator()(const event::Disclosure& body) const {
    state.disclosures.push_back({hash, body, author, std::nullopt, std::nullopt, std::nullopt});
  }
  void operator()(const event::Agreed& body) const {
    DisclosureState* one = find(body.disclosure);
    if (one != nullptr && one->proposed_by != author && !one->agreed_by) one->agreed_by = author;
  }
  void operator()(const event::Disclosed& body) const {
    DisclosureState* one = find(body.disclosure);
    if (one == nullptr) return;
    one->outcome = body.outcome;
    if (!one->agreed_by) one->alone = author;
  }
  void operator()(const event::Quarantine& body) const {
    const QuarantinedAttachment which{body.report, body.attachment};
    if (body.set)
      state.quarantined.insert_or_assign(which, body.reason);
    else
      state.quarantined.erase(which);
  }
  void operator()(const event::Admitted& /*for who has the reports*/) const {}
  void operator()(const event::Earlier& /*for who has the reports*/) const {}
  void operator()(const event::Grant& /*for who opens them*/) const {}
  void operator()(const event::Share& /*for who opens them*/) const {}
  void operator()(const event::RiskSheet& body) const {
    for (const auto& [field, line] : body.lines) {
      if (line)
        state.risk_sheet.insert_or_assign(field, *line);
      else
        state.risk_sheet.erase(field);
      if (field == name_of(SignOff::plan)) sign_offs.said(SignOff::plan, line.value_or(""), author, hash);
    }
  }
  void operator()(const event::SignedOff& body) const { sign_offs.signed_off(body, author); }
  void operator()(const event::Cover& body) const {
    if (body.stand)
      state.covers.insert_or_assign(body.lead, *body.stand);
    else
      state.covers.erase(body.lead);
  }
  void operator()(const event::Other& /*shown*/) const {}
};

// Those that count, that all of `readers` can open, and that none of the others builds upon.
struct Newest {
  std::vector<const VerifiedEvent*> readable;  // all of them, by hash
  std::set<EventHash> built_upon;
  Newest(const Sorted& sorted, const Roster& roster, const std::vector<CaseworkerId>& readers) {
    const auto vouched = vouched_for(sorted.right, roster);
    for (const auto& [hash, event] : sorted.right) {
      if (!vouched.contains(hash) || !(*event)->can_be_read_by(readers)) continue;
      readable.push_back(event);
      std::ranges::copy(built_upon_by(event->event()), std::inserter(built_upon, built_upon.end()));
    }
  }
  std::vector<EventHash> hashes(const VerifiedEvent* but) const {
    std::vector<EventHash> all;
    for (const VerifiedEvent* event : readable)
      if (event != but && !built_upon.contains(event->hash())) all.push_back(event->hash());
    // More than so many at once is nobody's work of a day; the rest are named by who comes next.
    if (all.size() > limits::event_seen_max) all.resize(limits::event_seen_max);
    return all;
  }
};

void find_missing(CaseState& state, const Sorted& events) {
  std::map<EventHash, CaseworkerId> missing;
  for (const auto& [hash, event] : events.right)
    for (const EventHash& name : named_by(event->event())) {
      if (events.right.contains(name) || events.wrong.contains(name)) continue;
      const auto [at, first] = missing.emplace(name, (*event)->author);
      if (!first) at->second = std::min(at->second, (*event)->author);
    }
  for (const auto& [hash, who] : missing) state.missing.push_back({hash, who});
}

void find_doubled(CaseState& state, const ByHash& all) {
  std::map<std::pair<Chain, std::uint64_t>, std::vector<const VerifiedEvent*>> numbers;
  for (const auto& [hash, event] : all)
    numbers[{chain_of(event->event()), (*event)->number}].push_back(event);
  for (const auto& [place, same] : numbers)
    if (same.size() > 1) std::ranges::copy(same, std::back_inserter(state.doubled));
}

}  // namespace

CaseState fold_events(std::span<const VerifiedEvent> events, const Roster& roster) {
  CaseState state;
  const Sorted sorted(events);
  for (const auto& [hash, event] : sorted.wrong) state.wrong.push_back(event);
  const auto vouched = vouched_for(sorted.right, roster);
  for (const auto& [hash, event] : sorted.right)
    (vouched.contains(hash) ? state.timeline : state.revoked).push_back(event);
  find_missing(state, sorted);
  find_doubled(state, sorted.right);

  const auto depths = depths_of(sorted.right);
  std::ranges::sort(state.timeline, {}, [&](const VerifiedEvent* event) {
    return std::tuple(depths.at(event->hash()), (*event)->author, (*event)->number, event->hash());
  });
  SignOffs sign_offs;
  for (const VerifiedEvent* event : state.timeline)
    std::visit(Apply{state, sign_offs, (*event)->author, event->hash()}, (*event)->body);
  state.sign_offs = sign_offs.standing();
  return state;
}

std::optional<event::Cover::Stand> cover_on(const CaseState& state, Day today) {
  if (!state.lead) return std::nullopt;
  const auto found = state.covers.find(*state.lead);
  if (found == state.covers.end() || found->second.until < today) return std::nullopt;
  return found->second;
}

CaseEvent next_event(std::span<const VerifiedEvent> events, const Roster& roster, const CaseId& case_id,
                     const CaseworkerId& author, std::vector<CaseworkerId> readers, Day day, EventBody body) {
  CaseEvent next{case_id, author, 0, std::nullopt, {}, std::move(readers), day, std::move(body)};
  const Sorted sorted(events);
  const Newest newest(sorted, roster, next.readers);
  const VerifiedEvent* last = nullptr;
  for (const VerifiedEvent* event : newest.readable)
    if (chain_of(event->event()) == chain_of(next) && (last == nullptr || (*last)->number < (*event)->number))
      last = event;
  if (last != nullptr) {
    next.number = (*last)->number + 1;
    next.previous = last->hash();
  }
  next.seen = newest.hashes(last);
  return next;
}

std::vector<EventHash> newest_events(std::span<const VerifiedEvent> events, const Roster& roster,
                                     const std::vector<CaseworkerId>& readers) {
  return Newest(Sorted(events), roster, readers).hashes(nullptr);
}

}  // namespace candour
