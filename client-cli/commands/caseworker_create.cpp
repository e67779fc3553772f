// SPDX-License-Identifier: AGPL-3.0-or-later
// candour caseworker create: a caseworker's key file, and the card that she gives to the steward.
#include "client-cli/commands/commands.h"
#include "client-cli/files/new_file.h"
#include "client-cli/key_epochs.h"
#include "client-cli/keys.h"
#include "client-cli/options.h"
#include "client-cli/terminal/say.h"
#include "protocol/fingerprint.h"
#include "protocol/ids.h"

namespace candour::cli {
namespace {

struct Options {
  std::string id, name, out, passphrase_file;
  int days = epoch_days_default;
};

Outcome<> run(const Options& options) {
  auto id = CaseworkerId::parse(options.id);
  if (!id) return fail_about("--id", id);
  const std::string path = options.out.empty() ? id->text() + ".key" : options.out;
  auto card_file = NewFile::create(beside(path, ".card"));
  if (!card_file) return fail(card_file);

  const Day until = today().plus(options.days);
  KeyFile key_file{id->key_name(), Secret<32>::make_random(), {}};
  if (auto begun = begin_epoch(key_file, today(), until); !begun) return begun;
  const auto card_json = card_of(key_file, options.name);
  if (!card_json) return fail(card_json);

  if (auto done = write_key_file(key_file, path, options.passphrase_file); !done) return done;
  if (auto done = card_file->write(as_bytes(*card_json)); !done) return done;
  if (auto done = card_file->commit(); !done) return done;
  say("{}: your key file. Without it and its passphrase nobody can open what is sent to you: keep a copy.",
      path);
  say("{}: your card, for the steward. It is public, and the name on it (\"{}\") is shown to reporters, and "
      "so to "
      "abusers: a pseudonym is a good idea.",
      beside(path, ".card"), options.name);
  say("The steward reads these words to you on the phone; they must be the same:");
  say("    {}", fingerprint(encode_note_verifier_key(verifier_key_of(key_file))));
  say("Your sealing key is good until {}.", until.encode());
  return {};
}

}  // namespace

void add_caseworker_create(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  parent.description("a caseworker's keys");
  CLI::App* command = parent.add_subcommand("create", "make your key file and your card");
  command->add_option("--id", options->id, "short name, [a-z0-9-]; it never changes")->required();
  command->add_option("--name", options->name, "name that reporters see; a pseudonym is a good idea")
      ->required();
  command->add_option("--out", options->out, "the key file; default ID.key; the card goes beside it");
  command->add_option("--days", options->days, "how long the sealing key is good")
      ->check(CLI::Range(1, epoch_days_max))
      ->capture_default_str();
  add_passphrase_file(*command, options->passphrase_file);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
