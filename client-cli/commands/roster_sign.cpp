// SPDX-License-Identifier: AGPL-3.0-or-later
// candour roster sign: the first root key holder signs the draft; the next ones add their signatures to the note.
#include <algorithm>
#include <optional>

#include "client-cli/commands/commands.h"
#include "client-cli/commands/roster_draft_file.h"
#include "client-cli/commands/roster_summary.h"
#include "client-cli/files/file_kind.h"
#include "client-cli/files/new_file.h"
#include "client-cli/files/read_file.h"
#include "client-cli/keys.h"
#include "client-cli/options.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"
#include "crypto/sign/note.h"
#include "matching/key_holders.h"
#include "protocol/limits.h"
#include "protocol/pin.h"
#include "protocol/roster_draft.h"

namespace candour::cli {
namespace {

constexpr int days_default = 90;
constexpr unsigned public_mode = 0644;

struct Options {
  std::string file, out = "roster.note", after;
  std::optional<int> days;
  KeyOptions key;
  PinOption pin;
};

// A roster that is already out, signed or not.
Outcome<std::optional<Roster>> roster_in(const std::string& path) {
  if (path.empty()) return std::nullopt;
  auto file = read_text_file(path, limits::roster_bytes_max);
  if (!file) return fail(file);
  const auto note = parse_note(*file);
  auto roster = parse_roster(note ? note->text : *file);
  if (!roster) return fail_as(path, *file, FileKind::roster, roster);
  return *std::move(roster);
}

void warn_of_other_key(const Roster& before, const Roster& roster) {
  if (before.matching && roster.matching && before.matching->public_key != roster.matching->public_key)
    warn("the key by which reports are matched is another one: those that come match none from before.");
}

// Which the server cannot see, and every client will.
Outcome<> check_matching(const Options& options, const Roster& roster) {
  if (!roster.matching) return {};
  if (const auto checked = matching::check_key_holders(*roster.matching); !checked)
    return fail_about(options.file, checked);
  return {};
}

// The draft takes over version and days, so that the next signing counts on from here.
Outcome<Roster> prepare(const Options& options) {
  auto roster = read_draft(options.file);
  if (!roster) return fail(roster);
  auto before = roster_in(options.after);
  if (!before) return fail(before);
  if (*before) warn_of_other_key(**before, *roster);
  roster->version = std::max(roster->version, *before ? (*before)->version : 0) + 1;
  roster->valid_from = today();
  roster->valid_until = today().plus(options.days.value_or(days_default));
  if (auto fits = fit_places(*roster); !fits) return fail(fits);
  if (auto good = check_roster(*roster); !good) return fail_about(options.file, good);
  return roster;
}

Outcome<std::string> sign_draft(const Options& options, const Roster& roster, const KeyFile& key) {
  auto note = sign::sign_note(encode_roster(roster), key.name, signing_key_of(key));
  if (!note) return fail(note);
  if (auto kept = write_draft(options.file, roster); !kept) return fail(kept);
  return *std::move(note);
}

// All who have signed, with the pin's own count where it was given: who is still to sign is the holders' next question.
void show_signers(const Options& options, const std::string& note, const std::optional<Pin>& pin) {
  if (!pin) {
    std::vector<std::string> names;
    if (const auto parsed = parse_note(note)) {
      for (const NoteSignature& signature : parsed->signatures) names.push_back(visible_line(signature.name));
    }
    say("Signed by: {}. With --pin, this also says how many are missing.", fmt::join(names, ", "));
  } else {
    const std::vector<std::string> names = signers_of(note, *pin);
    say("Signed by: {}: {} of the {} that must sign.", fmt::join(names, ", "), names.size(), pin->quorum());
    if (names.size() < pin->quorum()) {
      say("Next: give it to another holder of a root key (candour roster sign {} --key …).", options.out);
      return;
    }
  }
  say("Next: candour roster verify {} --pin root.pin, and on to the server.", options.out);
}

Outcome<> run(const Options& options) {
  auto out = NewFile::create(options.out, public_mode);
  if (!out) return fail(out);
  auto file = read_text_file(options.file, limits::roster_bytes_max);
  if (!file) return fail(file);
  const auto signed_before = parse_note(*file);
  if (signed_before && (options.days || !options.after.empty())) {
    return fail_with(
        Errc::refused,
        fmt::format("{}: is signed already, so its version and days stand. Leave out --days and --after to "
                    "add a signature, or sign the draft anew.",
                    visible_line(options.file)));
  }
  std::optional<Pin> pin;
  if (!options.pin.path.empty()) {
    auto named = options.pin.read();
    if (!named) return fail(named);
    pin.emplace(*std::move(named));
  }
  auto roster = signed_before ? Outcome<Roster>(parse_roster(signed_before->text)) : prepare(options);
  if (!roster) return fail(roster);
  if (auto good = check_matching(options, *roster); !good) return good;
  show_roster(*roster, today());
  warn_about(*roster, today());

  auto key = unlock_key_file(options.key, KeyOwner::root);
  if (!key) return fail(key);
  auto note = signed_before
                  ? Outcome<std::string>(sign::add_note_signature(*file, key->name, signing_key_of(*key)))
                  : sign_draft(options, *roster, *key);
  if (!note) return fail(note);
  if (auto done = out->write(as_bytes(*note)); !done) return done;
  if (auto done = out->commit(); !done) return done;
  say("{}: version {}, {} to {}.", options.out, roster->version, roster->valid_from.encode(),
      roster->valid_until.encode());
  show_signers(options, *note, pin);
  return {};
}

}  // namespace

void add_roster_sign(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand("sign", "sign a draft, or add a signature to a signed roster");
  command->add_option("FILE", options->file, "roster.json, or roster.note to add a signature")->required();
  options->key.add_to(*command);
  command->add_option("--out", options->out, "the signed roster to write")->capture_default_str();
  command->add_option("--after", options->after,
                      "with a draft: the roster that is out now, to take a higher version");
  command->add_option("--days", options->days, "with a draft: how long it is valid")
      ->check(CLI::Range(1, limits::roster_days_max))
      ->default_str(std::to_string(days_default));
  options->pin.add_to(*command);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
