// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/cases/sealed_event.h"

#include "client-cli/keys.h"
#include "client-cli/options.h"
#include "crypto/open/opener.h"
#include "crypto/seal/sealer.h"
#include "crypto/sign/note.h"
#include "protocol/drop.h"
#include "protocol/drop_text.h"

namespace candour::cli {

static_assert(event_plain_bytes == drop_plain_bytes);  // so that one filling serves both

Outcome<SealedEvent> seal_event(const CaseEvent& event, const KeyFile& key, const Roster& roster) {
  std::vector<seal::Recipient> recipients;
  for (const CaseworkerId& id : event.readers) {
    const Caseworker* who = roster.find_active(id);
    if (who == nullptr || !who->sealing_key)
      return fail_with(
          Errc::expired,
          fmt::format("{} has no sealing key in the roster, so she could not read this. Ask the steward. "
                      "Nothing was sent.",
                      id.text()));
    const auto recipient = seal::parse_recipient(who->sealing_key->recipient);
    if (!recipient) return fail(recipient);
    recipients.push_back(*recipient);
  }
  auto note = sign::sign_note(encode_event(event), key.name, signing_key_of(key));
  if (!note) return fail(note);
  auto sealed = seal_like_event(*note, recipients, roster.places);
  if (!sealed) return fail(sealed);
  return SealedEvent{*std::move(note), *std::move(sealed)};
}

Result<Bytes> seal_like_event(std::string_view note, std::span<const seal::Recipient> recipients,
                              std::size_t places) {
  const auto plain = fill_drop(note);
  if (!plain) return candour::fail(plain);
  return seal::seal_bytes(recipients, plain->reveal(), {.places = places});
}

Result<std::string> open_event(ByteView sealed, std::span<const open::Identity> identities) {
  const auto plain = open::open_bytes(identities, sealed);
  if (!plain) return candour::fail(plain);
  const auto text = text_of_drop(plain->reveal());
  if (!text) return candour::fail(text);
  return std::string(*text);
}

}  // namespace candour::cli
