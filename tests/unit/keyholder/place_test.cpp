// SPDX-License-Identifier: AGPL-3.0-or-later
#include "keyholder/place.h"

#include <catch2/catch_test_macros.hpp>

#include "matching/key_holders.h"
#include "protocol/roster_draft.h"

using namespace candour;
using namespace candour::keyholder;

namespace {

struct Shared {
  oprf::Key key = oprf::Key::make_random();
  std::vector<oprf::HolderShare> shares = oprf::share_key(key, 2, 3).value();

  RosterMatching matching() const {
    RosterMatching list;
    list.public_key = key.public_key().bytes();
    list.threshold = 2;
    for (const auto& share : shares) list.holders.push_back(matching::key_holder(share.number, share.key));
    return list;
  }
};

}  // namespace

TEST_CASE("a holder's number follows from its public half") {
  const Shared shared;
  Roster roster;
  REQUIRE(find_number(roster, shared.key).error().code == Errc::no_match);
  roster.matching = shared.matching();
  for (const auto& share : shared.shares) REQUIRE(find_number(roster, share.key) == share.number);
  REQUIRE(find_number(roster, shared.key).error().code ==
          Errc::no_match);  // the key before it was shared out

  const Shared again;
  REQUIRE(find_number(roster, again.shares[0].key).error().code == Errc::no_match);
}

TEST_CASE("a holder serves no roster whose shares do not belong together, or that has another access") {
  const Shared shared;
  Roster roster;
  roster.matching = shared.matching();
  roster.matching->holders[0].access[0] ^= 1;
  REQUIRE(find_number(roster, shared.shares[0].key).error().code == Errc::no_match);
  REQUIRE(find_number(roster, shared.shares[1].key) == 2);
  roster.matching = shared.matching();
  roster.matching->holders[2].public_share = Shared().shares[2].key.public_key().bytes();
  REQUIRE_FALSE(find_number(roster, shared.shares[0].key));
}
