// SPDX-License-Identifier: AGPL-3.0-or-later
// candour caseworker invite, invitation: how a caseworker gets to her desk (docs/spec/desk.md "Invitation"). The operator makes one where the
// onion service's folder is; she opens it with her key.
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "client-cli/commands/commands.h"
#include "client-cli/desk/invited.h"
#include "client-cli/doctor/onion_services.h"
#include "client-cli/files/new_directory.h"
#include "client-cli/files/new_file.h"
#include "client-cli/files/read_file.h"
#include "client-cli/keys.h"
#include "client-cli/options.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"
#include "client-cli/tor/client_authorisation.h"
#include "protocol/card.h"
#include "protocol/fingerprint.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

constexpr const char* packaged_desk = "/var/lib/candour-tor/desk";
constexpr const char* packaged_pin = "/etc/candour/root.pin";

struct Invite {
  std::string card, onion_folder = packaged_desk, origin, out;
  PinOption pin;
  bool again = false;
};

Outcome<std::string> onion_origin(const std::string& folder) {
  if (auto address = address_of({.folder = folder, .targets = {}})) return *std::move(address);
  return fail_with(
      Errc::not_found,
      fmt::format("{}/hostname: cannot be read. Tor writes it when it first serves the desk's onion "
                  "address. Start it, and run this as root.",
                  folder));
}

// As Tor's own, whoever runs this.
Outcome<> put_public_half(const std::string& folder, const std::string& file, const std::string& line) {
  if (auto done = replace_file(file, as_bytes(line)); !done) return done;
  struct stat owner{};
  if (stat(folder.c_str(), &owner) != 0 || chown(file.c_str(), owner.st_uid, owner.st_gid) != 0)
    return fail_with(Errc::io, fmt::format("{}: could not be given to Tor's user. Run this as root.", file));
  return {};
}

Outcome<> run_invite(const Invite& options) {
  const auto text = read_text_file(options.card, limits::card_bytes_max);
  if (!text) return fail(text);
  const auto card = parse_card(*text);
  if (!card) return fail_about(visible_line(options.card), card);
  if (!card->sealing_key.is_valid_on(today()))
    return fail_with(Errc::expired,
                     fmt::format("{}: its sealing key is not of today. Ask her for a new card.",
                                 visible_line(options.card)));
  const CaseworkerId& who = card->card.id;
  auto pin = options.pin.read();
  if (!pin) return fail(pin);
  auto out = NewFile::create(options.out.empty() ? who.text() + ".invitation" : options.out);
  if (!out) return fail(out);

  Invitation invitation{who, options.origin, {}, *std::move(pin)};
  if (options.origin.empty()) {
    auto origin = onion_origin(options.onion_folder);
    if (!origin) return fail(origin);
    invitation.origin = *std::move(origin);
    const std::string file = fmt::format("{}/authorized_clients/{}.auth", options.onion_folder, who.text());
    if (!options.again && std::filesystem::exists(file))
      return fail_with(
          Errc::conflict,
          fmt::format("{}: she has been invited before. With --again she gets a new key, and the one "
                      "that she has ends with Tor's next reload.",
                      file));
    const auto key = ClientAuthorisation::make_random();
    invitation.authorisation = key.secret;
    if (auto done = put_public_half(options.onion_folder, file, key.public_line); !done) return done;
    say("{}: her key to the desk's onion address. Tor takes it with: systemctl reload candour-tor", file);
  }
  const auto sealed = seal_invitation(invitation, card->sealing_key);
  if (!sealed) return fail(sealed);
  if (auto done = out->write(*sealed); !done) return done;
  if (auto done = out->commit(); !done) return done;
  say("{}: for {} alone, sealed to her card. It may be sent by any way.",
      options.out.empty() ? who.text() + ".invitation" : options.out, who.text());
  say("Next: she runs `candour desk --key {}.key --invitation FILE`, and compares these words with the "
      "steward "
      "on the phone:",
      who.text());
  say("    {}", fingerprint(invitation.pin.encode()));
  return {};
}

struct Look {
  std::string path, out;
  KeyOptions key;
};

Outcome<> run_look(const Look& options) {
  std::optional<NewDirectory> folder;
  if (!options.out.empty()) {
    auto made = NewDirectory::create(options.out);
    if (!made) return fail(made);
    folder.emplace(*std::move(made));
  }
  const auto key = unlock_key_file(options.key, KeyOwner::caseworker);
  if (!key) return fail(key);
  const auto invitation = open_invitation(options.path, *key);
  if (!invitation) return fail(invitation);
  say("The desk is at {}", visible_line(invitation->origin));
  say("Compare these words with the steward on the phone. If they are others, the invitation is false:");
  say("    {}", fingerprint(invitation->pin.encode()));
  if (!folder) return {};
  const auto put = [&](const char* name, const std::string& text) -> Outcome<> {
    if (auto done = folder->begin_file(name); !done) return done;
    if (auto done = folder->write(as_bytes(text)); !done) return done;
    return folder->end_file();
  };
  if (auto done = put("root.pin", invitation->pin.encode()); !done) return done;
  if (!invitation->authorisation.empty())
    if (auto done = put("desk.auth-private", authorisation_line(*invitation)); !done) return done;
  if (auto done = folder->commit(); !done) return done;
  say("{}: root.pin, for --pin; and desk.auth-private, for the ClientOnionAuthDir of a Tor of yours, where "
      "its name "
      "ends in .auth_private. It is in the clear: whoever has it reaches the desk's door.",
      visible_line(options.out));
  return {};
}

}  // namespace

void add_caseworker_invite(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Invite>();
  CLI::App* command = parent.add_subcommand(
      "invite", "for the operator: a sealed file by which a caseworker reaches her desk");
  command->add_option("--card", options->card, "her card")->required();
  command->add_option("--out", options->out, "the invitation; default ID.invitation");
  command->add_option("--onion-folder", options->onion_folder, "Tor's folder of the desk's onion service")
      ->capture_default_str();
  command->add_option("--origin", options->origin,
                      "the desk's address, where it is no onion service of this machine");
  command->add_flag("--again", options->again, "a new key in place of the one that she has");
  options->pin.path = packaged_pin;
  options->pin.add_to(*command);
  on_chosen(*command, chosen, options, run_invite);
}

void add_caseworker_invitation(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Look>();
  CLI::App* command =
      parent.add_subcommand("invitation", "what an invitation says, and its parts for other tools");
  command->add_option("FILE", options->path, "the invitation")->required();
  command->add_option("--out", options->out, "a new folder for its parts");
  options->key.add_to(*command);
  on_chosen(*command, chosen, options, run_look);
}

}  // namespace candour::cli
