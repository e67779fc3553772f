// SPDX-License-Identifier: AGPL-3.0-or-later
// What was struck out is nowhere on the page, however it was written.
#include "client-cli/evidence/redacted_page.h"

#include <catch2/catch_test_macros.hpp>

#include "client-cli/evidence/fold_case.h"

namespace candour::cli {
namespace {

const std::string block(struck_out);

std::string struck(std::string_view phrases, std::string_view text) {
  return Phrases::parse(phrases).value().strike(text);
}

TEST_CASE("phrases: every occurrence, without regard to case, goes") {
  CHECK(struck("Quaxington", "quaxington, QUAXINGTON's, and MacQuaxingtons") ==
        block + ", " + block + "'s, and Mac" + block + "s");
  CHECK(struck("\xc3\x89lodie", "\xc3\xa9LODIE \xc3\x89lodie elodie") == block + ' ' + block + " elodie");
  CHECK(struck("\xd0\x98\xd0\x92\xd0\x90\xd0\x9d", "\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd!") == block + '!');
  CHECK(struck("x", "nothing").find(block) == std::string::npos);
}

TEST_CASE("phrases: blanks, line ends, apostrophes, hyphens and unseen marks do not hide one") {
  CHECK(struck("Ann  O'Hara", "Ann\nO\xe2\x80\x99Hara, ann \xc2\xa0 o'hara") == block + ", " + block);
  CHECK(struck("Smith-Jones", "Smith\xe2\x80\x91Jones") == block);
  CHECK(struck("Quax",
               "Q\xe2\x80\x8bu\xc2\xad"
               "ax.") == block + '.');
  CHECK(struck(" Quax \r\n\r\n", "Quaxington Quax ") == block + "ington " + block + ' ');
}

TEST_CASE("phrases: what overlaps or touches is one passage; its width tells nothing") {
  auto phrases = Phrases::parse("ab\nbc\nd").value();
  CHECK(phrases.strike("xabcdx abx") == 'x' + block + "x " + block + 'x');
  CHECK(phrases.passages() == 2);
  CHECK(struck("aa", "aaaaa!") == block + '!');
  CHECK(struck("a", "bytes \xff a") == "bytes \xff " + block);
}

TEST_CASE("phrases: which were found nowhere") {
  auto phrases = Phrases::parse("Quaxington\nBrindel").value();
  (void)phrases.strike("QUAXINGTON and Brindle");
  CHECK(phrases.never_found() == std::vector<std::string>{"Brindel"});
  CHECK(!Phrases::parse("\n  \n"));
  CHECK(!Phrases::parse("a\n\xe2\x80\x8b\n"));
  CHECK(!Phrases::parse("\xff"));
}

TEST_CASE("folding: capitals become small letters, all else stays") {
  for (const auto& [capital, small] : std::vector<std::pair<char32_t, char32_t>>{
           {U'A', U'a'},   {U'z', U'z'},     {U'[', U'['},      {0xd7, 0xd7},   {0xde, 0xfe},
           {0x160, 0x161}, {0x161, 0x161},   {0x141, 0x142},    {0x178, 0xff},  {0x17d, 0x17e},
           {0x218, 0x219}, {0x3a3, 0x3c3},   {0x3c2, 0x3c3},    {0x38c, 0x3cc}, {0x401, 0x451},
           {0x42f, 0x44f}, {0x4c1, 0x4c2},   {0x1e84, 0x1e85},  {0x1e9e, 0xdf}, {0x1ef2, 0x1ef3},
           {0x130, 0x130}, {0x4e2d, 0x4e2d}, {0x1f600, 0x1f600}}) {
    INFO(static_cast<unsigned>(capital));
    CHECK(fold_case(capital) == small);
  }
}

TEST_CASE("redacted page: in no text of it is anything left; attachments have no name; it says what it is") {
  Report report;
  report.form_id = "another form";
  report.answers["what_happened"] = std::string("He, Quaxington, came.\nquaxing\xc2\xadton <b>again</b>");
  report.answers["about Quaxington"] = std::vector<std::string>{"QUAXINGTON", "other"};
  report.accused["surname"] = "Quaxington";
  report.attachments.push_back({"attachments/001.jpg", "quaxington.jpg", "image/quaxington", 5});
  report.attachments.push_back({"attachments/002.bin", "x.quaxington", "quaxington", 5});
  report.unknown.push_back({"quaxington", "1"});
  RedactedCase all{.accounts = {account_to_redact(report, Day::parse("2026-11-26").value(), Form{})},
                   .notes = {{"2026-11-27", "ada", "Quaxington rang"}},
                   .with_notes = true,
                   .by = "bo"};
  auto phrases = Phrases::parse("Quaxington").value();
  strike_out(all, phrases);
  CHECK(phrases.passages() == 6);
  const std::string page = redacted_page(all, Day::parse("2026-11-28").value(), phrases.passages());
  std::string lower = page;
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  CHECK_FALSE(lower.contains("quax"));
  CHECK_FALSE(lower.contains("ington"));
  for (const char* words : {"Redacted: not evidence", "Made by bo on 2026-11-28. 6 passages", "a picture",
                            "another file", "&lt;b&gt;again", "2026-11-27, ada", "Account 1"})
    CHECK(page.contains(words));
  CHECK_FALSE(page.contains("attachments/"));
}

}  // namespace
}  // namespace candour::cli
