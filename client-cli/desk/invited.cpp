// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/invited.h"

#include "client-cli/desk/fetched_report.h"
#include "client-cli/desk/known_roster.h"
#include "client-cli/files/read_file.h"
#include "client-cli/net/server_address.h"
#include "client-cli/terminal/visible.h"
#include "client-cli/tor/client_authorisation.h"
#include "crypto/open/key_file.h"
#include "crypto/open/opener.h"
#include "crypto/seal/sealer.h"
#include "protocol/fingerprint.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

constexpr std::size_t invitation_bytes_max = std::size_t{64} << 10;

// "http://NAME.onion" → "NAME.onion"; empty for any other.
std::string onion_host(std::string_view origin) {
  constexpr std::string_view scheme = "http://", onion = ".onion";
  if (!origin.starts_with(scheme)) return {};
  origin.remove_prefix(scheme.size());
  const auto end = origin.find(onion);
  return end == origin.npos ? std::string() : std::string(origin.substr(0, end + onion.size()));
}

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
        fmt::format("{}: was sealed to another key than yours. Ask the operator for an invitation to your "
                    "card of today.",
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

std::string authorisation_line(const Invitation& invitation) {
  if (invitation.authorisation.empty()) return {};
  return client_line(onion_host(invitation.origin), invitation.authorisation);
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
  if (const auto before = memory->last(); before && !*before)
    watch.warned(
        fmt::format("This is the first time that you come by this invitation. The steward reads these words "
                    "to you on the phone; if "
                    "hers are others, lock the desk and write nothing: {}.",
                    fingerprint(invitation->pin.encode())));
  const std::string host = onion_host(invitation->origin);
  if (host.empty() || !options.desk.server.proxy.empty()) return invited;
  auto tor = OwnTor::start({.folder = memory->directory() + "/tor",
                            .authorisation = authorisation_line(*invitation),
                            .torrc = options.torrc},
                           [&](std::size_t percent) { watch.progressed("tor", percent, 100); });
  if (!tor) return fail(tor);
  invited.to.desk.server.proxy = tor->proxy();
  invited.tor = std::make_unique<OwnTor>(*std::move(tor));
  return invited;
}

}  // namespace candour::cli
