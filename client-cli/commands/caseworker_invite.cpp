// SPDX-License-Identifier: AGPL-3.0-or-later
// candour caseworker invite, invitation: how a caseworker gets to her desk (docs/spec/desk.md "Invitation"). The operator makes one where the
// onion service's folder is; she opens it with her key.
#include <filesystem>
#include <system_error>

#include "client-cli/commands/commands.h"
#include "client-cli/desk/invited.h"
#include "client-cli/doctor/onion_services.h"
#include "client-cli/files/as_owner.h"
#include "client-cli/files/new_directory.h"
#include "client-cli/files/new_file.h"
#include "client-cli/files/read_file.h"
#include "client-cli/keys.h"
#include "client-cli/options.h"
#include "client-cli/state/roster_memory.h"
#include "client-cli/terminal/ask.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"
#include "client-cli/tor/client_authorisation.h"
#include "protocol/limits.h"
#include "protocol/roster.h"

namespace candour::cli {
namespace {

constexpr const char* packaged_desk = "/var/lib/candour-tor/desk";
constexpr const char* packaged_pin = "/etc/candour/root.pin";
constexpr const char* packaged_roster = "/etc/candour/roster.note";

struct Invite {
  std::string id, roster = packaged_roster, onion_folder = packaged_desk, origin, out;
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

std::string public_half_of(const Invite& options) {
  return fmt::format("{}/authorized_clients/{}.auth", options.onion_folder, options.id);
}

Outcome<bool> has_public_half(const Invite& options) {
  const auto owner = AsOwner::of(options.onion_folder);
  if (!owner) return fail(owner);
  std::error_code failed;
  return std::filesystem::exists(public_half_of(options), failed);
}

// As Tor's own.
Outcome<> put_public_half(const Invite& options, const std::string& line) {
  const auto owner = AsOwner::of(options.onion_folder);
  if (!owner) return fail(owner);
  auto done = replace_file(public_half_of(options), as_bytes(line));
  if (!done)
    return fail_with(done.error().code, done.error().text + " That folder is Tor's: run this as root.");
  return {};
}

// Who she is, by the roster that the server has: a card says of itself whose it is.
Outcome<Caseworker> invited_by_roster(const Invite& options, const Pin& pin) {
  const auto note = read_text_file(options.roster, limits::roster_bytes_max);
  if (!note) return fail(note);
  const auto roster = verify_roster(*note, pin, today(), std::nullopt);
  if (!roster) return fail_about(visible_line(options.roster), roster);
  const auto id = CaseworkerId::parse(options.id);
  if (!id) return fail_about("ID", id);
  const Caseworker* who = roster->roster().find_active(*id);
  if (who == nullptr)
    return fail_with(Errc::refused,
                     fmt::format("{}: the roster has no such caseworker, or she is revoked. Ask the steward.",
                                 options.id));
  if (!who->may_receive(today()))
    return fail_with(
        Errc::expired,
        fmt::format("{}: her sealing key in the roster is not of today. Ask her for a new card, and the "
                    "steward to sign it.",
                    options.id));
  return *who;
}

Outcome<> run_invite(const Invite& options) {
  auto pin = options.pin.read();
  if (!pin) return fail(pin);
  const auto who = invited_by_roster(options, *pin);
  if (!who) return fail(who);
  const std::string path = options.out.empty() ? options.id + ".invitation" : options.out;
  auto out = NewFile::create(path);
  if (!out) return fail(out);

  Invitation invitation{who->id, options.origin, {}, *std::move(pin)};
  std::string public_line;
  if (options.origin.empty()) {
    auto origin = onion_origin(options.onion_folder);
    if (!origin) return fail(origin);
    invitation.origin = *std::move(origin);
    auto has_key = has_public_half(options);
    if (!has_key) return fail(has_key);
    if (!options.again && *has_key)
      return fail_with(
          Errc::conflict,
          fmt::format("{}: she has been invited before. With --again she gets a new key, and the one "
                      "that she has ends with Tor's next reload.",
                      public_half_of(options)));
    const auto key = ClientAuthorisation::make_random();
    invitation.authorisation = key.secret;
    public_line = key.public_line;
  }
  if (!parse_invitation(encode_invitation(invitation)))
    return fail_with(Errc::malformed,
                     fmt::format("--origin {}: is no address of a desk. It looks like http://….onion.",
                                 visible_line(options.origin)));
  const auto sealed = seal_invitation(invitation, *who->sealing_key);
  if (!sealed) return fail(sealed);
  if (auto done = out->write(*sealed); !done) return done;
  if (auto done = out->commit(); !done) return done;
  // Last: the key that she had ends only when there is an invitation with the next.
  if (!public_line.empty()) {
    if (auto done = put_public_half(options, public_line); !done) {
      std::error_code failed;
      std::filesystem::remove(path, failed);
      return done;
    }
    say("{}: her key to the desk's onion address. Tor takes it with: systemctl reload candour-tor",
        public_half_of(options));
  }
  say("{}: for {} alone, sealed to her key in the roster. It may be sent by any way.", path, options.id);
  say("Next, on her computer: candour caseworker invitation {} --key {}.key", path, options.id);
  say("She compares these words with the steward on the phone, who has them by: candour fingerprint root.pin "
      "--desk {}",
      invitation.origin);
  say("    {}", desk_fingerprint(invitation.origin, invitation.pin));
  return {};
}

struct Look {
  std::string path, out;
  KeyOptions key;
};

Outcome<> run_look(const Look& options) {
  const auto key = unlock_key_file(options.key, KeyOwner::caseworker);
  if (!key) return fail(key);
  const auto invitation = open_invitation(options.path, *key);
  if (!invitation) return fail(invitation);
  const auto memory = RosterMemory::of_user(invitation->pin);
  if (!memory) return fail(memory);
  say("The desk is at {}", visible_line(invitation->origin));
  say("The steward reads these words to you on the phone. If hers are others, the invitation is false:");
  say("    {}", desk_fingerprint(invitation->origin, invitation->pin));
  if (!is_compared(*invitation, *memory)) {
    if (ask_line("Does she read the same words? Type yes:") != "yes")
      return fail_with(
          Errc::refused,
          "nothing was kept, and the desk does not go by this invitation. Ask the steward, then give this "
          "command again.");
    if (auto done = remember_compared(*invitation, *memory); !done) return done;
  }
  say("Next: candour desk --key {} --invitation {}", visible_line(options.key.path),
      visible_line(options.path));
  if (options.out.empty()) return {};
  auto folder = NewDirectory::create(options.out);
  if (!folder) return fail(folder);
  const auto put = [&](const char* name, const std::string& text) -> Outcome<> {
    if (auto done = folder->begin_file(name); !done) return done;
    if (auto done = folder->write(as_bytes(text)); !done) return done;
    return folder->end_file();
  };
  if (auto done = put("root.pin", invitation->pin.encode()); !done) return done;
  const auto authorisation = authorisation_line(*invitation);
  if (!authorisation) return fail(authorisation);
  if (!authorisation->empty())
    if (auto done = put("desk.auth-private", *authorisation); !done) return done;
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
  command->add_option("ID", options->id, "the caseworker, as the roster names her")->required();
  command->add_option("--roster", options->roster, "the roster that the server has")->capture_default_str();
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
