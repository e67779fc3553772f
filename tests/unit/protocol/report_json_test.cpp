// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/report_json.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "protocol/limits.h"
#include "support.h"

namespace candour {
namespace {

std::string sample_json() { return test::text_at(test::read_vectors("report.json"), "report_json"); }

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

TEST_CASE("report.json: the vector, and a round trip that keeps unknown fields") {
  const auto json = replaced(sample_json(), "\"thread\"", R"("later": {"x": [1.50, null]}, "thread")");
  const auto report = parse_report(json);
  REQUIRE(report);
  CHECK(report->day.encode() == "2026-11-24");
  CHECK(std::get<std::string>(report->answers.at("what_happened")).starts_with("He said"));
  CHECK(report->accused.at("surname") == "Example");
  REQUIRE(report->attachments.size() == 1);
  CHECK(report->attachments[0].name == "IMG 0042.JPG");
  REQUIRE(report->unknown.size() == 1);
  CHECK(report->unknown[0].json == R"({"x":[1.50,null]})");

  const auto encoded = encode_report(*report);
  REQUIRE(encoded);
  const auto again = parse_report(*encoded);
  REQUIRE(again);
  CHECK(encode_report(*again) == *encoded);
  CHECK(again->unknown[0].json == report->unknown[0].json);
}

// One that hands over a release, as the n-th of a list.
std::string release_json(std::size_t n) {
  return R"({"report": ")" + std::string(63, '0') + std::to_string(n) + R"(", "release": ")" +
         std::string(43, 'A') + "=\"}";
}

std::string with_releases(const std::string& list) {
  return replaced(sample_json(), "\"thread\"", "\"releases\": " + list + ", \"thread\"");
}

TEST_CASE("report.json: what opens a report that was held back is handed over in it") {
  CHECK(parse_report(sample_json())->releases.empty());
  const auto report =
      parse_report(with_releases('[' + release_json(1) + ',' + release_json(2) + ']')).value();
  REQUIRE(report.releases.size() == 2);
  CHECK(report.releases[1].report.encode() == std::string(63, '0') + "2");
  CHECK(report.releases[1].release.reveal()[31] == 0);
  CHECK(report.unknown.empty());
  const auto again = parse_report(encode_report(report).value()).value();
  CHECK(again.releases.size() == 2);
  CHECK(*encode_report(again) == *encode_report(report));
}

TEST_CASE("report.json: releases that are none, of one report twice, or too many, are refused") {
  std::string nine;
  for (std::size_t n = 1; n <= limits::releases_max + 1; ++n) nine += (n == 1 ? "" : ",") + release_json(n);
  for (const std::string& wrong :
       {std::string("null"), std::string("[]"), std::string("[1]"), release_json(1), '[' + nine + ']',
        '[' + release_json(1) + ',' + release_json(1) + ']',
        replaced('[' + release_json(1) + ']', "AAAA=", "AAA=="),
        replaced('[' + release_json(1) + ']', "\"report\"", "\"raport\""),
        replaced('[' + release_json(1) + ']', "\"0", "\"x")}) {
    INFO(wrong);
    CHECK_FALSE(parse_report(with_releases(wrong)));
  }
  auto many = parse_report(sample_json()).value();
  many.releases.resize(limits::releases_max + 1);
  CHECK(encode_report(many).error().code == Errc::too_large);
}

TEST_CASE("report.json: what is wrong or hostile is refused") {
  const auto json = sample_json();
  const std::string deep = std::string(20, '[') + std::string(20, ']');
  for (const auto& wrong : {
           json + " x",
           replaced(json, "candour/v1/report", "candour/v2/report"),
           replaced(json, "\"day\": \"2026-11-24\"", "\"day\": \"2026-11-31\""),
           replaced(json, "attachments/001.jpg", "attachments/002.jpg"),
           replaced(json, "attachments/001.jpg", "../001.jpg"),
           replaced(json, "\"bytes\": 768", "\"bytes\": -1"),
           replaced(json, "\"accused\": {", "\"accused\": {\"a\": 1, "),
           replaced(json, "\"answers\": {", "\"answers\": {\"a\": {}, "),
           replaced(json, "\"answers\": {", "\"answers\": {\"a\": [1], "),
           replaced(json, "age1pq1", "age1pq2"),
           replaced(json, "\"thread\": null", "\"thread\": \"x\""),
           replaced(json, ", \"thread\": null", ""),
           replaced(json, "\"thread\": null", "\"thread\": null, \"thread\": null"),
           replaced(json, "\"thread\": null", "\"thread\": null, \"x\": " + deep),
           replaced(json, "\"authorship_key\": \"", "\"authorship_key\": \"A"),
           replaced(json, "\"mailbox_root\": \"", "\"mailbox_root\": \"A"),
       }) {
    INFO(wrong);
    CHECK_FALSE(parse_report(wrong));
  }
}

TEST_CASE("report.json: over 48 KiB it is neither written nor read") {
  auto report = parse_report(sample_json()).value();
  const auto rest = encode_report(report)->size();
  report.answers["more"] =
      std::string(limits::report_json_bytes_max - rest - std::string(",\"more\":\"\"").size(), 'x');
  const auto largest = encode_report(report);
  REQUIRE(largest);
  CHECK(largest->size() == limits::report_json_bytes_max);
  CHECK(parse_report(*largest));
  std::get<std::string>(report.answers["more"]) += 'x';
  CHECK(encode_report(report).error().code == Errc::too_large);
  CHECK(parse_report(*largest + " ").error().code == Errc::too_large);
}

}  // namespace
}  // namespace candour
