// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/listing.h"

#include <catch2/catch_test_macros.hpp>

namespace candour::cli {
namespace {

const std::string id_text = std::string(62, '0') + "ff";

std::string listed(const std::string& fields) {
  return R"({"reports": [{)" + fields + R"(}], "more": false})";
}

const std::string good =
    R"("id": ")" + id_text +
    R"(", "bytes": 78000, "day": "2026-11-23", "seen": true, "audience": ["ada", "bo"], "admitted": ["cy"], )"
    R"("closed": "2032-12-24", "hold": ["bo", "cy"], "hold_mark": "00112233445566aa", "withdrawn": null)";

TEST_CASE("a page of reports is read whole") {
  std::vector<ListedReport> reports;
  REQUIRE(parse_listing(listed(good), reports) == false);
  REQUIRE(reports.size() == 1);
  CHECK(reports[0].id.encode() == id_text);
  CHECK(reports[0].bytes == 78000);
  CHECK(reports[0].seen);
  CHECK(reports[0].audience.size() == 2);
  CHECK(reports[0].closed.value().encode() == "2032-12-24");
  CHECK(reports[0].hold.size() == 2);
  CHECK_FALSE(reports[0].withdrawn);
  CHECK(parse_listing(R"({"reports": [], "more": true})", reports) == true);
}

TEST_CASE("a page that is not of its form is refused") {
  std::vector<ListedReport> reports;
  for (const std::string& bad :
       {std::string(""), std::string("[]"), std::string(R"({"reports": []})"),
        std::string(R"({"reports": {}, "more": false})"), listed(R"("id": "ff")"), listed(good + R"(, "x")"),
        std::string(R"({"reports": [)") + std::string(100, '[') + "]}"}) {
    INFO(bad);
    CHECK_FALSE(parse_listing(bad, reports));
  }
  for (const auto& [from, to] : {std::pair{"78000", "-1"},
                                 {"78000", "1.5"},
                                 {"78000", "\"78000\""},
                                 {"true", "1"},
                                 {"2026-11-23", "2026-11-31"},
                                 {"\"ada\"", "\"A da\""},
                                 {"\"ada\"", "7"},
                                 {"\"2032-12-24\"", "1"},
                                 {"\"2032-12-24\"", "\"\""},
                                 {"2032-12-24", "2032-12-34"},
                                 {"closed", "Closed"},
                                 {"[\"bo\", \"cy\"]", "null"},
                                 {"\"cy\"", "\"c y\""},
                                 {"null", "[]"}}) {
    std::string changed = good;
    changed.replace(changed.find(from), std::string_view(from).size(), to);
    INFO(changed);
    CHECK_FALSE(parse_listing(listed(changed), reports));
  }
}

TEST_CASE("a report is shown with its marks, and with the fields that the server sent") {
  std::vector<ListedReport> reports;
  REQUIRE(parse_listing(listed(good), reports));
  ListedReport report = reports.at(0);
  CHECK(marks_of(report) == "closed, kept until 2032-12-24; held by bo, cy");
  const json::Value sent = json::parse("{" + good + "}", 1000, 4).value();
  CHECK(json::encode({to_json(report)}, json::Layout::compact) == json::encode(sent, json::Layout::compact));
  report.withdrawn = Day::parse("2026-11-24").value();
  report.closed.reset();
  report.hold.clear();
  CHECK(marks_of(report) == "its reporter asked on 2026-11-24 to withdraw it");
  report.withdrawn.reset();
  CHECK(marks_of(report).empty());
}

TEST_CASE("the id before one, borrowing across bytes") {
  CHECK(id_before(ReportId::parse(id_text).value()) == std::string(62, '0') + "fe");
  CHECK(id_before(ReportId::parse("01" + std::string(62, '0')).value()) == "00" + std::string(62, 'f'));
  CHECK(id_before(ReportId{}).empty());
}

}  // namespace
}  // namespace candour::cli
