// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/routes/sessions.h"

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "crypto/core/init.h"
#include "crypto/sign/signing_key.h"

using namespace candour;
using namespace candour::server;
using namespace std::chrono_literals;

namespace {

const Sessions::Steady kStart{1h};

Roster roster_of_ada() {
  REQUIRE(init_crypto());
  Roster roster;
  roster.caseworkers.push_back({.id = *CaseworkerId::parse("ada"),
                                .name = "Ada",
                                .desks = {},
                                .signing_key = make_note_verifier_key(
                                    "candour/caseworker/ada", sign::SigningKey::make_random().verify_key()),
                                .sealing_key_note = {},
                                .revoked = false,
                                .sealing_key = std::nullopt});
  return roster;
}

}  // namespace

TEST_CASE("a nonce is good once, and for two minutes") {
  REQUIRE(init_crypto());
  Sessions sessions;
  const Nonce nonce = sessions.make_nonce(kStart);
  const Nonce late = sessions.make_nonce(kStart);
  CHECK(nonce != late);
  CHECK(sessions.take_nonce(nonce, kStart + 119s));
  CHECK_FALSE(sessions.take_nonce(nonce, kStart + 119s));
  CHECK_FALSE(sessions.take_nonce(late, kStart + 120s));
  CHECK_FALSE(sessions.take_nonce(Nonce{}, kStart));
}

TEST_CASE("only this server makes its nonces, and every bit counts") {
  REQUIRE(init_crypto());
  Sessions sessions;
  Sessions other;
  CHECK_FALSE(sessions.take_nonce(other.make_nonce(kStart), kStart));
  const Nonce nonce = sessions.make_nonce(kStart);
  for (std::size_t bit = 0; bit < 8 * nonce.size(); ++bit) {
    Nonce changed = nonce;
    changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1U << (bit % 8)));
    CHECK_FALSE(sessions.take_nonce(changed, kStart));
  }
  CHECK(sessions.take_nonce(nonce, kStart));
}

TEST_CASE("asking for nonces shuts nobody out") {
  REQUIRE(init_crypto());
  Sessions sessions;
  for (int n = 0; n < 10'000; ++n) (void)sessions.make_nonce(kStart);
  CHECK(sessions.take_nonce(sessions.make_nonce(kStart), kStart));
}

TEST_CASE("a token lives fifteen minutes after its last use") {
  const Roster roster = roster_of_ada();
  Sessions sessions;
  const std::string token = sessions.sign_in(roster.caseworkers[0], kStart);
  CHECK(sessions.find(token, roster, kStart + 14min)->text() == "ada");
  CHECK(sessions.find(token, roster, kStart + 28min));
  CHECK_FALSE(sessions.find(token, roster, kStart + 43min));
  CHECK_FALSE(sessions.find(token, roster, kStart + 28min));  // gone for good
}

TEST_CASE("a token ends when its owner is revoked, replaced or gone, and when she signs out") {
  const Roster roster = roster_of_ada();
  Sessions sessions;
  const auto token = [&] { return sessions.sign_in(roster.caseworkers[0], kStart); };
  Roster changed = roster;
  changed.caseworkers[0].revoked = true;
  CHECK_FALSE(sessions.find(token(), changed, kStart));
  changed.caseworkers.clear();
  CHECK_FALSE(sessions.find(token(), changed, kStart));
  CHECK_FALSE(sessions.find(token(), roster_of_ada(), kStart));
  const std::string out = token();
  CHECK(sessions.find(out, roster, kStart));
  sessions.sign_out(out);
  CHECK_FALSE(sessions.find(out, roster, kStart));
}

TEST_CASE("what is no token finds nobody") {
  const Roster roster = roster_of_ada();
  Sessions sessions;
  std::string token = sessions.sign_in(roster.caseworkers[0], kStart);
  token.back() = token.back() == '0' ? '1' : '0';
  CHECK_FALSE(sessions.find(token, roster, kStart));
  CHECK_FALSE(sessions.find("", roster, kStart));
  CHECK_FALSE(sessions.find("not hex", roster, kStart));
}

TEST_CASE("of one caseworker sixteen; her longest unused gives way, never a colleague's") {
  const Roster roster = roster_of_ada();
  Sessions sessions;
  Roster both = roster;
  both.caseworkers.push_back(roster.caseworkers[0]);
  both.caseworkers[1].id = *CaseworkerId::parse("bo");
  const std::string colleague = sessions.sign_in(both.caseworkers[1], kStart);
  const std::string oldest = sessions.sign_in(roster.caseworkers[0], kStart + 1s);
  const std::string second = sessions.sign_in(roster.caseworkers[0], kStart + 2s);
  for (std::size_t n = 2; n <= Sessions::sessions_of_one_max; ++n)
    sessions.sign_in(roster.caseworkers[0], kStart + 3s);
  CHECK_FALSE(sessions.find(oldest, both, kStart + 4s));
  CHECK(sessions.find(second, both, kStart + 4s));
  CHECK(sessions.find(colleague, both, kStart + 4s));
}

TEST_CASE("when all places are taken, the longest unused gives way") {
  Roster roster = roster_of_ada();
  const Caseworker ada = roster.caseworkers[0];
  roster.caseworkers.clear();
  const std::size_t caseworkers = Sessions::sessions_max / Sessions::sessions_of_one_max + 1;
  for (std::size_t n = 0; n < caseworkers; ++n) {
    roster.caseworkers.push_back(ada);
    roster.caseworkers.back().id = *CaseworkerId::parse("c" + std::to_string(n));
  }
  Sessions sessions;
  const std::string oldest = sessions.sign_in(roster.caseworkers[0], kStart);
  const std::string second = sessions.sign_in(roster.caseworkers[0], kStart + 1s);
  for (std::size_t n = 2; n <= Sessions::sessions_max; ++n)
    sessions.sign_in(roster.caseworkers[n % caseworkers], kStart + 2s);
  CHECK_FALSE(sessions.find(oldest, roster, kStart + 3s));
  CHECK(sessions.find(second, roster, kStart + 3s));
}
