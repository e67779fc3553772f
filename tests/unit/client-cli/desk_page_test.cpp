// SPDX-License-Identifier: AGPL-3.0-or-later
// docs/spec/desk.md: the pieces that decide what of an attachment is kept and shown, and what a search finds.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "client-cli/cases/case_search.h"
#include "client-cli/desk_page/kept_files.h"
#include "client-cli/desk_page/shown_kind.h"
#include "client-cli/desk_page/views.h"

using namespace candour;
using namespace candour::cli;
using namespace std::string_literals;

namespace {

std::string view_of(const std::string& content) {
  const auto kind = shown_kind(as_bytes(content));
  return kind ? std::string(kind->media_type) : "none";
}

Bytes bytes_of(std::size_t count) { return Bytes(count, 'x'); }

}  // namespace

TEST_CASE("desk page: what is shown is decided by the bytes") {
  CHECK(view_of("\x89PNG\r\n\x1a\n...") == "image/png");
  CHECK(view_of("\xff\xd8\xff\xe0...") == "image/jpeg");
  CHECK(view_of("GIF89a...") == "image/gif");
  CHECK(view_of("RIFF\x10\0\0\0WEBPVP8 "s) == "image/webp");
  CHECK(view_of("RIFF\x10\0\0\0AVI LIST"s) == "none");
  CHECK(view_of("RIFF") == "text/plain; charset=utf-8");
  for (const char* script :
       {"<svg onload=alert(1)>", "<!doctype html><script>alert(1)</script>", "plain\r\nwords\t", ""})
    CHECK(view_of(script) == "text/plain; charset=utf-8");
  CHECK(view_of("%PDF-1.7\n\xe2\xe3\xcf\xd3") == "none");
  CHECK(view_of("PK\x03\x04") == "none");
  CHECK(view_of("a\x1b[31m") == "none");
  CHECK(view_of("caf\xe9") == "none");
  CHECK(view_of(std::string((1 << 20) + 1, 'a')) == "none");
}

TEST_CASE("desk page: a download is called what it is, in plain letters") {
  const auto name = [](std::string member, const std::string& content) {
    return download_name(
        {.member = "attachments/" + member, .name = "\u202egpj.exe", .type = "image/jpeg", .bytes = 0},
        as_bytes(content));
  };
  CHECK(name("001.jpg", "\xff\xd8\xff") == "attachment-001.jpg");
  CHECK(name("001.pdf", "\xff\xd8\xff") == "attachment-001.jpg");
  CHECK(name("002.exe", "MZ\x90") == "attachment-002.exe");
  CHECK(name("003", "words") == "attachment-003.txt");
  CHECK(name("004.html", "<script>") == "attachment-004.html");
  CHECK(name("005", "\x01") == "attachment-005");
  CHECK(name("006.a\"b", "\x01") == "attachment-006.a_b");
}

TEST_CASE("desk page: attachments are kept as far as there is room, whole or not at all") {
  KeptFiles files(100);
  const auto put = [&](std::string_view name, std::initializer_list<std::size_t> pieces) {
    REQUIRE(files.begin_file(name));
    for (const std::size_t piece : pieces) REQUIRE(files.write(bytes_of(piece)));
    REQUIRE(files.end_file());
  };
  put("report.json", {50, 50, 50});
  put("attachments/001", {40});
  put("attachments/002", {40, 40});
  put("attachments/003", {60});
  put("attachments/004", {1});
  put("attachments/005", {});
  CHECK(files.find("report.json") == nullptr);
  REQUIRE(files.find("attachments/001") != nullptr);
  CHECK(files.find("attachments/001")->size() == 40);
  CHECK(files.find("attachments/002") == nullptr);
  REQUIRE(files.find("attachments/003") != nullptr);
  CHECK(files.find("attachments/004") == nullptr);
  REQUIRE(files.find("attachments/005") != nullptr);
  CHECK(files.bytes() == 100);
}

TEST_CASE("desk page: every word must be found, in whatever case") {
  auto words = words_to_find("  Hearing  QUAX ");
  CHECK(words == std::vector<std::string>{"hearing", "quax"});
  strike_out(words, "The hearing");
  CHECK(words == std::vector<std::string>{"quax"});
  strike_out(words, "Quaxington");
  CHECK(words.empty());
}

TEST_CASE("desk page: a view is good once") {
  Views views;
  const std::string path = views.put(bytes_of(3), "image/png");
  REQUIRE(path.starts_with("/view/"));
  const std::string id = path.substr(6);
  CHECK(id.size() == 64);
  CHECK(views.take(id));
  CHECK_FALSE(views.take(id));
  const std::string other = views.put(bytes_of(3), "image/png").substr(6);
  views.clear();
  CHECK_FALSE(views.take(other));
}
