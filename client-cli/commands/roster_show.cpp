// SPDX-License-Identifier: AGPL-3.0-or-later
// candour roster show, verify: what a roster says, and whether it is to be believed.
#include "client-cli/commands/roster_summary.h"

#include "client-cli/commands/commands.h"
#include "client-cli/commands/roster_draft_file.h"
#include "client-cli/files/file_kind.h"
#include "client-cli/files/read_file.h"
#include "client-cli/options.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"
#include "crypto/core/encoding.h"
#include "crypto/core/note.h"
#include "protocol/fingerprint.h"
#include "protocol/limits.h"
#include "protocol/roster_draft.h"

namespace candour::cli {
namespace {

struct ShowOptions {
  std::string file;
  bool json = false;
};

struct VerifyOptions {
  std::string file, after;
  PinOption pin;
  bool json = false;
};

// The text of a signed roster, believed or not, or the draft itself.
std::string text_of(const std::string& file) {
  const auto note = parse_note(file);
  return note ? note->text : file;
}

void show_texts(const std::string& in, const Texts& texts) {
  for (const auto& [name, line] : texts.lines) say("Text {}{}: {}", name, in, visible_line(line));
  for (const auto& [nation, line] : texts.privacy_in) {
    say("Text privacy_in.{}{}: {}", nation, in, visible_line(line));
  }
}

void show_matching(const RosterMatching& matching) {
  std::vector<std::string> group;
  for (const CaseworkerId& id : matching.group) group.push_back(id.text());
  say("Matching: {}. {} of {} key holders evaluate.", fmt::join(group, ", "), matching.threshold,
      matching.holders.size());
  say("    public key {}", base64_encode(matching.public_key));
  for (const KeyHolder& holder : matching.holders)
    say("    holder {:<2}  {}", holder.number, base64_encode(holder.public_share));
}

Outcome<> run_show(const ShowOptions& options) {
  auto file = read_text_file(options.file, limits::roster_bytes_max);
  if (!file) return fail(file);
  const std::string text = text_of(*file);
  auto roster = parse_roster_draft(text);
  if (!roster) return fail_as(options.file, *file, FileKind::roster, roster);
  if (options.json) {
    put(stdout, text);
    return {};
  }
  show_roster(*roster, today());
  const auto note = parse_note(*file);
  if (!note) {
    say("A draft: nobody has signed it.");
  } else {
    for (const NoteSignature& signature : note->signatures) {
      say("Says it is signed by {}.", visible_line(signature.name));
    }
    say("Signatures are checked by: candour roster verify {} --pin root.pin", options.file);
  }
  warn_about(*roster, today());
  return {};
}

Outcome<std::optional<RosterSeen>> seen_in(const std::string& path, const Pin& pin) {
  if (path.empty()) return std::nullopt;
  auto note = read_text_file(path, limits::roster_bytes_max);
  if (!note) return fail(note);
  auto roster = verify_roster_signatures(*note, pin);
  if (!roster) return fail_as(path, *note, FileKind::roster, roster);
  return roster->seen();
}

Outcome<> run_verify(const VerifyOptions& options) {
  auto pin = options.pin.read();
  if (!pin) return fail(pin);
  auto seen = seen_in(options.after, *pin);
  if (!seen) return fail(seen);
  auto note = read_text_file(options.file, limits::roster_bytes_max);
  if (!note) return fail(note);
  auto roster = verify_roster(*note, *pin, today(), *seen);
  if (!roster) return fail_as(options.file, *note, FileKind::roster, roster);
  const std::vector<std::string> signers = signers_of(*note, *pin);
  if (options.json) {
    json::Array names;
    for (const std::string& name : signers) names.push_back({name});
    say_json({{"version", json::number((*roster)->version)},
              {"valid_from", {(*roster)->valid_from.encode()}},
              {"valid_until", {(*roster)->valid_until.encode()}},
              {"sha256", {hex_encode(roster->text_sha256())}},
              {"signers", {std::move(names)}},
              {"quorum", json::number(pin->quorum())}});
  } else {
    say("{}: version {} is valid until {}, signed by {}: {} of the {} root keys, where {} must sign.",
        options.file, (*roster)->version, (*roster)->valid_until.encode(), fmt::join(signers, ", "),
        signers.size(), pin->root_keys().size(), pin->quorum());
  }
  warn_about(roster->roster(), today());
  return {};
}

}  // namespace

std::vector<std::string> signers_of(std::string_view note, const Pin& pin) {
  std::vector<std::string> names;
  const auto verified = verify_note(note, pin.root_keys(), 1);
  if (!verified) return names;
  for (const NoteVerifierKey& key : verified->signers()) names.push_back(key.name);
  return names;
}

void show_roster(const Roster& roster, Day today) {
  say("{} (\"{}\"), version {}, {} to {}, {} places", visible_line(roster.service),
      visible_line(roster.public_name), roster.version, roster.valid_from.encode(),
      roster.valid_until.encode(), roster.places);
  for (const Desk& desk : roster.desks) {
    say("Desk {}: {}. {}", desk.id.text(), visible_line(desk.name), visible_line(desk.description));
    for (const Caseworker& who : roster.caseworkers) {
      if (!who.is_at(desk.id)) continue;
      say("    {:12} {:20} {}", who.id.text(), visible_line(who.name),
          who.revoked               ? "REVOKED"
          : !who.may_receive(today) ? "has no sealing key that is good today"
                                    : "receives until " + who.sealing_key->until.encode());
      say("                 key: {}", fingerprint(encode_note_verifier_key(who.signing_key)));
    }
  }
  say("Receipt key: {}", encode_note_verifier_key(roster.receipt_key));
  if (!roster.words.languages.empty()) say("Languages: {}", fmt::join(roster.words.languages, ", "));
  show_texts("", roster.words.texts);
  for (const Translation& translation : roster.words.translations) {
    say("In {}: {}", translation.language, translation.form_json.empty() ? "some texts" : "the form");
    show_texts(" in " + translation.language, translation.texts);
  }
  if (roster.matching) show_matching(*roster.matching);
  for (const Helpline& line : roster.helplines) {
    say("Helpline: {}, {}, {}", visible_line(line.name), visible_line(line.phone), visible_line(line.hours));
  }
}

void add_roster_show(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<ShowOptions>();
  CLI::App* command = parent.add_subcommand("show", "print a roster or draft in words; checks no signature");
  command->add_option("FILE", options->file, "roster.note or roster.json")->required();
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run_show);
}

void add_roster_verify(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<VerifyOptions>();
  CLI::App* command = parent.add_subcommand("verify", "check a roster as every client does");
  command->add_option("FILE", options->file, "roster.note")->required();
  command->add_option("--after", options->after, "the roster before it: refuse an older one");
  options->pin.add_to(*command);
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run_verify);
}

}  // namespace candour::cli
