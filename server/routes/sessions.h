// SPDX-License-Identifier: AGPL-3.0-or-later
// Who is signed in at the desk, in memory alone: of a token only its SHA-256 is kept, so that a dump of this
// process signs nobody in. Bounded; a restart signs everybody out. Whether the owner of a token is still in
// the roster is asked at every use, so that a revocation works at the next request. Spec: docs/spec/http.md.
// For the loop's thread.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/core/hash.h"
#include "crypto/core/secret.h"
#include "protocol/ids.h"
#include "protocol/roster.h"

namespace candour::server {

using Nonce = std::array<std::uint8_t, 32>;

class Sessions {
 public:
  using Steady = std::chrono::steady_clock::time_point;

  static constexpr std::size_t sessions_max = 1024;
  static constexpr std::size_t sessions_of_one_max = 16;  // so that nobody signs the others out
  static constexpr std::chrono::minutes nonce_life{2};
  static constexpr std::chrono::minutes idle_max{15};

  // Random bytes and a MAC over them and the second: the server keeps nothing until somebody has signed it, so that asking for nonces cannot
  // shut anybody out.
  Nonce make_nonce(Steady now) const;
  // Good once: whether it was live, and it no longer is. Call it last, when all else about the sign-in is right: only
  // nonces that a caseworker signed are remembered.
  bool take_nonce(const Nonce& nonce, Steady now);

  // The token, as hex: shown once, never kept.
  std::string sign_in(const Caseworker& caseworker, Steady now);
  // Whose token this is, if it lives and she is still active in `roster` with the same key. Prolongs it.
  std::optional<CaseworkerId> find(std::string_view token, const Roster& roster, Steady now);
  void sign_out(std::string_view token);

 private:
  struct Session {
    CaseworkerId owner;
    VerifyKey signed_in_with;
    Steady last_used;
  };

  Secret<32> nonce_key_ = Secret<32>::make_random();
  std::map<Nonce, Steady> used_;  // until when
  std::map<Digest, Session> sessions_;
};

}  // namespace candour::server
