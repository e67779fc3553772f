// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test_roster.h"

#include "crypto/sign/note.h"
#include "protocol/default_form.h"
#include "protocol/roster_draft.h"
#include "protocol/sealing_key_note.h"

namespace candour::cli::test {
namespace {

Caseworker make_caseworker(const CaseworkerId& id, const open::HybridIdentity& identity) {
  const auto key = sign::SigningKey::make_random();
  const SealingKey sealing{id, encode_recipient(identity.recipient()), roster_day, roster_day.plus(30)};
  return {id,
          id.text(),
          {legal_desk},
          make_note_verifier_key(id.key_name(), key.verify_key()),
          sign::sign_note(encode_sealing_key(sealing), id.key_name(), key).value(),
          false,
          sealing};
}

}  // namespace

TestRoster make_test_roster(const std::vector<CaseworkerId>& ids,
                            const std::function<void(Roster&)>& change) {
  const auto key = sign::SigningKey::make_random();
  Roster roster;
  roster.service = "Test";
  roster.public_name = "Notes";
  roster.version = 1;
  roster.valid_from = roster_day;
  roster.valid_until = roster_day.plus(30);
  roster.places = ids.size();
  roster.desks.push_back({legal_desk, "Legal desk", "Solicitors", 1});
  std::vector<open::HybridIdentity> identities;
  for (const CaseworkerId& id : ids) {
    identities.push_back(open::HybridIdentity::make_random());
    roster.caseworkers.push_back(make_caseworker(id, identities.back()));
  }
  roster.receipt_key = make_note_verifier_key("candour/receipt/main", key.verify_key());
  roster.form_json = default_form_json();
  roster.form = parse_form(roster.form_json).value();
  if (change) change(roster);
  const std::string name = "candour/root-key/main";
  const Pin pin = Pin::of(1, {make_note_verifier_key(name, key.verify_key())}).value();
  return {std::move(identities),
          verify_roster_signatures(sign::sign_note(encode_roster(roster), name, key).value(), pin).value()};
}

}  // namespace candour::cli::test
