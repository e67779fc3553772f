// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/sealed_report.h"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <random>
#include <string>

#include "crypto/core/age_header.h"
#include "crypto/core/encoding.h"
#include "crypto/core/padme.h"
#include "crypto/core/threshold_header.h"
#include "protocol/archive.h"
#include "protocol/limits.h"
#include "support.h"

namespace candour {
namespace {

AgeStanza stanza(std::string type = "mlkem768x25519", std::size_t encapsulation = 1120,
                 std::size_t body = 32) {
  return {{std::move(type), base64_raw_encode(Bytes(encapsulation, 7))}, Bytes(body, 9)};
}

Bytes header(const std::vector<AgeStanza>& stanzas) {
  const auto text = encode_age_header_for_mac(stanzas) + encode_age_mac_line_end({});
  const auto view = as_bytes(text);
  return {view.begin(), view.end()};
}

constexpr std::array alone{1U};

// For a desk that opens together.
Bytes shared_header(unsigned threshold, std::size_t places) {
  ThresholdHeader shared{.threshold = threshold, .shares = std::vector<ShareStanza>(places)};
  for (std::size_t i = 0; i < places; ++i) shared.shares[i].x = static_cast<std::uint8_t>(i + 1);
  return header(encode_threshold_header(shared));
}

TEST_CASE("sealed size: the header is as long as computed, for any number of places") {
  for (std::size_t places = 1; places <= limits::places_max; ++places) {
    CHECK(sealed_header_bytes(places) == header(std::vector(places, stanza())).size());
    for (unsigned threshold = 2; threshold <= places; ++threshold)
      CHECK(sealed_header_bytes(places, threshold) == shared_header(threshold, places).size());
  }
}

TEST_CASE(
    "server's check: what takes several to open is for desks of that threshold, and plain files are for the "
    "others") {
  constexpr std::array of_two{2U};
  constexpr std::array both{1U, 2U};
  const auto shared = shared_header(2, 4);
  const auto total = sealed_report_bytes(archive_bytes({1, 1}), 4, 2);
  CHECK(check_sealed_report(shared, total, 4, of_two) == SealedProblem::none);
  CHECK(check_sealed_report(shared, total, 4, both) == SealedProblem::none);
  CHECK(check_sealed_report(shared, total, 4, alone) == SealedProblem::wrong_recipients);
  CHECK(check_sealed_report(shared, total, 4, {}) == SealedProblem::wrong_recipients);
  CHECK(check_sealed_report(shared, total, 5, of_two) == SealedProblem::wrong_recipients);
  CHECK(check_sealed_report(shared, total + 1, 4, of_two) == SealedProblem::wrong_size);
  CHECK(check_sealed_report(shared_header(3, 4), total, 4, of_two) == SealedProblem::wrong_recipients);
  const auto plain = header(std::vector(4, stanza()));
  CHECK(check_sealed_report(plain, sealed_report_bytes(archive_bytes({1, 1}), 4), 4, of_two) ==
        SealedProblem::wrong_recipients);
  CHECK(check_sealed_file(shared, total, 4).error() == SealedProblem::wrong_recipients);
}

TEST_CASE("sealed size: text alone is always one size, whatever the audience, exclusions and desk") {
  std::mt19937 random(2);
  const auto id = [](std::size_t n) {
    return CaseworkerId::parse(std::string(30, 'z') + std::to_string(10 + n)).value();
  };
  const test::Sample sample;
  for (const std::size_t places : {std::size_t{1}, std::size_t{8}, limits::places_max}) {
    const auto only = sealed_report_bytes(archive_bytes({1, 1}), places);
    for (int round = 0; round < 300; ++round) {
      Manifest manifest = sample.manifest;
      manifest.desk = DeskId::parse(std::string(1 + random() % 32, 'd')).value();
      const std::size_t readers = 1 + random() % limits::places_max;
      const std::size_t excluded = random() % (limits::places_max + 1 - readers);
      manifest.audience.clear();
      manifest.excluded.clear();
      for (std::size_t i = 0; i < readers; ++i) manifest.audience.push_back(id(i));
      for (std::size_t i = 0; i < excluded; ++i) manifest.excluded.push_back(id(readers + i));
      manifest.files.resize(1);
      if (random() % 2 == 0) manifest.thread = ReportId{};
      const std::size_t note_bytes = manifest_note_bytes(manifest);
      REQUIRE(note_bytes <= limits::manifest_without_attachments_bytes_max);
      const std::size_t json_bytes = 1 + random() % limits::report_json_bytes_max;
      REQUIRE(sealed_report_bytes(archive_bytes({json_bytes, note_bytes}), places) == only);
    }
    CHECK(sealed_report_bytes(
              archive_bytes({limits::report_json_bytes_max, limits::manifest_without_attachments_bytes_max}),
              places) == only);
  }
}

TEST_CASE("sealed size: attachments show in Padmé steps only") {
  std::mt19937_64 random(3);
  const auto first = header(std::vector(8, stanza()));
  for (int round = 0; round < 400; ++round) {
    const std::uint64_t bytes = random() >> (30 + random() % 32);
    const auto archive = archive_bytes({1000, bytes % limits::member_bytes_max, 2000});
    const auto total = sealed_report_bytes(archive, 8);
    REQUIRE(check_sealed_report(first, total, 8, alone) == SealedProblem::none);
    REQUIRE(total - first.size() <= archive + archive / 8 + report_floor_bytes);
    REQUIRE(check_sealed_report(first, total + 1, 8, alone) == SealedProblem::wrong_size);
    REQUIRE(check_sealed_report(first, total - 1, 8, alone) == SealedProblem::wrong_size);
  }
}

TEST_CASE("sealed size: the largest report of a policy fits") {
  const std::uint64_t all = 1'000'000;
  for (const std::size_t count : {std::size_t{1}, std::size_t{7}, std::size_t{100}}) {
    std::vector<std::uint64_t> members(count, all / count);
    members.push_back(limits::report_json_bytes_max);
    members.push_back(limits::manifest_bytes_max);
    CHECK(sealed_report_bytes(archive_bytes(members), 3) <= sealed_report_bytes_max(all, count, 3));
  }
}

TEST_CASE("server's check: plaintext, other recipients and other sizes are told apart") {
  const auto total = sealed_report_bytes(archive_bytes({1, 1}), 2);
  const auto good = header({stanza(), stanza()});
  CHECK(check_sealed_report(good, total, 2, alone) == SealedProblem::none);
  CHECK(check_sealed_report(as_bytes("He hit me."), total, 2, alone) == SealedProblem::not_sealed);
  CHECK(check_sealed_report({}, total, 2, alone) == SealedProblem::not_sealed);
  CHECK(check_sealed_report(ByteView(good).first(good.size() - 1), total, 2, alone) ==
        SealedProblem::not_sealed);
  CHECK(check_sealed_report(header({stanza()}), total, 2, alone) == SealedProblem::wrong_recipients);
  CHECK(check_sealed_report(good, total, 3, alone) == SealedProblem::wrong_recipients);
  CHECK(check_sealed_report(header({stanza(), stanza("X25519")}), total, 2, alone) ==
        SealedProblem::wrong_recipients);
  CHECK(check_sealed_report(header({stanza(), stanza("mlkem768x25519", 1119)}), total, 2, alone) ==
        SealedProblem::wrong_recipients);
  CHECK(check_sealed_report(header({stanza(), stanza("mlkem768x25519", 1120, 33)}), total, 2, alone) ==
        SealedProblem::wrong_recipients);
  CHECK(check_sealed_report(good, good.size(), 2, alone) == SealedProblem::wrong_size);
  CHECK(check_sealed_report(good, 0, 2, alone) == SealedProblem::wrong_size);
  CHECK(check_sealed_report(good, total + 65'552, 2, alone) ==
        SealedProblem::none);  // 128 KiB: the next legal power
}

}  // namespace
}  // namespace candour
