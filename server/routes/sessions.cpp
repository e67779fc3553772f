// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/routes/sessions.h"

#include <algorithm>
#include <cstddef>
#include <ranges>

#include "crypto/core/bytes.h"
#include "crypto/core/compare.h"
#include "crypto/core/encoding.h"
#include "crypto/core/random.h"
#include "crypto/core/secret.h"
#include "server/routes/moment_mac.h"

namespace candour::server {
namespace {

constexpr std::size_t kTokenBytes = 32;

std::optional<Digest> digest_of(std::string_view token_hex) {
  Secret<kTokenBytes> token;
  if (!hex_decode_into(token_hex, token.writable())) return std::nullopt;
  return sha256(token.reveal());
}

std::int64_t second_of(Sessions::Steady when) {
  return std::chrono::floor<std::chrono::seconds>(when.time_since_epoch()).count();
}

}  // namespace

// A nonce: 16 random bytes, and the MAC over these and the second.
Nonce Sessions::make_nonce(Steady now) const {
  Nonce nonce{};
  fill_random(std::span(nonce).first<16>());
  std::ranges::copy(moment_mac(nonce_key_, std::span(nonce).first<16>(), second_of(now)), nonce.begin() + 16);
  return nonce;
}

bool Sessions::take_nonce(const Nonce& nonce, Steady now) {
  std::erase_if(used_, [now](const auto& nonce_and_end) { return nonce_and_end.second <= now; });
  for (auto passed = std::chrono::seconds(0); passed < nonce_life; ++passed) {
    const auto mac = moment_mac(nonce_key_, std::span(nonce).first<16>(), second_of(now - passed));
    if (equal_constant_time(mac, std::span(nonce).last<16>()))
      return used_.emplace(nonce, now + nonce_life).second;
  }
  return false;
}

std::string Sessions::sign_in(const Caseworker& caseworker, Steady now) {
  std::erase_if(sessions_, [now](const auto& entry) { return now - entry.second.last_used >= idle_max; });
  const auto is_hers = [&](const auto& entry) { return entry.second.owner == caseworker.id; };
  const auto last_used = [](const auto& entry) { return entry.second.last_used; };
  auto hers = sessions_ | std::views::filter(is_hers);
  if (std::ranges::distance(hers) >= static_cast<std::ptrdiff_t>(sessions_of_one_max))
    sessions_.erase(std::ranges::min_element(hers, {}, last_used).base());
  if (sessions_.size() >= sessions_max) sessions_.erase(std::ranges::min_element(sessions_, {}, last_used));
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
