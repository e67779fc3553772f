// SPDX-License-Identifier: AGPL-3.0-or-later
// docs/spec/vectors/companion.json, which another implementation made: the same bytes here, and the same matches.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "../protocol/support.h"
#include "crypto/core/encoding.h"
#include "crypto/sign/note.h"
#include "matching/compose.h"
#include "matching/match.h"
#include "protocol/reporter_keys.h"

using namespace candour;
using namespace candour::matching;
using candour::test::at;
using candour::test::secret_of_hex;
using candour::test::text_at;

namespace {

const json::Value& vectors() {
  static const json::Value read = candour::test::read_vectors("companion.json");
  return read;
}

template <std::size_t N>
std::array<std::uint8_t, N> bytes_at(const json::Value& object, std::string_view name) {
  std::array<std::uint8_t, N> bytes{};
  REQUIRE(hex_decode_into(text_at(object, name), bytes));
  return bytes;
}

oprf::Output output_of_hex(std::string_view hex) {
  oprf::Output output;
  REQUIRE(hex_decode_into(hex, output.writable()));
  return output;
}

oprf::Element element_of_hex(std::string_view hex) {
  return oprf::Element::parse(hex_decode(hex).value()).value();
}

ReporterKeys keys_of(const json::Value& one) {
  return ReporterKeys::derive(Codename::parse(text_at(one, "codename")).value());
}

std::size_t number_at(const json::Value& object, std::string_view name) {
  return static_cast<std::size_t>(at(object, name).whole().value());
}

CompanionDraw draw_of(const json::Value& one) {
  CompanionDraw draw;
  draw.salt = bytes_at<32>(one, "salt");
  draw.secret = secret_of_hex(text_at(one, "secret"));
  draw.body = bytes_at<body_bytes>(one, "body");
  draw.contact = bytes_at<contact_bytes>(one, "contact");
  const auto& order = *at(one, "order").array();
  std::ranges::transform(order, draw.order.begin(), [](const json::Value& place) {
    return static_cast<std::size_t>(place.whole().value());
  });
  return draw;
}

const json::Value& companion_named(std::string_view name) {
  const auto& all = *at(vectors(), "companions").array();
  const auto found =
      std::ranges::find_if(all, [&](const json::Value& one) { return text_at(one, "name") == name; });
  REQUIRE(found != all.end());
  return *found;
}

}  // namespace

TEST_CASE("Companion vectors: polynomials") {
  const auto& all = *at(vectors(), "polynomials").array();
  REQUIRE(all.size() == 2);
  for (const json::Value& one : all) {
    const auto k = number_at(one, "threshold") == 2 ? Threshold::two : Threshold::three;
    const auto polynomial = MatchPolynomial::from_output(k, output_of_hex(text_at(one, "output"))).value();
    CHECK(hex_encode(polynomial.root().reveal()) == *at(one, "coefficients").array()->front().text());
    std::vector<oprf::Element> commitments;
    for (const json::Value& hex : *at(one, "commitments").array())
      commitments.push_back(element_of_hex(*hex.text()));
    CHECK(polynomial.commitments() == commitments);
  }
}

TEST_CASE("Companion vectors: the same is composed and signed, byte for byte") {
  const auto& all = *at(vectors(), "companions").array();
  REQUIRE(all.size() == 3);
  for (const json::Value& one : all) {
    INFO(text_at(one, "name"));
    const ReporterKeys keys = keys_of(one);
    Outputs outputs;
    std::ranges::transform(*at(one, "outputs").array(), outputs.begin(),
                           [](const json::Value& hex) { return output_of_hex(*hex.text()); });
    CompanionPlan plan{.report = keys.report_id(0),
                       .author = keys.authorship().verify_key(),
                       .roster_sha256 = bytes_at<32>(vectors(), "roster_sha256"),
                       .evaluation_key = element_of_hex(text_at(vectors(), "evaluation_key")),
                       .excluded = {},
                       .outputs = outputs};
    for (const json::Value& id : *at(one, "excluded").array())
      plan.excluded.push_back(CaseworkerId::parse(*id.text()).value());
    const Release release = keys.match_release(0);
    CHECK(hex_encode(release.reveal()) == text_at(one, "release"));
    CHECK(hex_encode(match_point(plan.author)->bytes()) == text_at(one, "point"));
    const std::string* words = at(one, "contact").text();
    const ContactFirst contact{release, words == nullptr ? "" : *words};
    std::optional<Secret<32>> seed;
    std::optional<Holding> holding;
    if (at(one, "identity_seed").text() != nullptr) {
      seed = secret_of_hex(text_at(one, "identity_seed"));
      holding.emplace(number_at(one, "threshold") == 2 ? Threshold::two : Threshold::three, *seed,
                      words == nullptr ? nullptr : &contact);
      plan.holding = &*holding;
    }
    const auto companion = compose_companion(plan, draw_of(at(one, "draw")));
    REQUIRE(companion);
    const auto note = sign::sign_note(encode_companion(*companion), "candour/author", keys.authorship());
    CHECK(note == text_at(one, "note"));
    CHECK(verify_companion(text_at(one, "note")));
  }
}

TEST_CASE("Companion vectors: the same matches") {
  const auto& all = *at(vectors(), "matches").array();
  REQUIRE(all.size() == 4);
  for (const json::Value& one : all) {
    MatchReader reader{.caseworker = CaseworkerId::parse("ada").value(),
                       .evaluation_key = element_of_hex(text_at(vectors(), "evaluation_key"))};
    std::vector<VerifiedCompanion> sent;
    for (const json::Value& name : *at(one, "of").array()) {
      const json::Value& companion = companion_named(*name.text());
      sent.push_back(verify_companion(text_at(companion, "note")).value());
      const auto release = secret_of_hex(text_at(companion, "release"));
      HandedOver handed_over;
      std::ranges::copy(release.reveal(), handed_over.begin());
      reader.releases.emplace(std::pair(sent.back()->report, sent.back()->author), handed_over);
    }
    const auto result = match_companions(sent, reader);
    const auto& opened = *at(one, "opened").array();
    CHECK(result.matches.size() == (opened.empty() ? 0 : 1));
    CHECK(result.opened.size() == opened.size());
    CHECK(result.objected.empty());
    for (const json::Value& name : opened) {
      const json::Value& companion = companion_named(*name.text());
      const auto found = std::ranges::find(result.opened, keys_of(companion).report_id(0),
                                           [](const OpenedCompanion& o) { return o.companion.report; });
      REQUIRE(found != result.opened.end());
      const std::string* words = at(companion, "contact").text();
      CHECK(found->contact.has_value() == (words != nullptr));
      if (words != nullptr) CHECK(found->contact == *words);
      const std::string* seed = at(companion, "identity_seed").text();
      CHECK(found->identity_seed.has_value() == (seed != nullptr));
      if (seed != nullptr) CHECK(hex_encode(found->identity_seed->reveal()) == *seed);
    }
  }
}
