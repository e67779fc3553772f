// SPDX-License-Identifier: AGPL-3.0-or-later
// What of a case a second caseworker has looked at (docs/spec/cases.md "A second pair of eyes"). It is told everything that is said, in
// its order. A value.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "protocol/case_event.h"

namespace candour {

// Something that can be signed off, and who did.
struct SignOffState {
  EventHash event{};     // the last one that said it
  CaseworkerId said_by;  // the first, of those that said it since it was last different
  std::optional<CaseworkerId> signed_by;
};

class SignOffs {
 public:
  // `value`: what stands from now on; empty where there is nothing to be signed.
  void said(SignOff what, std::string_view value, const CaseworkerId& author, const EventHash& hash);
  // Of what stood when she looked, which says somebody else.
  void signed_off(const event::SignedOff& body, const CaseworkerId& author);
  // What there is to be signed, or is.
  std::map<SignOff, SignOffState> standing() const;

 private:
  struct Subject {
    std::string value;
    std::set<EventHash> said_in;
    SignOffState state;
  };
  std::map<SignOff, Subject> subjects_;
};

}  // namespace candour
