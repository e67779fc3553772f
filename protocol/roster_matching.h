// SPDX-License-Identifier: AGPL-3.0-or-later
// Who matches reports, and by which key names are evaluated (docs/spec/roster.md "Matching"). Here only the form: whether the public shares
// belong together is for who evaluates by them (crypto/oprf/threshold.h, which the server does not have). Values, no I/O.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "crypto/core/hash.h"
#include "crypto/core/result.h"
#include "crypto/core/secret.h"
#include "protocol/ids.h"
#include "protocol/json.h"

namespace candour {

struct KeyHolder {
  std::uint8_t number = 0;
  std::array<std::uint8_t, 32> public_share{};
  Digest access{};  // SHA-256 of a label and the token by which it asks for batches
  bool operator==(const KeyHolder&) const = default;
};

// Of that token: what the roster says, and the server compares.
Digest holder_access(const Secret<32>& token);

struct RosterMatching {
  std::vector<CaseworkerId> group;  // sorted
  std::array<std::uint8_t, 32> public_key{};
  unsigned threshold = 1;
  std::vector<KeyHolder> holders;  // by number

  bool operator==(const RosterMatching&) const = default;
};

// Of the member "matching". Errc::malformed, with the field that is wrong.
Result<RosterMatching> read_roster_matching(const json::Value& value);
json::Value encode_roster_matching(const RosterMatching& matching);
// The same without "group": what a tool that makes or shares out a key hands to the steward. Errc::malformed.
Result<RosterMatching> parse_holder_list(std::string_view json);
std::string encode_holder_list(const RosterMatching& matching);

}  // namespace candour
