// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/report/compose.h"

#include <catch2/catch_test_macros.hpp>

#include "client-cli/report/media_type.h"
#include "protocol/default_form.h"

namespace candour::cli {
namespace {

TEST_CASE("answers are texts and lists of texts") {
  const auto answers = parse_answers(R"({"what_happened": "words", "wants": ["advice", "safety"]})").value();
  CHECK(std::get<std::string>(answers.at("what_happened")) == "words");
  CHECK(std::get<std::vector<std::string>>(answers.at("wants")).size() == 2);
  for (const char* bad :
       {"", "[]", "{", R"({"a": 1})", R"({"a": [1]})", R"({"a": {"b": "c"}})", R"({"a": [["b"]]})"}) {
    INFO(bad);
    CHECK(parse_answers(bad).error().code == Errc::malformed);
  }
}

TEST_CASE("a free text answers the account question") {
  const Form form = parse_form(default_form_json()).value();
  const auto answers = answers_of_text(form, "It began in March.\n\n").value();
  REQUIRE(answers.size() == 1);
  CHECK(std::get<std::string>(answers.begin()->second) == "It began in March.");
  CHECK(answers.begin()->first == form.account.front());
  CHECK(answers_of_text(form, "\n").value().empty());
  CHECK_FALSE(answers_of_text(form, "\xff"));
}

TEST_CASE("attachments over the policy are refused before anything is read") {
  Policy policy;
  policy.attachments_max = 1;
  CHECK(open_attachments({"/etc/hostname", "/etc/hostname"}, policy).error().code == Errc::too_large);
  policy.attachments_bytes_max = 0;
  CHECK(open_attachments({"/etc/passwd"}, policy).error().code == Errc::too_large);
}

TEST_CASE("media types by the name's ending") {
  CHECK(media_type_of("IMG 0042.JPG") == "image/jpeg");
  CHECK(media_type_of("archive.tar.zip") == "application/zip");
  CHECK(media_type_of("jpg") == "application/octet-stream");
}

}  // namespace
}  // namespace candour::cli
