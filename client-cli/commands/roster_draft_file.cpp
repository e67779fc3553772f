// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/commands/roster_draft_file.h"

#include <algorithm>
#include <map>

#include "client-cli/files/file_kind.h"
#include "client-cli/files/new_file.h"
#include "client-cli/files/read_file.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"
#include "protocol/limits.h"
#include "protocol/roster_draft.h"

namespace candour::cli {
namespace {

constexpr std::int32_t ends_soon_days = 14;

bool looks_like_full_name(std::string_view name) {
  const std::size_t space = name.find(' ');
  return space != std::string_view::npos && space + 1 < name.size() && name[space + 1] >= 'A' &&
         name[space + 1] <= 'Z';
}

void warn_about(const Caseworker& who, Day today) {
  if (who.revoked) return;
  if (who.desks.empty()) warn("{} is at no desk, and so receives nothing.", who.id.text());
  if (!who.may_receive(today)) {
    warn("{} has no sealing key that is good today, and receives nothing. Ask for a new card.",
         who.id.text());
  } else if (days_between(today, who.sealing_key->until) < ends_soon_days) {
    warn("{}'s sealing key ends on {}. Ask for a new card.", who.id.text(), who.sealing_key->until.encode());
  }
  if (looks_like_full_name(who.name)) {
    warn("\"{}\" looks like a full name. Abusers read the roster too: a pseudonym is safer.",
         visible_line(who.name));
  }
}

// "robin " and "Robin" look the same on a screen.
std::string folded(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c != ' ') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return out;
}

// A reporter who wants to exclude one of them could take the wrong one.
void warn_about_names(const Roster& roster, const Desk& desk) {
  std::map<std::string, std::string, std::less<>> id_of;
  for (const Caseworker& who : roster.caseworkers) {
    if (who.revoked || !who.is_at(desk.id)) continue;
    const auto [other, is_new] = id_of.emplace(folded(who.name), who.id.text());
    if (is_new) continue;
    warn(
        "at the desk {}, {} and {} have the same name, \"{}\". Nobody can tell whom to exclude: ask one for "
        "a card with "
        "another name.",
        desk.id.text(), other->second, who.id.text(), visible_line(who.name));
  }
}

}  // namespace

Outcome<Roster> read_draft(const std::string& path) {
  auto text = read_text_file(path, limits::roster_bytes_max);
  if (!text) return fail(text);
  auto roster = parse_roster_draft(*text);
  if (!roster) return fail_as(path, *text, FileKind::draft, roster);
  return *std::move(roster);
}

Outcome<std::string> draft_text(const Roster& roster) {
  Roster fitted = roster;
  if (auto fits = fit_places(fitted); !fits) return fail_about("the draft stays as it was", fits);
  std::string text = encode_roster(roster);
  if (auto good = parse_roster_draft(text); !good) return fail_about("the draft stays as it was", good);
  return text;
}

Outcome<> write_draft(const std::string& path, const Roster& roster) {
  auto text = draft_text(roster);
  if (!text) return fail(text);
  return replace_file(path, as_bytes(*text));
}

void warn_about(const Roster& roster, Day today) {
  if (roster.helplines.empty()) {
    warn("there are no helplines. Edit \"helplines\": they are shown also when nothing else works.");
  }
  for (const Desk& desk : roster.desks) {
    const auto size =
        std::count_if(roster.caseworkers.begin(), roster.caseworkers.end(),
                      [&](const Caseworker& who) { return who.is_at(desk.id) && who.may_receive(today); });
    if (size == 0) warn("nobody at the desk {} can receive. Nobody can report to it.", desk.id.text());
    if (size == 1) {
      warn(
          "the desk {} has one person only: if that key is lost, so are its reports, and nobody there can be "
          "excluded.",
          desk.id.text());
    }
    if (desk.threshold > 1 && size > 0 && size <= desk.threshold)
      warn(
          "at the desk {} it takes {} to open a report, and {} can receive: whoever is lost takes all "
          "reports "
          "along, and nobody can be excluded. Add people, or lower the threshold.",
          desk.id.text(), desk.threshold, size);
    warn_about_names(roster, desk);
  }
  for (const Caseworker& who : roster.caseworkers) warn_about(who, today);
  warn_about_matching(roster);
}

void warn_about_matching(const Roster& roster) {
  if (!roster.matching) return;
  const auto& group = roster.matching->group;
  for (const Desk& desk : roster.desks) {
    if (desk.threshold > 1) {
      warn(
          "at the desk {} several open a report together, so nothing can be held there until somebody else "
          "reports the "
          "same person.",
          desk.id.text());
      continue;
    }
    for (const Caseworker& who : roster.caseworkers) {
      if (who.revoked || !who.is_at(desk.id) || std::ranges::binary_search(group, who.id)) continue;
      warn(
          "{} reads at the desk {} and does not match: what was held there for others to come she can never "
          "open.",
          who.id.text(), desk.id.text());
    }
  }
  for (const CaseworkerId& id : group) {
    if (roster.find_active(id) == nullptr)
      warn("{} matches reports, and is revoked. Name the others: candour roster matching --group.",
           id.text());
  }
}

}  // namespace candour::cli
