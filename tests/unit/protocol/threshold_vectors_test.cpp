// SPDX-License-Identifier: AGPL-3.0-or-later
// docs/spec/vectors/threshold.json: shares that were made elsewhere give their keys.
#include <catch2/catch_test_macros.hpp>

#include "crypto/core/encoding.h"
#include "crypto/core/hash.h"
#include "crypto/core/threshold_header.h"
#include "crypto/open/opener.h"
#include "crypto/open/shares.h"
#include "protocol/roster.h"
#include "protocol/sealed_report.h"
#include "support.h"

namespace candour {

TEST_CASE("threshold vectors: the first k shares, and the last k, give the key") {
  const auto vectors = test::read_vectors("threshold.json");
  const auto& cases = *test::at(vectors, "cases").array();
  REQUIRE(cases.size() == 6);
  for (const json::Value& one : cases) {
    const auto threshold = test::at(one, "coefficients").array()->size() + 1;
    std::vector<KeyShare> shares;
    for (const json::Value& share : *test::at(one, "shares").array()) {
      KeyShare next{static_cast<std::uint8_t>(shares.size() + 1), {}};
      REQUIRE(hex_decode_into(*share.text(), next.y.writable()));
      shares.push_back(std::move(next));
    }
    for (const auto some : {std::span(shares).first(threshold), std::span(shares).last(threshold)})
      CHECK(hex_encode(combine_key(some)->reveal()) == test::text_at(one, "key"));
  }
}

TEST_CASE("threshold vectors: what the page sealed opens with any two of three, and with none alone") {
  const auto vectors = test::read_vectors("threshold.json");
  const auto& one = test::at(vectors, "headers").array()->front();
  const Bytes file = base64_decode(test::text_at(one, "file")).value();
  const auto stanzas = parse_age_header(file).value()->stanzas;
  const auto header = parse_threshold_header(stanzas).value();
  CHECK(header.shares.size() == 4);
  CHECK(check_sealed_file(file, file.size(), 4).error() == SealedProblem::wrong_recipients);
  std::vector<CaseworkerId> audience;
  std::vector<std::vector<open::Identity>> readers;
  for (const json::Value& id : *test::at(one, "audience").array()) {
    audience.push_back(CaseworkerId::parse(*id.text()).value());
    const std::string key = test::text_at(test::at(one, "identities"), *id.text());
    readers.emplace_back().push_back(open::parse_identity(as_bytes(key)).value());
  }
  REQUIRE(readers.size() == 3);
  const auto share_of = [&](std::size_t reader) {
    auto own = open::unwrap_share(readers[reader], header).value();
    REQUIRE(own);
    CHECK(own->audience_sha256 == audience_sha256(audience));
    CHECK(open::has_commitment(header, own->share));
    return open::GivenShare{std::move(own->share), reader};
  };
  for (std::size_t reader = 0; reader < readers.size(); ++reader) {
    CHECK(open::open_bytes(readers[reader], file).error().code == Errc::no_match);
    readers[reader].push_back(share_of((reader + 1) % readers.size()));
    const auto opened = open::open_bytes(readers[reader], file);
    REQUIRE(opened);
    CHECK(hex_encode(sha256(opened->reveal())) == test::text_at(one, "plaintext_sha256"));
  }
}

}  // namespace candour
