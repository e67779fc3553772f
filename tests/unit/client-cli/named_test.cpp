// SPDX-License-Identifier: AGPL-3.0-or-later
// Whom a report names, as it is typed; and what of it cannot be held back.
#include "client-cli/report/named.h"

#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "client-cli/report/matching_wish.h"
#include "file_state.h"

namespace candour::cli {
namespace {

Outcome<std::vector<Identifier>> parsed(const std::vector<std::string>& typed) { return parse_names(typed); }

bool says(const Failure& failure, std::string_view words) {
  INFO(failure.text);
  CHECK(failure.text.contains(words));
  return failure.text.contains(words);
}

void write(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

TEST_CASE("a name is its kind and the kind's fields, and is shown in its normal form") {
  const auto names = parsed({"collar-number: Metropolitan Police ; pc 123 ab", "phone:07700 900123",
                             "social-handle: Instagram; https://www.instagram.com/Robin.Example/",
                             "name-force-and-birth-year: O'Neill; Robin; Heddlu Gwent; 1980"});
  REQUIRE(names);
  REQUIRE(names->size() == 4);
  CHECK(shown_name(names->at(0)) == "collar-number: metropolitan; 123AB");
  CHECK(shown_name(names->at(1)) == "phone: +447700900123");
  CHECK(shown_name(names->at(2)) == "social-handle: instagram; robin.example");
  CHECK(shown_name(names->at(3)) == "name-force-and-birth-year: oneill; robin; gwent; 1980");
  for (const Identifier& name : *names) CHECK(parsed({shown_name(name)})->front() == name);
}

TEST_CASE("one name in two spellings goes once") {
  CHECK(parsed({"phone: 07700 900123", "phone: +44 7700 900123"})->size() == 1);
  CHECK(parsed({})->empty());
}

TEST_CASE("eight names go, and nine do not") {
  std::vector<std::string> typed;
  for (int i = 0; i < 8; ++i) typed.push_back(fmt::format("phone: 0770090012{}", i));
  CHECK(parsed(typed)->size() == 8);
  typed.emplace_back("phone: 07700900199");
  says(parsed(typed).error(), "9 names are more than the 8");
}

TEST_CASE("a refusal says which name and field, and never what was typed") {
  const auto refused = [](const std::string& typed) { return parsed({"phone: 07700900123", typed}).error(); };
  for (const auto& [typed, words] : std::vector<std::pair<std::string, std::string>>{
           {"Sorensen", "name 2 is of no kind"},
           {"Sorensen: 1", "name 2 is of no kind"},
           {"phone", "name 2 is of no kind"},
           {"collar-number: Sorensen",
            "name 2 has 1 fields instead of 2. Write it as collar-number: force; number"},
           {"phone: Sorensen; 2", "name 2 has 2 fields instead of 1"},
           {"phone: Sorensen", "name 2 (phone), number: This is not a whole phone number."},
           {"name-and-birth-day: Sorensen; R; 1980-01-02", "name 2 (name-and-birth-day), given: An initial"},
           {"collar-number: Sorensen; 12", "name 2 (collar-number), force: No force"}}) {
    says(refused(typed), words);
    CHECK_FALSE(refused(typed).text.contains("Sorensen"));
  }
}

TEST_CASE("a file has one name a line") {
  CHECK(lines_of_names("phone: 1\r\n\n  \nphone: 2") == std::vector<std::string>{"phone: 1", "phone: 2"});
  CHECK(lines_of_names("").empty());
}

// Reading what she wants.

TEST_CASE("what is held back needs a name, and is no follow-up") {
  MatchingOptions options;
  options.hold = 3;
  says(read_wish(options, false, false).error(), "nothing is held back without a name");
  options.names = {"phone: 07700900123"};
  says(read_wish(options, true, false).error(), "what follows a report up cannot be held back");
  const auto wish = read_wish(options, false, false);
  REQUIRE(wish);
  CHECK(wish->held->threshold == matching::Threshold::three);
  CHECK(wish->held->contact.empty());
  CHECK(wish->names.size() == 1);
  options.hold = 0;
  CHECK_FALSE(read_wish(options, true, false)->held);
}

TEST_CASE("to be asked first is to hold, for two unless told") {
  const test::TemporaryFolder folder;
  const auto with_contact = [&](const std::string& words, unsigned hold = 0) {
    write(folder.path("contact"), words);
    MatchingOptions options;
    options.names = {"phone: 07700900123"};
    options.contact_first = folder.path("contact");
    options.hold = hold;
    return read_wish(options, false, false);
  };
  const auto wish = with_contact("Ring my sister,\r\n07700 900456.\n\n");
  REQUIRE(wish);
  CHECK(wish->held->threshold == matching::Threshold::two);
  CHECK(wish->held->contact == "Ring my sister,\n07700 900456.");
  CHECK(with_contact("Ring.", 3)->held->threshold == matching::Threshold::three);
  CHECK(with_contact(std::string(1024, 'x')));
  says(with_contact(std::string(1025, 'x')).error(), "1025 bytes long, 1 more than the 1024 that fit");
  says(with_contact("\n \n").error(), "are empty, or hold characters that are none");
  says(with_contact("Ring\x1b[2J").error(), "are empty, or hold characters that are none");
  says(with_contact("\xff").error(), "are empty, or hold characters that are none");
}

TEST_CASE("names come from a file too, and one thing alone from standard input") {
  const test::TemporaryFolder folder;
  write(folder.path("names"), "phone: 07700900123\nemail: a@post.example\n");
  MatchingOptions options;
  options.names = {"phone: +447700900123"};
  options.names_file = folder.path("names");
  CHECK(read_wish(options, false, true)->names.size() == 2);
  options.names_file = "-";
  says(read_wish(options, false, true).error(), "only one thing can be read from standard input");
  options.contact_first = "-";
  says(read_wish(options, false, false).error(), "only one thing can be read from standard input");
  write(folder.path("names"), "phone: 1\n");
  options = {};
  options.names_file = folder.path("names");
  says(read_wish(options, false, true).error(), "Nothing was sent.");
}

}  // namespace
}  // namespace candour::cli
