// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/manifest.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "crypto/core/encoding.h"
#include "crypto/sign/note.h"
#include "support.h"

namespace candour {
namespace {

using test::Sample;

CaseworkerId id(std::string_view text) { return CaseworkerId::parse(text).value(); }

Errc code_of(const Sample& sample, const std::string& note, const Opener& opener) {
  const auto opened = open_manifest(note, sample.report, sample.manifest.files, opener);
  REQUIRE_FALSE(opened);
  return opened.error().code;
}

TEST_CASE("manifest: the vector parses, encodes and signs to the same bytes") {
  const Sample sample;
  const auto& text = test::text_at(sample.vectors, "manifest_text");
  CHECK(encode_manifest(sample.manifest) == text);
  CHECK(sample.note() == test::text_at(sample.vectors, "manifest_note"));
  CHECK(manifest_note_bytes(sample.manifest) == sample.note().size());
  const auto opened =
      open_manifest(sample.note(), sample.report, sample.manifest.files,
                    {id("ada"), ReportId::parse(test::text_at(sample.vectors, "report_id")).value()});
  REQUIRE(opened);
  CHECK(opened->manifest() == sample.manifest);
  CHECK(open_manifest(sample.note(), sample.report, sample.manifest.files, {id("bo"), {}}));
}

TEST_CASE("manifest: an opener whom she did not name is told so") {
  const Sample sample;
  CHECK(code_of(sample, sample.note(), {id("cy"), {}}) == Errc::refused);
  CHECK(code_of(sample, sample.note(), {id("mallory"), {}}) == Errc::refused);
}

TEST_CASE(
    "manifest: who came later opens it if somebody who may read it handed it on, and never who was "
    "excluded") {
  const Sample sample;  // for ada and bo, without cy
  const auto opens = [&](std::string_view who, std::vector<CaseworkerId> by,
                         std::vector<Admission> admissions = {}) {
    return open_manifest(sample.note(), sample.report, sample.manifest.files,
                         {id(who), {}, std::move(by), std::move(admissions)})
        .has_value();
  };
  CHECK(opens("dee", {id("ada")}));
  CHECK(opens("dee", {id("mallory"), id("bo")}));
  CHECK_FALSE(opens("cy", {id("ada")}));
  CHECK_FALSE(opens("dee", {id("mallory")}));
  CHECK_FALSE(opens("dee", {id("dee")}));
  CHECK(opens("dee", {id("eve")}, {{id("bo"), id("eve")}}));
  CHECK_FALSE(opens("dee", {id("eve")}, {{id("mallory"), id("eve")}}));
  // Through the excluded leads no way.
  CHECK_FALSE(opens("dee", {id("cy")}, {{id("ada"), id("cy")}}));
  CHECK_FALSE(opens("dee", {id("eve")}, {{id("ada"), id("cy")}, {id("cy"), id("eve")}}));
}

TEST_CASE("manifest: a copy under another id is recognised") {
  const Sample sample;
  CHECK(code_of(sample, sample.note(), {id("ada"), ReportId{}}) == Errc::no_match);
}

TEST_CASE("manifest: an insider cannot change a file, the list, or the audience") {
  Sample sample;
  const auto note = sample.note();
  auto files = sample.manifest.files;
  const auto fails = [&] { return !open_manifest(note, sample.report, files, {id("ada"), {}}); };
  files[0].sha256[0] ^= 1;
  CHECK(fails());
  files = sample.manifest.files;
  files[1].bytes += 1;
  CHECK(fails());
  files = sample.manifest.files;
  files.pop_back();
  CHECK(fails());
  files = sample.manifest.files;
  files.push_back(files[1]);
  CHECK(fails());
  files.clear();
  CHECK(fails());

  // Signed again by another key, which is not the one in report.json.
  sample.manifest.audience.push_back(id("cy"));
  sample.manifest.excluded.clear();
  const auto forged =
      sign::sign_note(encode_manifest(sample.manifest), author_key_name, sign::SigningKey::make_random());
  CHECK(code_of(sample, *forged, {id("cy"), {}}) == Errc::not_authentic);
  const Sample genuine;
  for (std::size_t i = 0; i < note.size(); ++i) {
    auto flipped = note;
    flipped[i] = static_cast<char>(flipped[i] ^ 1);
    REQUIRE_FALSE(open_manifest(flipped, genuine.report, genuine.manifest.files, {id("ada"), {}}));
  }
}

TEST_CASE("manifest: it must agree with report.json") {
  Sample sample;
  sample.report.thread = ReportId{};
  CHECK(code_of(sample, sample.note(), {id("ada"), {}}) == Errc::malformed);
  Sample other;
  other.report.attachments[0].bytes += 1;
  CHECK(code_of(other, other.note(), {id("ada"), {}}) == Errc::malformed);
}

TEST_CASE("manifest: a reader added by the server is named") {
  const Sample sample;
  const std::vector<CaseworkerId> listed{id("ada"), id("bo"), id("cy")};
  CHECK(added_readers(sample.manifest, listed) == std::vector{id("cy")});
  CHECK(added_readers(sample.manifest, std::vector{id("ada")}).empty());
}

TEST_CASE("manifest: only the one canonical text is read") {
  const std::string text = test::text_at(Sample().vectors, "manifest_text");
  const auto replaced = [&](std::string_view what, std::string_view by) {
    auto other = text;
    const auto at = other.find(what);
    REQUIRE(at != std::string::npos);
    return other.replace(at, what.size(), by);
  };
  for (const auto& wrong : {
           text + "\n",
           text + "more\n",
           text.substr(0, text.size() - 1),
           "\n" + text,
           replaced("audience ada\naudience bo", "audience bo\naudience ada"),
           replaced("audience bo", "audience ada"),
           replaced("audience ada\naudience bo\n", ""),
           replaced("exclude cy", "exclude bo"),
           replaced("exclude cy\n", "exclude cy\nexclude cy\n"),
           replaced("thread -", "thread"),
           replaced("thread -", "thread x"),
           replaced("thread -\n", "thread -\r\n"),
           replaced(" 768 ", " 0768 "),
           replaced(" 768 ", " +768 "),
           replaced(" 768 ", "  768 "),
           replaced(" 768 ", " 8589934592 "),
           replaced("attachments/001.jpg", "attachments/002.jpg"),
           replaced("attachments/001.jpg", "manifest.note"),
           replaced("attachments/001.jpg", "../../etc/passwd"),
           replaced(" report.json", " report.json "),
           replaced("desk legal", "desk Legal"),
       }) {
    INFO(wrong);
    CHECK_FALSE(parse_manifest(wrong));
  }
  auto follow_up = Sample().manifest;
  follow_up.thread = ReportId{};
  CHECK(parse_manifest(encode_manifest(follow_up)) == follow_up);
}

}  // namespace
}  // namespace candour
