// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/routes/sessions.h"

#include <algorithm>

#include "crypto/core/bytes.h"
#include "crypto/core/encoding.h"
#include "crypto/core/random.h"
#include "crypto/core/secret.h"

namespace candour::server {
namespace {

constexpr std::size_t kTokenBytes = 32;

std::optional<Digest> digest_of(std::string_view token_hex) {
  Secret<kTokenBytes> token;
  if (!hex_decode_into(token_hex, token.writable())) return std::nullopt;
  return sha256(token.reveal());
}

}  // namespace

Result<Nonce> Sessions::make_nonce(Steady now) {
  std::erase_if(nonces_, [now](const auto& nonce) { return nonce.second <= now; });
  if (nonces_.size() >= nonces_max)
    return fail(Errc::busy, "too many sign-ins at once. Try again in two minutes.");
  Nonce nonce{};
  fill_random(nonce);
  nonces_.emplace(nonce, now + nonce_life);
  return nonce;
}

bool Sessions::take_nonce(const Nonce& nonce, Steady now) {
  const auto found = nonces_.find(nonce);
  if (found == nonces_.end()) return false;
  const bool live = now < found->second;
  nonces_.erase(found);
  return live;
}

std::string Sessions::sign_in(const Caseworker& caseworker, Steady now) {
  std::erase_if(sessions_, [now](const auto& entry) { return now - entry.second.last_used >= idle_max; });
  if (sessions_.size() >= sessions_max) {
    sessions_.erase(
        std::ranges::min_element(sessions_, {}, [](const auto& entry) { return entry.second.last_used; }));
  }
  const auto token = Secret<kTokenBytes>::make_random();
  sessions_.emplace(sha256(token.reveal()), Session{caseworker.id, caseworker.signing_key.key, now});
  return hex_encode(token.reveal());
}

std::optional<CaseworkerId> Sessions::find(std::string_view token, const Roster& roster, Steady now) {
  const auto digest = digest_of(token);
  if (!digest) return std::nullopt;
  const auto found = sessions_.find(*digest);
  if (found == sessions_.end()) return std::nullopt;
  Session& session = found->second;
  const Caseworker* owner = roster.find_active(session.owner);
  if (owner == nullptr || owner->signing_key.key != session.signed_in_with ||
      now - session.last_used >= idle_max) {
    sessions_.erase(found);
    return std::nullopt;
  }
  session.last_used = now;
  return session.owner;
}

void Sessions::sign_out(std::string_view token) {
  if (const auto digest = digest_of(token)) sessions_.erase(*digest);
}

}  // namespace candour::server
