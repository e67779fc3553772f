// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/evidence/bag_text.h"

#include <catch2/catch_test_macros.hpp>

#include "client-cli/evidence/bag_layout.h"

namespace candour::cli {
namespace {

const std::string zeros(64, '0');

TEST_CASE("a manifest is written and read alike, whatever a file is called") {
  const BagDigests files{{"data/a\nb", {1}}, {"data/50%", {2}}, {"data/c\rd %0A", {3}}, {"data/ŵ", {4}}};
  const std::string text = encode_bag_manifest(files);
  CHECK(text.contains("data/a%0Ab\n"));
  CHECK(text.contains("data/50%25\n"));
  CHECK(text.contains("data/c%0Dd %250A\n"));
  CHECK(parse_bag_manifest(text, BagVersion::v1_0, true).value() == files);
}

TEST_CASE(
    "a manifest of others: either case, tabs, CR LF, no line feed at the end; a percent sign of 0.97 stays") {
  const std::string upper = "AB" + std::string(62, '0');
  const auto read =
      parse_bag_manifest(upper + "\t data/a%25\r\n" + zeros + " data/b", BagVersion::v0_97, true);
  REQUIRE(read);
  CHECK(*read == BagDigests{{"data/a%25", {0xab}}, {"data/b", {}}});
  CHECK(parse_bag_manifest(zeros + "  data/a%25\n", BagVersion::v1_0, true).value().contains("data/a%"));
}

TEST_CASE("a manifest that leads out of the bag, or says a thing twice, is refused with its line") {
  for (const char* path : {"../x", "/etc/passwd", "data/../../x", "data/./x", "data//x", "data/", "data", "x",
                           "*data/x", "", "data/%0a/../x"}) {
    INFO(path);
    const auto read =
        parse_bag_manifest(zeros + "  data/first\n" + zeros + "  " + path + "\n", BagVersion::v1_0, true);
    REQUIRE_FALSE(read);
    CHECK(read.error().text.starts_with("line 2: "));
  }
  const std::string twice = zeros + "  data/x\n";
  CHECK(parse_bag_manifest(twice + twice, BagVersion::v1_0, true).error().text ==
        "line 2: \"data/x\" comes twice.");
  CHECK_FALSE(parse_bag_manifest("\xef\xbb\xbf" + twice, BagVersion::v1_0, true));
  CHECK_FALSE(parse_bag_manifest(zeros.substr(1) + "  data/x\n", BagVersion::v1_0, true));
  CHECK_FALSE(parse_bag_manifest(zeros + "data/x\n", BagVersion::v1_0, true));
  CHECK_FALSE(parse_bag_manifest(zeros + "  data/\xff\n", BagVersion::v1_0, true));
  CHECK_FALSE(parse_bag_manifest(twice, BagVersion::v1_0, false));
  CHECK(parse_bag_manifest(zeros + "  bagit.txt\n", BagVersion::v1_0, false));
  CHECK(parse_bag_manifest("", BagVersion::v1_0, true).value().empty());
}

TEST_CASE("a declaration is of a version that is known, in UTF-8") {
  CHECK(parse_bag_declaration(bag_declaration()) == BagVersion::v1_0);
  CHECK(parse_bag_declaration("BagIt-Version: 0.97\r\nTag-File-Character-Encoding: UTF-8\r\n") ==
        BagVersion::v0_97);
  for (const char* text :
       {"", "BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n", "BagIt-Version: 1.0\n",
        "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n",
        "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nmore\n",
        "\xef\xbb\xbf"
        "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"}) {
    INFO(text);
    CHECK_FALSE(parse_bag_declaration(text));
  }
}

TEST_CASE("bag-info.txt: labels repeat, values go on, Payload-Oxum comes once") {
  const BagInfo info =
      parse_bag_info("A: one\n  two\r\nExternal-Identifier: x\nExternal-Identifier: y\nEmpty:\n").value();
  CHECK(info ==
        BagInfo{
            {"A", "one\n  two"}, {"External-Identifier", "x"}, {"External-Identifier", "y"}, {"Empty", ""}});
  CHECK_FALSE(parse_bag_info("no colon\n"));
  CHECK(oxum_of({{"payload-oxum", "12.3"}}).value() == BagOxum{12, 3});
  CHECK_FALSE(oxum_of({}).value());
  CHECK_FALSE(oxum_of({{"Payload-Oxum", "12"}}));
  CHECK_FALSE(oxum_of({{"Payload-Oxum", "12.3"}, {"Payload-Oxum", "12.3"}}));
}

TEST_CASE("folders of reports by number, and nothing else") {
  CHECK(report_folder(0) == "data/report/");
  CHECK(report_folder(1) == "data/report-2/");
  CHECK(place_in_report("data/report/sealed.age")->member == "sealed.age");
  CHECK(place_in_report("data/report-100/attachments/001.jpg")->index == 99);
  for (const char* path :
       {"data/report-1/x", "data/report-0/x", "data/report-02/x", "data/report-101/x", "data/report-2",
        "data/reports/x", "data/report.html", "report/x", "data/report--2/x"}) {
    INFO(path);
    CHECK_FALSE(place_in_report(path));
  }
}

}  // namespace
}  // namespace candour::cli
