// SPDX-License-Identifier: AGPL-3.0-or-later
// What one reader of a report has of it that takes several to open, and what goes wrong.
#include "client-cli/cases/together.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/open/shares.h"
#include "crypto/seal/sealer.h"
#include "tests/unit/crypto/open/age_fixture.h"
#include "tests/unit/protocol/desk_people.h"

namespace candour::cli {
namespace {

using candour::test::caseworker;

std::vector<CaseworkerId> people_of(std::initializer_list<std::string_view> names) {
  std::vector<CaseworkerId> ids;
  for (const auto name : names) ids.push_back(caseworker(name));
  return ids;
}

// A report for ada, bo and cy, of whom two are needed.
struct Sealed {
  test::DeskPeople people;
  std::vector<test::Reader> readers;
  Bytes bytes;
  ReportId id{{7}};
  std::vector<VerifiedEvent> events;

  Sealed() {
    std::vector<seal::Recipient> recipients;
    for (int i = 0; i < 3; ++i) {
      readers.push_back(test::Reader::hybrid());
      recipients.push_back(readers.back().recipient);
    }
    bytes = seal::seal_bytes(
                recipients, as_bytes("words"),
                {.places = 5, .sharing = seal::Sharing{2, audience_sha256(people_of({"ada", "bo", "cy"}))}})
                .value();
  }
  SharedKey key_of(std::size_t reader) const {
    return read_shared_key(bytes, readers[reader].identities).value().value();
  }
  KnownReport known_to(std::size_t reader) const {
    return {.id = id,
            .arrived = Day(20'000),
            .trouble = {},
            .by_author = {},
            .shared = key_of(reader),
            .tried_on = {},
            .tried_with = 0};
  }
  void hand_on(const char* from, std::size_t reader, const char* to, auto&& change) {
    const SharedKey key = key_of(reader);
    event::Share share{id, key.header_sha256, key.own->x, key.own->share};
    change(share);
    std::vector<CaseworkerId> both{caseworker(from), caseworker(to)};
    std::ranges::sort(both);
    const auto event =
        next_event(events, people.roster, derive_case_id(id), caseworker(from), both, Day(20'001), share);
    events.push_back(verify_event(people.sign(event), people.roster, event.author).value());
  }
  void hand_on(const char* from, std::size_t reader, const char* to) {
    hand_on(from, reader, to, [](event::Share&) {});
  }
  Together seen_by(const char* who, std::size_t reader,
                   std::initializer_list<std::string_view> listed = {"ada", "bo", "cy"}) const {
    ListedReport report;
    report.id = id;
    report.audience = people_of(listed);
    std::vector<VerifiedEvent> hers;
    std::ranges::copy_if(events, std::back_inserter(hers), [&](const VerifiedEvent& event) {
      return event->can_be_read_by({caseworker(who)});
    });
    return together_of(known_to(reader), report, nullptr, shares_in(hers)[id], caseworker(who),
                       people.roster);
  }
};

}  // namespace

TEST_CASE("together: her own share, and one that was handed on, are enough") {
  Sealed report;
  const Together before = report.seen_by("ada", 0);
  CHECK((before.own && !before.open && !before.has_enough() && before.trouble.empty()));
  CHECK(before.needs == 2);
  CHECK(before.to == people_of({"bo", "cy"}));
  report.hand_on("bo", 1, "ada");
  report.hand_on("bo", 1, "ada");
  const Together after = report.seen_by("ada", 0);
  CHECK(after.has_enough());
  CHECK(after.from == people_of({"bo"}));
  CHECK(report.seen_by("bo", 1).given == people_of({"ada"}));
  CHECK_FALSE(report.seen_by("cy", 2).has_enough());
}

TEST_CASE("together: whoever hands on something else than her share is named, and it does not count") {
  Sealed report;
  report.hand_on("bo", 1, "ada", [](event::Share& share) { share.share[0] ^= 1; });
  const Together one = report.seen_by("ada", 0);
  CHECK_FALSE(one.has_enough());
  CHECK(one.from.empty());
  CHECK(one.trouble.find("what bo handed on is not her share") != std::string::npos);
  // Ada's own number with bo's share: neither.
  Sealed other;
  other.hand_on("bo", 1, "ada", [&](event::Share& share) { share.x = other.key_of(0).own->x; });
  CHECK_FALSE(other.seen_by("ada", 0).has_enough());
  CHECK_FALSE(other.seen_by("ada", 0).trouble.empty());
}

TEST_CASE(
    "together: a share counts once and for one person, and who hands on another's is named beside her") {
  Sealed report;
  report.hand_on("bo", 1, "ada");
  report.hand_on("cy", 1, "ada");
  const Together one = report.seen_by("ada", 0);
  CHECK(one.from.size() == 1);
  CHECK(one.trouble.find("bo and cy have the same share") != std::string::npos);
  Sealed other;
  other.hand_on("bo", 1, "ada");
  other.hand_on("bo", 2, "ada");
  const Together two = other.seen_by("ada", 0);
  CHECK(two.from == people_of({"bo"}));
  CHECK(two.trouble.find("bo handed on two shares") != std::string::npos);
}

TEST_CASE(
    "together: what she handed on of other bytes she may hand on anew, and why it is not open is said") {
  Sealed report;
  report.hand_on("ada", 0, "bo", [](event::Share& share) { share.header_sha256[0] ^= 1; });
  CHECK(report.seen_by("ada", 0).given.empty());
  report.hand_on("ada", 0, "bo");
  CHECK(report.seen_by("ada", 0).given == people_of({"bo"}));
  KnownReport known = report.known_to(0);
  known.trouble = "It is damaged.";
  ListedReport listed;
  listed.audience = people_of({"ada", "bo", "cy"});
  CHECK(together_of(known, listed, nullptr, {}, caseworker("ada"), report.people.roster).trouble ==
        "It is damaged.");
}

TEST_CASE("together: both who did wrong are named, and nobody whose key another may have") {
  Sealed report;
  report.hand_on("bo", 1, "ada", [](event::Share& share) { share.share[0] ^= 1; });
  report.hand_on("cy", 2, "ada", [](event::Share& share) { share.header_sha256[0] ^= 1; });
  const Together one = report.seen_by("ada", 0);
  CHECK(one.trouble.find("what bo handed on") != std::string::npos);
  CHECK(one.trouble.find("cy was given another report") != std::string::npos);
  CHECK(one.to == people_of({"bo", "cy"}));
  report.people.revoke("bo");
  CHECK(report.seen_by("ada", 0).trouble.find("bo") == std::string::npos);
}

TEST_CASE("together: two who were given different bytes under one id find it out") {
  Sealed report;
  report.hand_on("bo", 1, "ada", [](event::Share& share) { share.header_sha256[0] ^= 1; });
  const Together one = report.seen_by("ada", 0);
  CHECK_FALSE(one.has_enough());
  CHECK(one.trouble.find("bo was given another report than you") != std::string::npos);
}

TEST_CASE("together: where the server lists others than the author named, nothing is handed on") {
  const Sealed report;
  for (const auto& listed : {std::initializer_list<std::string_view>{"ada", "bo", "cy", "dee"},
                             {"ada", "bo"},
                             {"bo", "ada", "cy"}}) {
    const Together one = report.seen_by("ada", 0, listed);
    CHECK(one.to.empty());
    CHECK(one.trouble.find("the server lists other readers") != std::string::npos);
  }
}

TEST_CASE("together: to who is no longer in the roster nothing is handed on") {
  Sealed report;
  report.people.revoke("bo");
  CHECK(report.seen_by("ada", 0).to == people_of({"cy"}));
}

TEST_CASE("together: a share that does not fit its own commitment is the writer's doing") {
  const Sealed report;
  KnownReport known = report.known_to(0);
  known.shared->own->share[0] ^= 1;
  ListedReport listed;
  listed.audience = people_of({"ada", "bo", "cy"});
  const Together one = together_of(known, listed, nullptr, {}, caseworker("ada"), report.people.roster);
  CHECK_FALSE(one.own);
  CHECK(one.to.empty());
  CHECK(one.trouble.find("is not what its header says") != std::string::npos);
}

TEST_CASE("together: who was admitted has no share of her own") {
  Sealed report;
  const auto stranger = test::Reader::hybrid();
  const auto key = read_shared_key(report.bytes, stranger.identities).value();
  REQUIRE(key);
  CHECK_FALSE(key->own);
  CHECK_FALSE(read_shared_key(seal::seal_bytes({&stranger.recipient, 1}, as_bytes("plain")).value(),
                              stranger.identities)
                  .value());
}

}  // namespace candour::cli
