// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/terminal/visible.h"

#include <catch2/catch_test_macros.hpp>

namespace candour::cli {
namespace {

TEST_CASE("escape sequences and controls become visible") {
  CHECK(visible_line("a\x1b[2Jb\r\n\tc\x7f") == "a\\u{1b}[2Jb\\u{d}\\u{a}\\u{9}c\\u{7f}");
  CHECK(visible_line("\xc2\x9b"
                     "31m") == "\\u{9b}31m");
  CHECK(visible_line(std::string_view("a\0b", 3)) == "a\\u{0}b");
}

TEST_CASE("direction overrides and invisible marks become visible") {
  CHECK(visible_line("evil\xe2\x80\xaegpj.exe") == "evil\\u{202e}gpj.exe");
  CHECK(visible_line("\xe2\x81\xa6x\xe2\x81\xa9") == "\\u{2066}x\\u{2069}");
  CHECK(visible_line("\xf3\xa0\x81\x81") == "\\u{e0041}");
}

TEST_CASE("what is not UTF-8 becomes visible byte by byte") {
  CHECK(visible_line("\xff\xfe") == "\\xff\\xfe");
  CHECK(visible_line("\xc0\xaf") == "\\xc0\\xaf");
  CHECK(visible_line("\xed\xa0\x80") == "\\xed\\xa0\\x80");
  CHECK(visible_line("ok\xe2\x80") == "ok\\xe2\\x80");
}

TEST_CASE("every script stays as it is") {
  const std::string_view text = "Cymru ŵ, Łódź, ਪੰਜਾਬੀ, اردو\xe2\x80\x8c, বাংলা, 😀";
  CHECK(visible_line(text) == text);
}

TEST_CASE("several lines keep their line feeds and cannot leave the indent") {
  CHECK(visible_text("one\ntwo\n", "  ") == "  one\n  two\n");
  CHECK(visible_text("one\n\nthree", "  ") == "  one\n  \n  three\n");
  CHECK(visible_text("one\rtwo", "  ") == "  one\\u{d}two\n");
  CHECK(visible_text("", "  ") == "  \n");
}

}  // namespace
}  // namespace candour::cli
