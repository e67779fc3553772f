// SPDX-License-Identifier: AGPL-3.0-or-later
// Reports that take several of their readers to open (docs/spec/threshold.md).
#include "crypto/open/shares.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <optional>
#include <set>
#include <vector>

#include "crypto/core/encoding.h"
#include "crypto/seal/sealer.h"
#include "tests/unit/crypto/open/age_fixture.h"

using namespace candour;

namespace {

constexpr std::size_t places = 6;

struct Desk {
  std::vector<test::Reader> people;
  std::vector<seal::Recipient> recipients;
  explicit Desk(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      people.push_back(test::Reader::hybrid());
      recipients.push_back(people.back().recipient);
    }
  }
  Bytes seal(ByteView plain, unsigned threshold) const {
    return seal::seal_bytes(recipients, plain,
                            {.places = places, .sharing = seal::Sharing{threshold, Digest{7}}})
        .value();
  }
};

ThresholdHeader header_of(const Bytes& sealed) {
  return parse_threshold_header(parse_age_header(sealed).value()->stanzas).value();
}

// Each its giver's own, unless a test says otherwise.
open::GivenShare share_of(const test::Reader& reader, const ThresholdHeader& header,
                          std::optional<std::size_t> giver = std::nullopt) {
  auto own = open::unwrap_share(reader.identities, header).value();
  const std::size_t number = own->share.x;
  return {std::move(own->share), giver.value_or(number)};
}

// The first keeps her key, the others hand on their shares.
Result<SecretBytes> open_together(const Desk& desk, const Bytes& sealed, std::span<const std::size_t> who) {
  std::vector<open::Identity> identities;
  const auto& own = std::get<open::HybridIdentity>(desk.people[who[0]].identities[0]);
  identities.emplace_back(open::HybridIdentity::from_seed(Secret<32>::copy_of(own.seed().reveal())));
  for (const std::size_t other : who.subspan(1))
    identities.emplace_back(share_of(desk.people[other], header_of(sealed)));
  return open::open_bytes(identities, sealed);
}

}  // namespace

