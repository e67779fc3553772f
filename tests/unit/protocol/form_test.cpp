// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/form.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "protocol/default_form.h"

namespace candour {
namespace {

// A form with a chain of conditions: a shows b, b shows c.
std::string chain(std::string_view b_condition = R"({"question":"a","is":["yes"]})") {
  const std::string options = R"("options":[{"id":"yes","label":"Yes"},{"id":"no","label":"No"}])";
  return R"({"id":"f","version":1,"language":"en","account":["story"],"steps":[{"id":"s","title":"T","text":["P"],
    "questions":[{"id":"a","kind":"choice","label":"A",)" +
         options + R"(},{"id":"b","kind":"choices","label":"B",)" + options + R"(,"show_if":)" +
         std::string(b_condition) + R"(},
    {"id":"c","kind":"text","label":"C","characters_max":3,"accused":"surname","show_if":{"question":"b","is":["yes"]}},
    {"id":"story","kind":"long_text","label":"S","characters_max":10}]}]})";
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

TEST_CASE("form: the default form is valid, asks for an account, and marks the accused") {
  const auto form = parse_form(default_form_json());
  REQUIRE(form);
  CHECK(form->steps.size() == 11);
  CHECK(form->account == std::vector<std::string>{"what_happened"});
  REQUIRE(form->find("his_surname") != nullptr);
  CHECK(form->find("his_surname")->accused == "surname");
  CHECK(check_answers(*form, {{"what_happened", "It happened."}}, 0));
}

TEST_CASE("form: what marks danger and belongs to the safety part; nothing does by itself") {
  const auto form = parse_form(default_form_json()).value();
  const auto* safe_now = form.find("safe_now");
  REQUIRE(safe_now != nullptr);
  CHECK(safe_now->safety);
  CHECK_FALSE(safe_now->options.at(0).danger);  // yes
  CHECK(safe_now->options.at(2).danger);        // no
  CHECK_FALSE(form.find("what_happened")->safety);
  const auto plain = parse_form(chain()).value();
  CHECK_FALSE(plain.find("a")->safety);
  CHECK_FALSE(plain.find("a")->options.at(0).danger);
}

TEST_CASE("form: inconsistent forms are refused") {
  REQUIRE(parse_form(chain()));
  const auto form = chain();
  for (const auto& wrong : {
           replaced(form, R"("account":["story"])", R"("account":[])"),
           replaced(form, R"("account":["story"])", R"("account":["nothing"])"),
           replaced(form, R"("id":"b")", R"("id":"a")"),
           replaced(form, R"("id":"no")", R"("id":"yes")"),
           replaced(form, R"("kind":"text")", R"("kind":"number")"),
           replaced(form, R"("characters_max":3)", R"("characters_max":0)"),
           replaced(form, R"("characters_max":3)", R"("characters_max":20001)"),
           replaced(form, R"("label":"C",)", ""),
           replaced(form, R"("version":1)", R"("version":-1)"),
           replaced(form, R"("title":"T")", R"("title":"")"),
           replaced(form, R"(,{"id":"no","label":"No"}])", "]"),
           chain(R"({"question":"c","is":["yes"]})"),    // a later one
           chain(R"({"question":"b","is":["yes"]})"),    // itself
           chain(R"({"question":"a","is":["maybe"]})"),  // no such option
           chain(R"({"question":"a","is":[]})"),
           replaced(form, R"("label":"C",)", R"("label":"C","safety":"yes",)"),
           replaced(form, R"("label":"No"})", R"("label":"No","danger":1})"),
           chain(R"("a")"),
       }) {
    INFO(wrong);
    CHECK_FALSE(parse_form(wrong));
  }
}

TEST_CASE("form: a question behind a hidden one is hidden") {
  const auto form = parse_form(chain()).value();
  using Many = std::vector<std::string>;
  CHECK_FALSE(shown_questions(form, {}).contains("b"));
  CHECK(shown_questions(form, {{"a", "yes"}}).contains("b"));
  CHECK(shown_questions(form, {{"a", "yes"}, {"b", Many{"no", "yes"}}}).contains("c"));
  CHECK_FALSE(shown_questions(form, {{"a", "no"}, {"b", Many{"yes"}}}).contains("c"));
}

TEST_CASE("form: answers fit their questions, and the account is given") {
  const auto form = parse_form(chain()).value();
  using Many = std::vector<std::string>;
  const Answers good{{"a", "yes"}, {"b", Many{"yes"}}, {"c", "Łé😀"}, {"story", "one\ntwo"}};
  REQUIRE(check_answers(form, good, 0));
  CHECK(accused_of(form, good).at("surname") == "Łé😀");

  const auto refuses = [&](std::string_view id, const Answer& answer) {
    auto answers = good;
    answers.insert_or_assign(std::string(id), answer);
    return !check_answers(form, answers, 0);
  };
  CHECK(refuses("c", "four"));
  CHECK(refuses("c", ""));
  CHECK(refuses("c", "a\n"));
  CHECK(refuses("c", "\xff"));
  CHECK(refuses("c", Many{"x"}));
  CHECK(refuses("a", "maybe"));
  CHECK(refuses("a", Many{"yes"}));
  CHECK(refuses("b", "yes"));
  CHECK(refuses("b", Many{}));
  CHECK(refuses("b", Many{"yes", "yes"}));
  CHECK(refuses("a", "no"));  // b and c are hidden then
  CHECK(refuses("nothing", "x"));
  CHECK(refuses("story", std::string("a\0b", 3)));

  CHECK(check_answers(form, {}, 0).error().code == Errc::refused);
  CHECK(check_answers(form, {{"a", "yes"}}, 0).error().code == Errc::refused);
  CHECK(check_answers(form, {}, 1));
}

}  // namespace
}  // namespace candour
