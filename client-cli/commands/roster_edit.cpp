// SPDX-License-Identifier: AGPL-3.0-or-later
// candour roster desk, add, revoke: one change to the draft each.
#include <algorithm>

#include "client-cli/commands/commands.h"
#include "client-cli/commands/roster_draft_file.h"
#include "client-cli/files/file_kind.h"
#include "client-cli/files/read_file.h"
#include "client-cli/options.h"
#include "client-cli/terminal/line_option.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"
#include "protocol/card.h"
#include "protocol/fingerprint.h"
#include "protocol/limits.h"
#include "protocol/roster_draft.h"

namespace candour::cli {
namespace {

struct DeskOptions {
  std::string draft, id, name, description;
  std::optional<unsigned> threshold;  // as it was
};

struct AddOptions {
  std::string draft, card;
  std::vector<std::string> desks;
};

struct RevokeOptions {
  std::string draft, id;
};

void add_draft(CLI::App& command, std::string& path) {
  command.add_option("DRAFT", path, "the draft, roster.json")->required();
}

Outcome<> run_desk(const DeskOptions& options) {
  auto roster = read_draft(options.draft);
  if (!roster) return fail(roster);
  auto id = DeskId::parse(options.id);
  if (!id) return fail_about("--id", id);
  if (auto good = check_line("--name", options.name, limits::name_bytes_max); !good) return good;
  if (auto good = check_line("--description", options.description, limits::text_bytes_max); !good)
    return good;
  const auto known =
      std::find_if(roster->desks.begin(), roster->desks.end(), [&](const Desk& d) { return d.id == *id; });
  const bool is_new = known == roster->desks.end();
  if (is_new) {
    roster->desks.push_back({*id, options.name, options.description, options.threshold.value_or(1)});
  } else {
    known->name = options.name;
    known->description = options.description;
    known->threshold = options.threshold.value_or(known->threshold);
  }
  auto written = write_draft(options.draft, *roster);
  if (!written) return written;
  say("{}: desk {} {}.", options.draft, id->text(), is_new ? "added" : "changed");
  return {};
}

Outcome<std::vector<DeskId>> desks_of(const std::vector<std::string>& named, const Roster& roster) {
  std::vector<DeskId> desks;
  for (const std::string& text : named) {
    auto desk = DeskId::parse(text);
    if (!desk || roster.find(*desk) == nullptr) {
      return fail_with(Errc::not_found, fmt::format("there is no desk {}. Add it first: candour roster desk.",
                                                    visible_line(text)));
    }
    if (std::find(desks.begin(), desks.end(), *desk) == desks.end()) desks.push_back(*std::move(desk));
  }
  return desks;
}

// A card of somebody whom the roster has: the same signing key, and no older sealing key than the one there.
Outcome<> check_renewal(const Caseworker& known, const CheckedCard& card, const std::string& path) {
  const std::string& id = known.id.text();
  if (known.signing_key != card.card.signing_key) {
    return fail_with(Errc::conflict,
                     fmt::format("{}: the roster has a {} with another signing key. If the key was lost, "
                                 "revoke {} and make a card with a new id; if not, somebody else made "
                                 "this card.",
                                 path, id, id));
  }
  if (known.revoked)
    return fail_with(Errc::refused, fmt::format("{} is revoked. Make a card with a new id.", id));
  if (known.sealing_key && card.sealing_key.from < known.sealing_key->from)
    return fail_with(
        Errc::outdated,
        fmt::format(
            "{}: its sealing key is good from {}, and the roster has one from {}. Ask {} for the card "
            "that `candour caseworker rotate` made last.",
            path, card.sealing_key.from.encode(), known.sealing_key->from.encode(), id));
  return {};
}

Outcome<> run_add(const AddOptions& options) {
  auto roster = read_draft(options.draft);
  if (!roster) return fail(roster);
  auto json = read_text_file(options.card, limits::card_bytes_max);
  if (!json) return fail(json);
  auto checked = parse_card(*json);
  if (!checked) return fail_as(options.card, *json, FileKind::card, checked);
  auto desks = desks_of(options.desks, *roster);
  if (!desks) return fail(desks);
  Card& card = checked->card;
  auto known = std::find_if(roster->caseworkers.begin(), roster->caseworkers.end(),
                            [&](const Caseworker& who) { return who.id == card.id; });
  const bool is_new = known == roster->caseworkers.end();
  const std::string id = card.id.text();
  if (!is_new) {
    if (auto may = check_renewal(*known, *checked, options.card); !may) return may;
    if (desks->empty()) desks = known->desks;
  }
  if (desks->empty())
    return fail_with(Errc::refused,
                     fmt::format("{} is new in this roster. Say at which desk: --desk ID.", id));
  const std::string key = encode_note_verifier_key(card.signing_key);
  Caseworker who{card.id, card.name,           *std::move(desks), card.signing_key, card.sealing_key_note,
                 false,   checked->sealing_key};
  std::string places;
  for (const DeskId& desk : who.desks) places += (places.empty() ? "" : ", ") + desk.text();
  const std::string was_called = is_new ? card.name : known->name;
  if (is_new)
    roster->caseworkers.push_back(std::move(who));
  else
    *known = std::move(who);
  auto written = write_draft(options.draft, *roster);
  if (!written) return written;
  say("{}: {} is at {}. The sealing key is good from {} until {}.", options.draft, id, places,
      checked->sealing_key.from.encode(), checked->sealing_key.until.encode());
  if (was_called != card.name)
    say("Reporters will see the name {}; it was {}.", visible_line(card.name), visible_line(was_called));
  say("Read these words to {} on the phone; they must be the ones that `candour caseworker create` showed:",
      id);
  say("    {}", fingerprint(key));
  return {};
}

Outcome<> run_revoke(const RevokeOptions& options) {
  auto roster = read_draft(options.draft);
  if (!roster) return fail(roster);
  auto who = std::find_if(roster->caseworkers.begin(), roster->caseworkers.end(),
                          [&](const Caseworker& c) { return c.id.text() == options.id; });
  if (who == roster->caseworkers.end()) {
    return fail_with(Errc::not_found, fmt::format("there is no caseworker {} in {}.",
                                                  visible_line(options.id), options.draft));
  }
  who->revoked = true;
  auto written = write_draft(options.draft, *roster);
  if (!written) return written;
  say("{}: {} is revoked once the roster is signed and the server has it.", options.draft, options.id);
  say("What was sealed to {} before can still be opened with that key.", options.id);
  return {};
}

}  // namespace

void add_roster_desk(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<DeskOptions>();
  CLI::App* command = parent.add_subcommand("desk", "add or change a desk");
  add_draft(*command, options->draft);
  command->add_option("--id", options->id, "short name, [a-z0-9-]")->required();
  command->add_option("--name", options->name, "name that reporters see")->required();
  command->add_option("--description", options->description, "who they are and what they do")->required();
  command
      ->add_option("--threshold", options->threshold,
                   "how many of its caseworkers it takes to open a report (1, if it is not said)")
      ->check(CLI::Range(1U, static_cast<unsigned>(limits::places_max)));
  on_chosen(*command, chosen, options, run_desk);
}

void add_roster_add(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<AddOptions>();
  CLI::App* command =
      parent.add_subcommand("add", "add a caseworker by her card, or take over her new sealing key");
  add_draft(*command, options->draft);
  command->add_option("--card", options->card, "the card that she gave you")->required();
  command->add_option("--desk", options->desks,
                      "a desk that she is at; may be repeated; without it she stays at those where she is");
  on_chosen(*command, chosen, options, run_add);
}

void add_roster_revoke(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<RevokeOptions>();
  CLI::App* command = parent.add_subcommand("revoke", "take a caseworker's access away");
  add_draft(*command, options->draft);
  command->add_option("--id", options->id, "the caseworker")->required();
  on_chosen(*command, chosen, options, run_revoke);
}

}  // namespace candour::cli
