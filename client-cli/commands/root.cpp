// SPDX-License-Identifier: AGPL-3.0-or-later
// candour root init, pin: the organisation's root keys, made on the steward's offline machine.
#include <algorithm>
#include <filesystem>

#include "client-cli/commands/commands.h"
#include "client-cli/files/file_failure.h"
#include "client-cli/files/file_kind.h"
#include "client-cli/files/new_file.h"
#include "client-cli/files/read_file.h"
#include "client-cli/keys.h"
#include "client-cli/options.h"
#include "client-cli/terminal/say.h"
#include "protocol/fingerprint.h"
#include "protocol/ids.h"
#include "protocol/limits.h"
#include "protocol/pin.h"

namespace candour::cli {
namespace {

constexpr unsigned public_mode = 0644;

struct InitOptions {
  std::string label, out = "root.key", passphrase_file;
};

struct PinOptions {
  unsigned quorum = 1;
  std::string out = "root.pin";
  std::vector<std::string> keys;
};

// Both public neighbours must be free before a key is made: a key file without its pin is a stumbling block.
Outcome<> refuse_taken(const std::string& path) {
  if (!std::filesystem::exists(std::filesystem::symlink_status(path))) return {};
  return fail_taken(path);
}

Outcome<> run_init(const InitOptions& options) {
  if (!is_id(options.label)) {
    return fail_with(Errc::malformed, "--label: use 1 to 32 of a-z, 0-9 and hyphen.");
  }
  const std::string public_path = beside(options.out, ".pub");
  const std::string pin_path = beside(options.out, ".pin");
  for (const std::string& path : {public_path, pin_path}) {
    if (auto is_free = refuse_taken(path); !is_free) return is_free;
  }
  const KeyFile key_file{"candour/root-key/" + options.label, Secret<32>::make_random(), {}};
  const NoteVerifierKey key = verifier_key_of(key_file);
  auto pin = Pin::of(1, {key});
  if (!pin) return fail(pin);
  if (auto done = write_key_file(key_file, options.out, options.passphrase_file); !done) return done;
  if (auto done = write_new_file(public_path, as_bytes(encode_note_verifier_key(key) + "\n"), public_mode);
      !done)
    return done;
  if (auto done = write_new_file(pin_path, as_bytes(pin->encode()), public_mode); !done) return done;
  say("{}: the root key. It stays on this offline machine; keep a copy in another safe place.", options.out);
  say("{}: its public half, for `candour root pin` where several must sign.", public_path);
  say("{}: the pin file, for the server, the caseworkers and everybody who checks, if this is the only root "
      "key "
      "(of several, make one with `candour root pin` and throw this away). Its fingerprint, for posters and "
      "the phone:",
      pin_path);
  say("    {}", fingerprint(pin->encode()));
  say("Next: candour roster new.");
  return {};
}

Outcome<> run_pin(const PinOptions& options) {
  std::vector<NoteVerifierKey> keys;
  for (const std::string& path : options.keys) {
    auto text = read_text_file(path, limits::pin_bytes_max);
    if (!text) return fail(text);
    while (text->ends_with('\n')) text->pop_back();
    auto key = parse_note_verifier_key(*text);
    if (!key) return fail_as(path, *text, FileKind::root_public_key, key);
    keys.push_back(*std::move(key));
  }
  auto pin = Pin::of(options.quorum, std::move(keys));
  if (!pin) return fail(pin);
  if (auto done = write_new_file(options.out, as_bytes(pin->encode()), public_mode); !done) return done;
  say("{}: {} of {} root keys must sign. Its fingerprint:", options.out, options.quorum, options.keys.size());
  say("    {}", fingerprint(pin->encode()));
  return {};
}

}  // namespace

void add_root_init(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<InitOptions>();
  parent.description("the organisation's root keys");
  CLI::App* command = parent.add_subcommand("init", "make a root key");
  command->add_option("--label", options->label, "a name for it, [a-z0-9-]")->required();
  command->add_option("--out", options->out, "the key file; .pub and .pin go beside it")
      ->capture_default_str();
  add_passphrase_file(*command, options->passphrase_file);
  on_chosen(*command, chosen, options, run_init);
}

void add_root_pin(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<PinOptions>();
  CLI::App* command = parent.add_subcommand("pin", "the pin file of several root keys");
  command->add_option("--quorum", options->quorum, "how many of them must sign a roster")->required();
  command->add_option("--out", options->out, "the pin file")->capture_default_str();
  command->add_option("PUB", options->keys, "public halves that `candour root init` made")->required();
  on_chosen(*command, chosen, options, run_pin);
}

}  // namespace candour::cli
