// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/mailbox.h"

#include <catch2/catch_test_macros.hpp>
#include <set>
#include <string>

#include "support.h"

namespace candour {

TEST_CASE("replies of the vectors are found where they are looked for, and not beyond") {
  const auto file = test::read_vectors("drops.json");
  const auto root = test::secret_of_hex(test::text_at(file, "mailbox_root"));
  const auto& looking = test::at(file, "looking");
  std::set<std::string> there;
  for (const auto& tag : *test::at(looking, "there").array()) there.insert(*tag.text());
  REQUIRE(there.size() == 128);
  Roster roster;
  for (const auto* id : {"ada", "bo"}) {
    const auto who = CaseworkerId::parse(id).value();
    roster.caseworkers.push_back({who, id, {}, {}, {}, false, std::nullopt});
  }
  const auto is_there = [&](const DropTag& tag) { return there.contains(tag.encode()); };
  const auto found = find_replies(root, roster, is_there);
  const auto& expected = *test::at(looking, "found").array();
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    CHECK(found[i].caseworker->id.text() == *expected[i].array()->at(0).text());
    CHECK(found[i].number == expected[i].array()->at(1).whole());
    CHECK(is_there(found[i].tag));
  }
  // A server that says that everything is there does not keep her looking for ever.
  CHECK(find_replies(root, roster, [](const DropTag&) { return true; }).size() == 2 * replies_max);
  roster.caseworkers[0].revoked = true;
  for (const auto& reply : find_replies(root, roster, is_there)) CHECK(reply.caseworker->id.text() == "bo");
}

}  // namespace candour
