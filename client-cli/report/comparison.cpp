// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/report/comparison.h"

#include <thread>

#include "client-cli/report/named.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"
#include "protocol/contains.h"

namespace candour::cli {
namespace {

const char* others_of(matching::Threshold k) {
  return k == matching::Threshold::two ? "one more report names" : "two more reports name";
}

void tell_liar(std::uint8_t number) {
  warn(
      "key holder {} of this service gave an answer that was not made with its key. It was not used. Tell "
      "the service by "
      "another way than this server, which may have spoiled it.",
      number);
}

}  // namespace

Outcome<Comparison> Comparison::prepare(const VerifiedRoster& roster, const Audience& audience,
                                        const std::vector<CaseworkerId>& excluded, MatchingWish wish,
                                        Day today) {
  Comparison comparison(roster, std::move(wish));
  auto group = matching_group(roster, excluded, today);
  if (!group && !comparison.wish_.names.empty())
    return fail_about("this report cannot be compared with others, so nothing was sent. Tell the service",
                      group);
  if (!group) {
    warn("this report will not be compared with others: {} Tell the service.", Failure(group.error()).text);
    return comparison;
  }
  comparison.group_ = *std::move(group);
  const MatchingGroup* there = comparison.group_ ? &*comparison.group_ : nullptr;
  if (auto good = check_wish(comparison.wish_, roster.roster(), audience, there); !good) return fail(good);
  if (!comparison.wish_.held) return comparison;
  comparison.identity_.emplace(open::HybridIdentity::make_random());
  comparison.readers_ = readers_after_match(audience, there);
  return comparison;
}

std::optional<HybridRecipient> Comparison::held_for() const {
  return identity_ ? std::optional(identity_->recipient()) : std::nullopt;
}

std::vector<std::string> Comparison::shown_names() const {
  std::vector<std::string> names;
  for (const Identifier& name : wish_.names) names.push_back(visible_line(shown_name(name)));
  return names;
}

std::string Comparison::names_of(const std::vector<CaseworkerId>& ids) const {
  std::vector<std::string> names;
  for (const CaseworkerId& id : ids) names.push_back(visible_line((*roster_)->find(id)->name));
  return fmt::format("{}", fmt::join(names, ", "));
}

void Comparison::say_before(const Audience& audience) const {
  const std::string desk = visible_line((*roster_)->find(audience.desk)->name);
  if (wish_.held) {
    say("Held back: nobody can read this before {} the same person. Then {} can: {}.",
        others_of(wish_.held->threshold), desk, names_of(readers_));
    if (!wish_.held->contact.empty())
      say("They read then how to reach you, and the rest once you release it: candour report --follow-up "
          "--release.");
  } else {
    say("{} can read this, and nobody else: {}.", desk, names_of(audience.ids()));
  }
  if (group_) {
    std::vector<CaseworkerId> others;
    for (const Audience::Member& member : group_->members)
      if (!contains(audience.members, member.id, &Audience::Member::id)) others.push_back(member.id);
    if (!others.empty())
      say("Who can see if another report names the same person, and can read nothing of this one: {}.",
          names_of(others));
  }
  if (wish_.names.empty()) return;
  say("It will be compared as:");
  for (const std::string& name : shown_names()) say("    {}", name);
}

std::string Comparison::words_for_the_wait() const {
  if (wish_.held)
    return "Waiting for the key holders. It is NOT done yet: if you stop this now, nobody can ever read what "
           "you held "
           "back.\n";
  return "Waiting for the key holders, so that this report can be compared with others. The report itself is "
         "stored: you "
         "may stop this, and then it is not compared.\n";
}

Outcome<> Comparison::send(HttpClient& server, const NamedReport& report,
                           std::chrono::seconds at_most) const {
  Patience patience(
      at_most, [](std::chrono::seconds pause) { std::this_thread::sleep_for(pause); },
      [&] {
        (void)std::fflush(stdout);
        put(stderr, words_for_the_wait());
      });
  const auto outputs = evaluate_names(server, report, group_->holders, patience, tell_liar);
  if (!outputs) return fail(outputs);
  std::optional<matching::Release> release;
  std::optional<matching::ContactFirst> contact;
  std::optional<matching::Holding> holding;
  if (wish_.held) {
    if (!wish_.held->contact.empty())
      contact.emplace(release.emplace(report.keys.match_release(report.number)), wish_.held->contact);
    holding.emplace(wish_.held->threshold, identity_->seed(), contact ? &*contact : nullptr);
  }
  const auto sealed = make_companion(*roster_, *group_, report, *outputs, holding ? &*holding : nullptr);
  if (!sealed) return fail(sealed);
  return put_companion(server, *group_, (*roster_)->places, report, *sealed, patience);
}

void Comparison::say_done() const {
  if (wish_.held) {
    say("Done: it is held back until {} the same person.", others_of(wish_.held->threshold));
  } else if (wish_.names.empty()) {
    say("Done: the server cannot tell whether this report names anybody.");
  } else {
    say("Done: it is compared with other reports. The server cannot tell whether it names anybody.");
  }
}

Outcome<> Comparison::run(HttpClient& server, const ReporterKeys& keys, std::uint64_t number,
                          std::chrono::seconds at_most, bool json) const {
  if (!group_) return {};
  if (wish_.held && !json) say("It is not done before this says so: keep this open.");
  (void)std::fflush(stdout);
  const auto sent = send(server, {.keys = keys, .number = number, .names = wish_.names}, at_most);
  if (!sent && wish_.held)
    return fail_with(
        sent.error().code,
        fmt::format("what you held back is stored, but NOBODY can ever read it: {} To have it read now, "
                    "send the same again without --hold and --contact-first. That is a report of its own "
                    "with a codename of its own.",
                    sent.error().text));
  if (json) say_json({{"compared", {sent.has_value()}}});
  if (!sent)
    warn("the report is stored and will be read, but it is not compared with others: {}", sent.error().text);
  else if (!json)
    say_done();
  return {};
}

}  // namespace candour::cli
