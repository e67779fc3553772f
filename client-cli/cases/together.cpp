// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/cases/together.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "client-cli/desk/people.h"
#include "protocol/contains.h"

namespace candour::cli {
namespace {

constexpr std::size_t short_digits = 12;

void add_trouble(Together& one, std::string words) {
  if (one.trouble.contains(words)) return;
  one.trouble += (one.trouble.empty() ? "" : " ") + words;
}

// One share of each, and each share once: it takes so many people. What somebody says who is revoked is not held against her, since
// another may have her key.
void take_shares(Together& one, const KnownReport& report, const SharesHandedOn& shares,
                 const CaseworkerId& me, const Roster& roster) {
  std::map<std::uint8_t, CaseworkerId> owners;
  if (one.own) owners.emplace(report.shared->own->x, me);
  for (const VerifiedEvent* handed_on : shares) {
    const CaseEvent& event = handed_on->event();
    const auto* share = std::get_if<event::Share>(&event.body);
    const CaseworkerId& author = event.author;
    if (author == me) {
      // Of another header than she has now, it helps nobody: she may hand on the right one.
      if (share->header_sha256 == report.shared->header_sha256)
        for (const CaseworkerId& who : event.readers)
          if (who != me && !contains(one.given, who)) one.given.push_back(who);
      continue;
    }
    const bool blamed = roster.find_active(author) != nullptr;
    if (share->header_sha256 != report.shared->header_sha256) {
      if (blamed)
        add_trouble(one,
                    fmt::format("{} was given another report than you under this id: the server, or she, is "
                                "not honest. Tell the steward.",
                                author.text()));
    } else if (!report.shared->is_share(share->x, share->share)) {
      if (blamed)
        add_trouble(
            one, fmt::format("what {} handed on is not her share of this report. It is signed by her. Tell "
                             "the steward.",
                             author.text()));
    } else if (const auto [owner, is_new] = owners.emplace(share->x, author); !is_new) {
      if (owner->second != author)
        add_trouble(
            one, fmt::format("{} and {} have the same share of this report: one of them handed on another's. "
                             "Tell the steward.",
                             owner->second == me ? "you" : owner->second.text(), author.text()));
    } else if (contains(one.from, author)) {
      add_trouble(one,
                  fmt::format("{} handed on two shares of this report: one is not hers. Tell the steward.",
                              author.text()));
    } else {
      one.from.push_back(author);
    }
  }
}

std::vector<CaseworkerId> others(const ListedReport& listed, const CaseFile* its, const CaseworkerId& me,
                                 const Roster& roster) {
  std::vector<CaseworkerId> all(listed.audience);
  // Who has opened it knows whom its author left out, and so may let in whom she did not name.
  if (its != nullptr)
    for (const CaseworkerId& who : its->readers)
      if (!contains(all, who)) all.push_back(who);
  std::erase_if(all, [&](const CaseworkerId& who) {
    return who == me || roster.find_active(who) == nullptr ||
           (its != nullptr && its->state.recused.contains(who));
  });
  return all;
}

}  // namespace

Together together_of(const KnownReport& report, const ListedReport& listed, const CaseFile* its,
                     const SharesHandedOn& shares, const CaseworkerId& me, const Roster& roster) {
  const SharedKey& key = *report.shared;
  Together one{.report = report.id,
               .arrived = report.arrived,
               .needs = key.needs,
               .open = report.by_author.has_value(),
               .own = key.own && key.is_share(key.own->x, key.own->share),
               .from = {},
               .to = {},
               .given = {},
               .trouble = report.trouble};
  take_shares(one, report, shares, me, roster);
  if (key.own && !one.own)
    add_trouble(
        one,
        "your share of this report is not what its header says: whoever sealed it did it wrong, or it "
        "was damaged. Tell the steward.");
  else if (key.own && key.own->audience_sha256 != audience_sha256(listed.audience))
    add_trouble(one,
                "the server lists other readers for this report than go with your share of it, by whoever "
                "sealed it. Hand your share on to nobody, and tell the steward.");
  else if (one.own)
    one.to = others(listed, its, me, roster);
  for (auto* names : {&one.from, &one.to, &one.given}) std::ranges::sort(*names);
  return one;
}

std::map<ReportId, SharesHandedOn> shares_in(std::span<const VerifiedEvent> events) {
  std::map<ReportId, SharesHandedOn> all;
  for (const VerifiedEvent& event : events)
    if (const auto* share = std::get_if<event::Share>(&event->body)) all[share->report].push_back(&event);
  return all;
}

std::string words_of(const Together& one, const CaseworkerId& me) {
  std::vector<std::string> have;
  if (one.own) have.emplace_back("your own");
  for (const CaseworkerId& who : one.from) have.push_back(who.text() + "'s");
  return fmt::format(
      "it takes {} of its readers to open this report, and you have {} share{}{}. A colleague hands hers on "
      "with: candour grant {} {}",
      one.needs, have.empty() ? "no" : std::to_string(have.size()), have.size() == 1 ? "" : "s",
      have.empty() ? "" : fmt::format(" ({})", fmt::join(have, ", ")),
      one.report.encode().substr(0, short_digits), me.text());
}

json::Object to_json(const Together& one) {
  return {{"report", {one.report.encode()}},
          {"day", {one.arrived.encode()}},
          {"needs", json::number(one.needs)},
          {"open", {one.open}},
          {"mine", {one.own}},
          {"from", names_json(one.from)},
          {"to", names_json(one.to)},
          {"given", names_json(one.given)},
          {"trouble", {one.trouble}}};
}

}  // namespace candour::cli
