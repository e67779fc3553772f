// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/seal/sealer.h"

#include <catch2/catch_test_macros.hpp>
#include <set>
#include <string>

#include "crypto/core/age_header.h"
#include "crypto/core/age_stream.h"
#include "tests/unit/crypto/open/age_fixture.h"

using namespace candour;
using test::Reader;

TEST_CASE("What is sealed opens again, at every kind of size, on one thread and several") {
  const Reader reader = Reader::hybrid();
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{65535}, std::size_t{65536}, std::size_t{65537},
        std::size_t{131072}, std::size_t{200000}, std::size_t{50} * 65536, std::size_t{50} * 65536 + 1}) {
    const Bytes plain = test::random_bytes(size);
    for (const unsigned threads : {1U, 2U, 5U}) {
      const Bytes sealed =
          seal::seal_bytes({&reader.recipient, 1}, plain, {.places = 0, .threads = threads}).value();
      const auto header = parse_age_header(sealed).value().value();
      CHECK(sealed.size() == header.size_bytes + age_payload_size(size));
      const auto opened = open::open_bytes(reader.identities, sealed, {.threads = threads});
      REQUIRE(opened);
      CHECK(test::copy(*opened) == plain);
    }
  }
}

TEST_CASE("The size of the pieces makes no difference") {
  const Reader reader = Reader::x25519();
  const Bytes plain = test::random_bytes(300'001);
  for (const std::size_t piece :
       {std::size_t{1}, std::size_t{17}, std::size_t{65536}, std::size_t{65552}, std::size_t{100'000}}) {
    Bytes sealed;
    auto sealer = seal::Sealer::to_recipients({&reader.recipient, 1},
                                              {.places = 0, .threads = piece % 2 == 0 ? 2U : 1U},
                                              [&](ByteView out) -> Result<> {
                                                append(sealed, out);
                                                return {};
                                              });
    REQUIRE(sealer);
    for (ByteView rest(plain); !rest.empty(); rest = rest.subspan(std::min(piece, rest.size()))) {
      REQUIRE(sealer->update(rest.first(std::min(piece, rest.size()))));
    }
    REQUIRE(sealer->finish());
    const auto opened =
        test::open_in_pieces(reader.identities, sealed, piece, {.threads = piece % 2 == 0 ? 1U : 2U});
    REQUIRE(opened.outcome);
    CHECK(opened.stage == open::OpenStage::done);
    CHECK(opened.released == plain);
  }
}

TEST_CASE("Reading straight into space() is the same as update()") {
  const Reader reader = Reader::hybrid();
  const Bytes plain = test::random_bytes(5 * 65536);
  Bytes sealed;
  auto sealer = seal::Sealer::to_recipients({&reader.recipient, 1}, {}, [&](ByteView out) -> Result<> {
    append(sealed, out);
    return {};
  });
  REQUIRE(sealer);
  ByteView rest(plain);
  for (std::size_t n = 1; !rest.empty(); n = n * 3 % 70'001) {
    const auto room = sealer->space().value();
    const std::size_t size = std::min({room.size(), rest.size(), n});
    std::copy_n(rest.begin(), size, room.begin());
    REQUIRE(sealer->filled(size));
    rest = rest.subspan(size);
  }
  CHECK_FALSE(sealer->space().value().empty());
  REQUIRE(sealer->filled(0));  // the end of a file that ends with a full chunk
  REQUIRE(sealer->finish());
  CHECK_FALSE(sealer->finish());
  CHECK_FALSE(sealer->update(plain));

  Bytes released;
  open::Opener opener(reader.identities, {}, [&](open::Provisional out) -> Result<> {
    append(released, out.bytes);
    return {};
  });
  rest = sealed;
  while (!rest.empty()) {
    const auto room = opener.space().value();
    const std::size_t size = std::min(room.size(), rest.size());
    std::copy_n(rest.begin(), size, room.begin());
    REQUIRE(opener.filled(size));
    rest = rest.subspan(size);
  }
  CHECK_FALSE(opener.space().value().empty());
  REQUIRE(opener.finish());
  CHECK(released == plain);
  CHECK_FALSE(opener.finish());
  CHECK_FALSE(opener.update(sealed));
}

TEST_CASE("Each reader opens it, and nobody else does") {
  std::vector<Reader> readers;
  std::vector<seal::Recipient> recipients;
  for (int i = 0; i < 3; ++i) {
    readers.push_back(Reader::hybrid());
    recipients.push_back(readers.back().recipient);
  }
  const Bytes sealed = seal::seal_bytes(recipients, as_bytes("for three"), {.places = 8}).value();
  for (const Reader& reader : readers) {
    CHECK(as_text(open::open_bytes(reader.identities, sealed).value().reveal()) == "for three");
  }
  CHECK(open::open_bytes(Reader::hybrid().identities, sealed).error().code == Errc::no_match);
  CHECK(open::open_bytes(Reader::x25519().identities, sealed).error().code == Errc::no_match);
}

TEST_CASE("Dummies fill the places, look like real stanzas, and stand in random order") {
  const Reader reader = Reader::hybrid();
  std::set<std::size_t> positions;
  std::set<std::size_t> sizes;
  std::set<std::string> shares;
  std::size_t stanzas = 0;
  for (int round = 0; round < 60; ++round) {
    const Bytes sealed = seal::seal_bytes({&reader.recipient, 1}, as_bytes("text"), {.places = 4}).value();
    sizes.insert(sealed.size());
    const auto header = parse_age_header(sealed).value().value();
    REQUIRE(header.stanzas.size() == 4);
    for (std::size_t i = 0; i < 4; ++i) {
      const AgeStanza& stanza = header.stanzas[i];
      CHECK(stanza.type() == "mlkem768x25519");
      REQUIRE(stanza.arguments.size() == 2);
      CHECK(stanza.arguments[1].size() == 1494);
      CHECK(stanza.body.size() == 32);
      shares.insert(stanza.arguments[1]);
      ++stanzas;
      const auto found = open::unwrap(reader.identities.front(), {&stanza, 1}, 18).value();
      if (found) positions.insert(i);
    }
  }
  CHECK(positions.size() == 4);  // all four are missed 60 times in a row with a chance of 1 in 10^7
  CHECK(sizes.size() == 1);
  CHECK(shares.size() == stanzas);
}

TEST_CASE("The sealed size does not tell how many readers there are") {
  std::vector<seal::Recipient> recipients;
  std::set<std::size_t> sizes;
  for (int i = 0; i < 5; ++i) {
    recipients.push_back(Reader::hybrid().recipient);
    sizes.insert(seal::seal_bytes(recipients, as_bytes("text"), {.places = 5}).value().size());
  }
  CHECK(sizes.size() == 1);
}

TEST_CASE("Recipients that must not be combined are refused") {
  const auto hybrid = Reader::hybrid().recipient;
  const auto classic = Reader::x25519().recipient;
  const auto code = [](std::vector<seal::Recipient> recipients, seal::SealOptions options) {
    return seal::seal_bytes(recipients, as_bytes("text"), options).error().code;
  };
  CHECK(code({}, {}) == Errc::refused);
  CHECK(code({hybrid, classic}, {}) == Errc::refused);
  CHECK(code({classic, hybrid}, {}) == Errc::refused);
  CHECK(code({classic}, {.places = 3}) == Errc::refused);
  CHECK(code({hybrid, hybrid}, {.places = 1}) == Errc::refused);
  CHECK(code(std::vector<seal::Recipient>(seal::stanzas_max + 1, classic), {}) == Errc::refused);
  CHECK(code({hybrid}, {.places = seal::stanzas_max + 1}) == Errc::refused);
  CHECK(code({hybrid}, {.places = 0, .threads = 0}) == Errc::refused);
  CHECK(code({hybrid}, {.places = 0, .threads = 17}) == Errc::refused);
}

TEST_CASE("Keys that are none are refused") {
  seal::Recipient zero = X25519Recipient{};
  CHECK(seal::seal_bytes({&zero, 1}, {}).error().code == Errc::malformed);
  HybridRecipient not_reduced;
  not_reduced.bytes.fill(0xFF);  // ML-KEM coefficients of 4095, over the modulus 3329 (FIPS 203 section 7.2)
  seal::Recipient hybrid = not_reduced;
  CHECK(seal::seal_bytes({&hybrid, 1}, {}).error().code == Errc::malformed);
}

TEST_CASE("Files are sealed to passphrases, with bounds") {
  const SecretBytes passphrase = test::secret_text("correct horse");
  const Bytes sealed = seal::seal_bytes(passphrase, as_bytes("text"), 4).value();
  std::vector<open::Identity> right;
  right.emplace_back(open::Passphrase{test::secret_text("correct horse")});
  std::vector<open::Identity> wrong;
  wrong.emplace_back(open::Passphrase{test::secret_text("incorrect horse")});
  CHECK(as_text(open::open_bytes(right, sealed).value().reveal()) == "text");
  CHECK(open::open_bytes(wrong, sealed).error().code == Errc::no_match);
  CHECK(open::open_bytes(right, sealed, {.work_factor_log2_max = 3}).error().code == Errc::refused);
  for (const unsigned work_factor : {0U, 23U}) {
    CHECK(seal::seal_bytes(passphrase, {}, work_factor).error().code == Errc::refused);
  }
  CHECK(seal::seal_bytes(SecretBytes(), {}, 4).error().code == Errc::refused);
}

TEST_CASE("An error of the sink stops sealing and opening") {
  const Reader reader = Reader::hybrid();
  const Bytes plain = test::random_bytes(1'000'000);
  for (const unsigned threads : {1U, 3U}) {
    int calls = 0;
    auto sealer = seal::Sealer::to_recipients({&reader.recipient, 1}, {.places = 0, .threads = threads},
                                              [&](ByteView) -> Result<> {
                                                if (++calls == 3) return fail(Errc::io, "The disk is full.");
                                                return {};
                                              });
    REQUIRE(sealer);
    Result<> outcome = sealer->update(plain);
    if (outcome) outcome = sealer->finish();
    CHECK(outcome.error().code == Errc::io);
    CHECK(calls == 3);

    const Bytes sealed = seal::seal_bytes({&reader.recipient, 1}, plain).value();
    open::Opener opener(reader.identities, {.threads = threads},
                        [&](open::Provisional) -> Result<> { return fail(Errc::io, "The disk is full."); });
    outcome = opener.update(sealed);
    if (outcome) outcome = opener.finish();
    CHECK(outcome.error().code == Errc::io);
  }
}
