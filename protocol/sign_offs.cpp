// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/sign_offs.h"

namespace candour {

void SignOffs::said(SignOff what, std::string_view value, const CaseworkerId& author, const EventHash& hash) {
  const auto found = subjects_.find(what);
  const bool is_same = found != subjects_.end() && found->second.value == value;
  if (is_same) {  // as for somebody who comes later: no change
    found->second.said_in.insert(hash);
    found->second.state.event = hash;
    return;
  }
  subjects_.insert_or_assign(what, Subject{std::string(value), {hash}, {hash, author, std::nullopt}});
}

void SignOffs::signed_off(const event::SignedOff& body, const CaseworkerId& author) {
  const auto found = subjects_.find(body.what);
  if (found == subjects_.end() || found->second.value.empty()) return;
  Subject& subject = found->second;
  if (subject.said_in.contains(body.of) && subject.state.said_by != author && !subject.state.signed_by)
    subject.state.signed_by = author;
}

std::map<SignOff, SignOffState> SignOffs::standing() const {
  std::map<SignOff, SignOffState> all;
  for (const auto& [what, subject] : subjects_)
    if (!subject.value.empty()) all.emplace(what, subject.state);
  return all;
}

}  // namespace candour
