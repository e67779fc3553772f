// SPDX-License-Identifier: AGPL-3.0-or-later
#include <catch2/catch_test_macros.hpp>

#include "client-cli/evidence/history.h"
#include "client-cli/evidence/page.h"
#include "protocol/json.h"

namespace candour::cli {
namespace {

const Day day = Day::parse("2026-11-26").value();

TEST_CASE("whatever is said on a page stays text") {
  const std::string evil =
      "</bdi><script>alert(1)</script><a href='x'>\"&\xe2\x80\xae"
      "gpj.exe\x1b[2J";
  Page page(evil);
  page.heading(2, evil);
  page.say(evil);
  page.quote("one\n" + evil + "\nthree");
  page.begin_list();
  page.item(evil);
  page.end_list();
  page.begin_table({evil, "b"});
  page.row({evil, "b"});
  page.end_table();
  const std::string html = page.finish();
  CHECK(html.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""));
  for (const char* never : {"<script", "<a ", "<img", "\xe2\x80\xae", "\x1b"}) {
    INFO(never);
    CHECK_FALSE(html.contains(never));
  }
  CHECK(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
  CHECK(html.contains("\\u{202e}gpj.exe\\u{1b}[2J"));
  CHECK(html.contains("<blockquote dir=\"auto\">one\n"));
}

TEST_CASE("privileged entries are left out of a history unless they are asked for, and are marked then") {
  const HistoryEntry entries[] = {{day, "ada", "note", "for the lawyer alone", true},
                                  {day.plus(-1), "server", "arrived", "report x <b>", false}};
  const History without = history_of(entries, Privileged::left_out);
  const History with = history_of(entries, Privileged::included);
  for (const std::string* text : {&without.json, &without.page})
    CHECK_FALSE(text->contains("for the lawyer"));
  for (const std::string* text : {&with.json, &with.page}) CHECK(text->contains("for the lawyer alone"));
  CHECK(with.page.contains("note (privileged)"));
  CHECK(with.page.contains("report x &lt;b&gt;"));
  const auto json = json::parse(with.json, 1 << 16, 8).value();
  const auto fields = json::Fields::of(json, "no object").value();
  CHECK(fields.line("privileged", 20, "missing").value() == "included");
  const json::Array& listed = *fields.array("entries", 10, "missing").value();
  REQUIRE(listed.size() == 2);
  // By day, whatever the order given.
  CHECK(*json::Fields::of(listed[0], "no object").value().find("kind")->text() == "arrived");
  CHECK(*json::Fields::of(listed[1], "no object").value().find("privileged")->boolean());
}

TEST_CASE("a history does not tell whether privileged entries were left out") {
  const HistoryEntry entries[] = {{day, "server", "arrived", "x", false},
                                  {day, "ada", "note", "secret", true}};
  const History some = history_of(entries, Privileged::left_out);
  const History none = history_of(std::span(entries).first(1), Privileged::left_out);
  CHECK(some.json == none.json);
  CHECK(some.page == none.page);
}

}  // namespace
}  // namespace candour::cli
