// SPDX-License-Identifier: AGPL-3.0-or-later
// What an author sends, whatever she wants, has one form; and it opens as she wanted and not otherwise.
#include "matching/compose.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "crypto/core/encoding.h"
#include "people.h"

using namespace candour;
using namespace candour::matching;
using test::Author;
using test::Wish;

namespace {

const Author bea("bea");

const std::vector<Wish> wishes{{.names = {}, .held = {}},
                               {.names = {"x"}, .held = {}},
                               {.names = {"x", "y", "z"}, .held = Threshold::two},
                               {.names = {"x"}, .held = Threshold::three, .contact = "Ring 000."}};

oprf::SecretScalar root_for(Threshold k, std::string_view name) {
  auto polynomial = MatchPolynomial::from_output(k, test::output_of(name));
  return oprf::SecretScalar::parse(polynomial->root().reveal()).value();
}

}  // namespace

TEST_CASE("Compose: one size, and every slot is well-formed, used or not, held or not") {
  std::set<std::size_t> sizes;
  for (const Wish& wish : wishes) {
    const Companion companion = bea.compose(wish);
    sizes.insert(bea.note(companion).size());
    const auto point = match_point(companion.author).value();
    for (const Slot& slot : companion.slots) {
      for (const Threshold k : thresholds) {
        std::vector<oprf::Element> commitments;
        for (std::size_t i = 0; i < count_of(k); ++i)
          commitments.push_back(oprf::Element::parse(slot.commitments(k).subspan(32 * i, 32)).value());
        CHECK(is_share_of({point, oprf::Scalar::parse(slot.share(k)).value()}, commitments));
      }
    }
  }
  CHECK(sizes.size() == 1);
}

TEST_CASE("Compose: nothing that was drawn comes twice, and places tell nothing") {
  std::set<std::string> salts;
  std::set<std::string> wraps;
  std::set<std::string> ends;
  std::set<std::size_t> places;
  for (int i = 0; i < 24; ++i) {
    Companion companion = bea.compose(wishes[1]);
    salts.insert(hex_encode(companion.salt));
    ends.insert(hex_encode(companion.body));
    ends.insert(hex_encode(companion.contact));
    for (const Slot& slot : companion.slots) wraps.insert(hex_encode(slot.wrap()));
    places.insert(static_cast<std::size_t>(&test::slot_of(companion, "x") - companion.slots.data()));
  }
  CHECK(salts.size() == 24);
  CHECK(ends.size() == 48);
  CHECK(wraps.size() == 24 * companion_slots);
  CHECK(places.size() > 1);  // 24 times the same: one chance in 8^23
}

TEST_CASE("Compose: what is wrapped opens under the root of the chosen threshold, for this companion") {
  for (const Threshold k : thresholds) {
    Companion companion = bea.compose({.names = {"x"}, .held = k});
    const Slot slot = test::slot_of(companion, "x");
    for (const Threshold other : thresholds) {
      const auto secret = unwrap_secret(root_for(other, "x"), companion, slot);
      CHECK(secret.has_value() == (other == k));
    }
    CHECK(unwrap_secret(root_for(k, "y"), companion, slot).error().code == Errc::not_authentic);
    Companion moved = companion;
    moved.salt[0] ^= 1;
    CHECK_FALSE(unwrap_secret(root_for(k, "x"), moved, slot));
    moved = companion;
    moved.report.bytes[0] ^= 1;
    CHECK_FALSE(unwrap_secret(root_for(k, "x"), moved, slot));
    moved = companion;
    moved.author.bytes[0] ^= 1;
    CHECK_FALSE(unwrap_secret(root_for(k, "x"), moved, slot));
  }
}

TEST_CASE("Compose: body and contact open as wished") {
  const auto secret_of = [](Companion& companion, Threshold k) {
    return unwrap_secret(root_for(k, "x"), companion, test::slot_of(companion, "x")).value();
  };
  Companion now = bea.compose(wishes[1]);
  Companion held = bea.compose(wishes[2]);
  Companion asked = bea.compose(wishes[3]);
  const auto now_secret = secret_of(now, Threshold::two);
  CHECK_FALSE(open_body(now_secret, nullptr, now));
  CHECK_FALSE(open_body(now_secret, &bea.release, now));
  CHECK(open_contact(now_secret, now).error().code == Errc::not_authentic);
  const auto held_secret = secret_of(held, Threshold::two);
  CHECK(std::ranges::equal(open_body(held_secret, nullptr, held)->reveal(), bea.identity_seed.reveal()));
  CHECK_FALSE(open_contact(held_secret, held));
  const auto asked_secret = secret_of(asked, Threshold::three);
  CHECK(open_contact(asked_secret, asked) == "Ring 000.");
  CHECK_FALSE(open_body(asked_secret, nullptr, asked));
  const Release another = Release::make_random();
  CHECK_FALSE(open_body(asked_secret, &another, asked));
  CHECK(
      std::ranges::equal(open_body(asked_secret, &bea.release, asked)->reveal(), bea.identity_seed.reveal()));
}

TEST_CASE("Compose: an identifier twice, a contact that is none and too many left out are refused") {
  const auto composed = [](const Outputs& outputs, std::string contact, std::vector<CaseworkerId> excluded) {
    const ContactFirst first{bea.release, std::move(contact)};
    const Holding holding{Threshold::two, bea.identity_seed, &first};
    return compose_companion({.report = bea.report,
                              .author = bea.key.verify_key(),
                              .evaluation_key = test::reader().evaluation_key,
                              .excluded = std::move(excluded),
                              .outputs = outputs,
                              .holding = &holding});
  };
  CHECK(composed(test::outputs_of({"x", "y"}), "Ring.", {test::caseworker("bo"), test::caseworker("bo")})
            ->excluded.size() == 1);
  CHECK(composed(test::outputs_of({"x", "y", "x"}), "Ring.", {}).error().code == Errc::conflict);
  for (const std::string& contact : {std::string(), std::string(1025, 'a'), std::string("a\tb"),
                                     std::string("\xFF"), std::string(1, '\0')})
    CHECK(composed(test::outputs_of({"x"}), contact, {}).error().code == Errc::malformed);
  CHECK(composed(test::outputs_of({"x"}), std::string(1024, 'a'), {}));
  std::vector<CaseworkerId> all;
  for (std::size_t i = 0; i <= companion_excluded_max; ++i)
    all.push_back(test::caseworker(std::to_string(i)));
  CHECK(composed(test::outputs_of({"x"}), "Ring.", all).error().code == Errc::too_large);
}
