// SPDX-License-Identifier: AGPL-3.0-or-later
// Three caseworkers of one desk, ada, bo and cy, with their signing keys.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "crypto/sign/note.h"
#include "crypto/sign/signing_key.h"
#include "protocol/case_event.h"
#include "protocol/roster.h"

namespace candour::test {

inline CaseworkerId caseworker(std::string_view id) { return CaseworkerId::parse(id).value(); }

struct DeskPeople {
  Roster roster;
  std::map<std::string, sign::SigningKey, std::less<>> keys;

  DeskPeople() {
    for (const auto* name : {"ada", "bo", "cy"}) {
      const auto& key = keys.emplace(name, sign::SigningKey::make_random()).first->second;
      const CaseworkerId id = caseworker(name);
      roster.caseworkers.push_back({.id = id,
                                    .name = name,
                                    .desks = {DeskId::parse("legal").value()},
                                    .signing_key = make_note_verifier_key(id.key_name(), key.verify_key()),
                                    .sealing_key_note = {},
                                    .revoked = false,
                                    .sealing_key = std::nullopt});
    }
  }
  void move(std::string_view name, std::string_view desk) {
    for (Caseworker& one : roster.caseworkers)
      if (one.id.text() == name) one.desks = {DeskId::parse(desk).value()};
  }
  void revoke(std::string_view name) {
    for (Caseworker& one : roster.caseworkers)
      if (one.id.text() == name) one.revoked = true;
  }
  std::string sign_as(const CaseEvent& event, const std::string& name) const {
    return sign::sign_note(encode_event(event), caseworker(name).key_name(), keys.at(name)).value();
  }
  std::string sign(const CaseEvent& event) const { return sign_as(event, event.author.text()); }
};

}  // namespace candour::test
