// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/invited.h"

#include <filesystem>

#include "client-cli/desk/fetched_report.h"
#include "client-cli/desk/known_roster.h"
#include "client-cli/files/new_file.h"
#include "client-cli/files/read_file.h"
#include "client-cli/net/server_address.h"
#include "client-cli/terminal/visible.h"
#include "client-cli/tor/client_authorisation.h"
#include "crypto/open/key_file.h"
#include "crypto/open/opener.h"
#include "crypto/seal/sealer.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

constexpr std::size_t invitation_bytes_max = std::size_t{64} << 10;

std::string compared_file(const RosterMemory& memory) { return memory.directory() + "/compared"; }

}  // namespace

Outcome<Bytes> seal_invitation(const Invitation& invitation, const SealingKey& to) {
  const auto recipient = seal::parse_recipient(to.recipient);
  if (!recipient) return fail(recipient);
  auto sealed = seal::seal_bytes(std::span(&*recipient, 1), as_bytes(encode_invitation(invitation)));
  if (!sealed) return fail(sealed);
  return *std::move(sealed);
}

Outcome<Invitation> open_invitation(const std::string& path, const KeyFile& key) {
  const auto sealed = read_secret_file(path, invitation_bytes_max);
  if (!sealed) return fail(sealed);
  const auto plain = open::open_bytes(open::identities_of(key), sealed->reveal());
  if (!plain && plain.error().code == Errc::no_match)
    return fail_with(
        Errc::no_match,
        fmt::format("{}: was sealed to another key than yours. Ask the operator for an invitation made from "
                    "the roster of today.",
                    visible_line(path)));
  if (!plain) return fail_about(visible_line(path), plain);
  auto invitation = parse_invitation(as_text(plain->reveal()));
  if (!invitation) return fail_about(visible_line(path), invitation);
  const auto me = owner_of(key);
  if (!me) return fail(me);
  if (invitation->who != *me)
    return fail_with(Errc::refused, fmt::format("{}: invites {}, and not you. Ask the operator for yours.",
                                                visible_line(path), invitation->who.text()));
  return *std::move(invitation);
}

Outcome<std::string> authorisation_line(const Invitation& invitation) {
  const auto address = parse_server_address(invitation.origin, "");
  if (!address) return fail(address);
  if (invitation.authorisation.empty() || address->onion.empty()) return std::string();
  return client_line(address->onion, invitation.authorisation);
}

bool is_compared(const Invitation& invitation, const RosterMemory& memory) {
  const auto before = read_text_file(compared_file(memory), invitation_bytes_max);
  return before && *before == invitation.origin;
}

Outcome<> remember_compared(const Invitation& invitation, const RosterMemory& memory) {
  if (auto made = memory.make_directory(); !made) return made;
  return replace_file(compared_file(memory), as_bytes(invitation.origin));
}

Outcome<Invited> follow_invitation(const CaseDeskOptions& options, const KeyFile& key,
                                   const DeskWatch& watch) {
  Invited invited{options, nullptr};
  if (options.invitation.empty()) return invited;
  auto invitation = open_invitation(options.invitation, key);
  if (!invitation) return fail(invitation);
  invited.to.desk.server.server = invitation->origin;
  invited.to.pin.given = invitation->pin;
  const auto memory = memory_of(invited.to.pin);
  if (!memory) return fail(memory);
  const std::string file = visible_line(options.invitation);
  if (!is_compared(*invitation, *memory))
    return fail_with(
        Errc::refused,
        fmt::format(
            "{}: nobody has compared its words with the steward on this computer yet. First, in a terminal: "
            "candour caseworker invitation {} --key YOUR-KEY-FILE",
            file, file));
  const auto address = parse_server_address(invitation->origin, options.desk.server.proxy);
  if (!address) return fail(address);
  if (!options.desk.server.proxy.empty() || address->is_here) return invited;
  if (address->onion.empty())
    return fail_with(
        Errc::refused,
        fmt::format("{}: leads to {}, which is no onion service, and would see where you are. Ask the "
                    "operator. Nothing was sent.",
                    file, visible_line(invitation->origin)));
  const auto authorisation = authorisation_line(*invitation);
  if (!authorisation) return fail(authorisation);
  auto tor = OwnTor::start(
      {.folder = memory->directory() + "/tor", .authorisation = *authorisation, .torrc = options.torrc},
      [&](std::size_t percent) { watch.progressed("tor", percent, 100); });
  if (!tor) return fail(tor);
  invited.to.desk.server.proxy = tor->proxy();
  invited.tor = std::make_unique<OwnTor>(*std::move(tor));
  return invited;
}

}  // namespace candour::cli