TEST_CASE("Together: any that are enough open it, and fewer do not") {
  const Desk desk(4);
  const Bytes plain = test::random_bytes(70'000);
  for (const unsigned threshold : {2U, 3U, 4U}) {
    const Bytes sealed = desk.seal(plain, threshold);
    std::vector<std::size_t> order{0, 1, 2, 3};
    do {
      const auto opened = open_together(desk, sealed, std::span(order).first(threshold));
      REQUIRE(opened);
      CHECK(test::copy(*opened) == plain);
      const auto too_few = open_together(desk, sealed, std::span(order).first(threshold - 1));
      CHECK(too_few.error().code == Errc::no_match);
    } while (std::ranges::next_permutation(order).found);
  }
}

TEST_CASE("Together: shares alone do, without a key of one's own") {
  const Desk desk(3);
  const Bytes sealed = desk.seal(as_bytes("words"), 2);
  std::vector<open::Identity> given;
  given.emplace_back(share_of(desk.people[2], header_of(sealed)));
  CHECK(open::open_bytes(given, sealed).error().code == Errc::no_match);
  given.emplace_back(share_of(desk.people[2], header_of(sealed)));  // the same twice is one
  CHECK(open::open_bytes(given, sealed).error().code == Errc::no_match);
  given.emplace_back(share_of(desk.people[0], header_of(sealed)));
  CHECK(test::copy(open::open_bytes(given, sealed).value()) == Bytes({'w', 'o', 'r', 'd', 's'}));
}

TEST_CASE(
    "Together: a wrong share is known by its commitment, and keeps nobody from opening with right ones") {
  const Desk desk(3);
  const Bytes sealed = desk.seal(as_bytes("words"), 2);
  const ThresholdHeader header = header_of(sealed);
  auto wrong = share_of(desk.people[1], header);
  wrong.share.y.writable()[3] ^= 1;
  CHECK(open::has_commitment(header, share_of(desk.people[1], header).share));
  CHECK_FALSE(open::has_commitment(header, wrong.share));
  auto moved = share_of(desk.people[1], header);
  moved.share.x = share_of(desk.people[2], header).share.x;
  CHECK_FALSE(open::has_commitment(header, moved.share));
  std::vector<open::Identity> given;
  given.emplace_back(std::move(wrong));
  given.emplace_back(std::move(moved));
  given.emplace_back(share_of(desk.people[0], header));
  CHECK(open::open_bytes(given, sealed).error().code == Errc::no_match);
  given.emplace_back(share_of(desk.people[1], header));
  CHECK(open::open_bytes(given, sealed));
}

TEST_CASE("Together: of each giver one right share counts, whatever she handed on before it") {
  const Desk desk(3);
  const Bytes sealed = desk.seal(as_bytes("words"), 2);
  const ThresholdHeader header = header_of(sealed);
  std::vector<open::Identity> given;
  given.emplace_back(share_of(desk.people[0], header, 1));
  given.emplace_back(share_of(desk.people[1], header, 1));
  CHECK(open::open_bytes(given, sealed).error().code == Errc::no_match);
  auto wrong = share_of(desk.people[1], header, 2);
  wrong.share.y.writable()[0] ^= 1;
  given.emplace_back(std::move(wrong));
  CHECK(open::open_bytes(given, sealed).error().code == Errc::no_match);
  given.emplace_back(share_of(desk.people[1], header, 2));
  CHECK(open::open_bytes(given, sealed));
}

TEST_CASE("Together: the audience comes with each share; places, sizes and numbers tell nothing") {
  std::set<std::size_t> sizes;
  std::set<unsigned> numbers;
  for (const std::size_t readers : {std::size_t{2}, std::size_t{5}, places}) {
    const Desk desk(readers);
    for (int round = 0; round < 30; ++round) {
      const Bytes sealed = desk.seal(as_bytes("words"), 2);
      sizes.insert(sealed.size());
      const ThresholdHeader header = header_of(sealed);
      CHECK(header.threshold == 2);
      CHECK(header.shares.size() == places);
      const auto own = open::unwrap_share(desk.people[0].identities, header).value();
      CHECK(own->audience_sha256 == Digest{7});
      numbers.insert(own->share.x);
    }
  }
  CHECK(sizes.size() == 1);
  CHECK(numbers.size() > 50);
}

TEST_CASE("Together: a stanza of one kind is not taken for the other, and strangers find nothing") {
  const Desk desk(2);
  const Bytes sealed = desk.seal(as_bytes("words"), 2);
  const test::Reader stranger = test::Reader::hybrid();
  CHECK_FALSE(open::unwrap_share(stranger.identities, header_of(sealed)).value());
  CHECK(open::open_bytes(stranger.identities, sealed).error().code == Errc::no_match);
}

TEST_CASE("Together: nobody lowers the threshold, nor a commitment to fit another share") {
  const Desk desk(3);
  const Bytes sealed = desk.seal(as_bytes("words"), 3);
  const std::string_view text = as_text(sealed);
  const auto opened = [&](const Bytes& changed, std::size_t shares) {
    std::vector<open::Identity> given;
    for (std::size_t i = 0; i < shares; ++i) given.emplace_back(share_of(desk.people[i], header_of(changed)));
    return open::open_bytes(given, changed);
  };
  REQUIRE(opened(sealed, 3));
  Bytes lowered = sealed;
  lowered[text.find("threshold 3") + std::string_view("threshold ").size()] = '2';
  CHECK(header_of(lowered).threshold == 2);
  CHECK(opened(lowered, 2).error().code == Errc::not_authentic);
  CHECK(opened(lowered, 3).error().code == Errc::not_authentic);
  auto header = header_of(sealed);
  const auto own = share_of(desk.people[0], header);
  auto wrong = share_of(desk.people[1], header);
  wrong.share.y.writable()[0] ^= 1;
  for (ShareStanza& stanza : header.shares)
    if (stanza.x == wrong.share.x) stanza.commitment = share_commitment(wrong.share);
  const std::string other = encode_age_header_for_mac(encode_threshold_header(header));
  Bytes changed(other.begin(), other.end());
  append(changed, ByteView(sealed).subspan(other.size()));
  std::vector<open::Identity> given;
  given.emplace_back(std::move(wrong));
  given.emplace_back(share_of(desk.people[0], header));
  given.emplace_back(share_of(desk.people[2], header));
  CHECK(open::open_bytes(given, changed).error().code == Errc::not_authentic);
}

TEST_CASE("Together: what is not of its form is refused") {
  const Desk desk(3);
  const auto good = parse_age_header(desk.seal(as_bytes("words"), 2)).value()->stanzas;
  REQUIRE(parse_threshold_header(good));
  CHECK(encode_age_header_for_mac(encode_threshold_header(parse_threshold_header(good).value())) ==
        encode_age_header_for_mac(good));
  const auto refused = [&](auto&& change) {
    auto stanzas = good;
    change(stanzas);
    return parse_threshold_header(stanzas).error().code == Errc::malformed;
  };
  for (const auto* k : {"1", "0", "02", "33", "+2", "2 ", "", "7"})
    CHECK(refused([&](auto& s) { s[0].arguments[1] = k; }));
  for (const auto* x : {"00", "1", "001", "0A", "g1"})
    CHECK(refused([&](auto& s) { s[1].arguments[1] = x; }));
  CHECK(refused([](auto& s) { s[1].arguments[1] = s[2].arguments[1]; }));
  CHECK(refused([](auto& s) { s[1].arguments[2].pop_back(); }));
  CHECK(refused([](auto& s) { s[1].arguments.push_back("more"); }));
  CHECK(refused([](auto& s) { s[1].body.push_back(0); }));
  CHECK(refused([](auto& s) { s[0].body.pop_back(); }));
  CHECK(refused([](auto& s) { s.pop_back(); }));
  CHECK(refused([](auto& s) { s[1].arguments[0] = "mlkem768x25519"; }));
  CHECK(refused([](auto& s) { std::swap(s[0], s[1]); }));
}

TEST_CASE("Together: a threshold that nobody could reach is refused") {
  const Desk desk(2);
  for (const unsigned threshold : {0U, 1U, 3U}) {
    const auto sealed = seal::seal_bytes(desk.recipients, as_bytes("words"),
                                         {.places = places, .sharing = seal::Sharing{threshold, {}}});
    CHECK(sealed.error().code == Errc::refused);
  }
  const test::Reader classic = test::Reader::x25519();
  CHECK(seal::seal_bytes({&classic.recipient, 1}, as_bytes("words"), {.sharing = seal::Sharing{2, {}}})
            .error()
            .code == Errc::refused);
}
