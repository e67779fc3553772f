// SPDX-License-Identifier: AGPL-3.0-or-later
// candour caseworker rotate, card, forget-old: the sealing keys of a key file that is there (docs/spec/keys.md "Rotation").
#include "client-cli/commands/commands.h"
#include "client-cli/files/file_kind.h"
#include "client-cli/files/new_file.h"
#include "client-cli/files/read_file.h"
#include "client-cli/key_epochs.h"
#include "client-cli/keys.h"
#include "client-cli/options.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"
#include "protocol/card.h"
#include "protocol/fingerprint.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

struct RotateOptions {
  KeyOptions key;
  std::string name;
  int days = epoch_days_default;
};

struct CardOptions {
  KeyOptions key;
  std::string name;
};

struct ForgetOptions {
  KeyOptions key;
  std::string before;
  bool yes = false;
};

// The name of a card is nowhere but on the card.
Outcome<std::string> name_of(const std::string& key_path, const std::string& given) {
  if (!given.empty()) return given;
  const std::string path = beside(key_path, ".card");
  const auto json = read_text_file(path, limits::card_bytes_max);
  if (!json)
    return fail_with(
        json.error().code,
        fmt::format("{} Your name for reporters is taken from that card. Without it, give --name.",
                    json.error().text));
  const auto checked = parse_card(*json);
  if (!checked) return fail_as(path, *json, FileKind::card, checked);
  return checked->card.name;
}

Outcome<> write_card(const KeyFile& keys, const std::string& key_path, const std::string& name) {
  const auto card = card_of(keys, name);
  if (!card) return fail(card);
  const std::string path = beside(key_path, ".card");
  if (auto written = replace_file(path, as_bytes(*card)); !written) return written;
  say("{}: your card, for the steward: {}. The sealing key on it is good from {} until {}.",
      visible_line(path), visible_line(name), keys.epochs.front().from, keys.epochs.front().until);
  say("The steward may read these words to you again on the phone; they have not changed:");
  say("    {}", fingerprint(encode_note_verifier_key(verifier_key_of(keys))));
  return {};
}

Outcome<> rotate(const RotateOptions& options) {
  const auto name = name_of(options.key.path, options.name);
  if (!name) return fail(name);
  auto file = unlock_to_change(options.key);
  if (!file) return fail(file);
  if (auto begun = begin_epoch(file->keys, today(), today().plus(options.days)); !begun) return begun;
  // Nobody may be asked to seal to a key that is not safe on the disk: so the card comes last, and only if it can be made.
  if (const auto card = card_of(file->keys, *name); !card) return fail(card);
  if (auto replaced = replace_key_file(*file, options.key.path); !replaced) return replaced;
  say("{}: has a new sealing key, and all {} before it. Copies that you keep of this file do not: copy it "
      "again.",
      visible_line(options.key.path), file->keys.epochs.size() - 1);
  if (auto written = write_card(file->keys, options.key.path, *name); !written)
    return fail_with(
        written.error().code,
        fmt::format("the new key is in your key file, but its card could not be written: {} Then: "
                    "candour caseworker card.",
                    written.error().text));
  say("Until the steward's new roster is in use, what is sent to you is sealed to the old key, which still "
      "opens it.");
  return {};
}

Outcome<> card(const CardOptions& options) {
  const auto name = name_of(options.key.path, options.name);
  if (!name) return fail(name);
  const auto keys = unlock_key_file(options.key, KeyOwner::caseworker);
  if (!keys) return fail(keys);
  return write_card(*keys, options.key.path, *name);
}

Outcome<> forget_old(const ForgetOptions& options) {
  const auto before = Day::parse(options.before);
  if (!before) return fail_about("--before", before);
  auto file = unlock_to_change(options.key);
  if (!file) return fail(file);
  const auto forgotten = forget_epochs(file->keys, *before, today());
  if (!forgotten) return fail(forgotten);
  for (const SealingEpoch& epoch : *forgotten)
    say("{} the key that was good from {} until {}.", options.yes ? "Erasing" : "This would erase",
        epoch.from, epoch.until);
  if (!options.yes)
    return fail_with(
        Errc::refused,
        "what was sealed to you with these keys, reports and what colleagues said about them, could never be "
        "opened again with this file: not to read it, not to export it, not for a court. Open and "
        "export first what is still needed. If you mean it, say --yes. Nothing was changed.");
  if (auto replaced = replace_key_file(*file, options.key.path); !replaced) return replaced;
  say("{}: {} left. Every copy of the file still has what was erased here: destroy those, or replace them.",
      visible_line(options.key.path), file->keys.epochs.size());
  return {};
}

}  // namespace

void add_caseworker_rotate(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<RotateOptions>();
  CLI::App* command =
      parent.add_subcommand("rotate", "add a new sealing key to your key file, and renew your card");
  options->key.add_to(*command);
  command->add_option("--name", options->name, "another name for reporters than the one on your card");
  command->add_option("--days", options->days, "how long the new sealing key is good")
      ->check(CLI::Range(1, epoch_days_max))
      ->capture_default_str();
  on_chosen(*command, chosen, options, rotate);
}

void add_caseworker_card(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<CardOptions>();
  CLI::App* command = parent.add_subcommand("card", "write the card of your newest sealing key anew");
  options->key.add_to(*command);
  command->add_option("--name", options->name, "another name for reporters than the one on your card");
  on_chosen(*command, chosen, options, card);
}

void add_caseworker_forget_old(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<ForgetOptions>();
  CLI::App* command =
      parent.add_subcommand("forget-old", "erase old sealing keys, and with them what only they can open");
  options->key.add_to(*command);
  command->add_option("--before", options->before, "those whose last day is before this one")->required();
  command->add_flag("--yes", options->yes, "you mean it: it cannot be taken back");
  on_chosen(*command, chosen, options, forget_old);
}

}  // namespace candour::cli
