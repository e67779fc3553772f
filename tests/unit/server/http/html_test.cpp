// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/http/html.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

using namespace candour::server;

TEST_CASE("no text can begin an element, end an attribute or begin a character reference") {
  CHECK(escape_html("<script>alert('x')</script>") == "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
  CHECK(escape_html("\" onload=\"x") == "&quot; onload=&quot;x");
  CHECK(escape_html("&lt;") == "&amp;lt;");
  CHECK(escape_html("Åsa \u202e").starts_with("Åsa "));
  std::string every;
  for (int c = 0; c < 256; ++c) every += static_cast<char>(c);
  const std::string escaped = escape_html(every);
  CHECK(escaped.find_first_of("<>\"'") == std::string::npos);
}

TEST_CASE("a name in a sentence is kept to itself") { CHECK(bdi("a<b") == "<bdi>a&lt;b</bdi>"); }
