// SPDX-License-Identifier: AGPL-3.0-or-later
// What a colleague or the server may have done to a report, and hostile archives: each recognised in its own words,
// nothing left on the disk (docs/spec/report.md "An opener MUST").
#include "client-cli/desk/opened_report.h"

#include <catch2/catch_test_macros.hpp>
#include <cstring>
#include <functional>

#include "client-cli/files/new_directory.h"
#include "crypto/seal/sealer.h"
#include "crypto/sign/note.h"
#include "file_state.h"
#include "protocol/archive.h"
#include "protocol/reporter_keys.h"

namespace candour::cli {
namespace {

CaseworkerId who(std::string_view id) { return CaseworkerId::parse(id).value(); }

// The plaintext of a genuine report with one attachment, to ada and bo.
struct Genuine {
  ReporterKeys keys = ReporterKeys::derive(Codename::make_random());
  Bytes tar;

  Genuine() {
    Report report;
    report.form_id = "default";
    report.form_version = 1;
    report.language = "en";
    report.day = Day::parse("2026-11-23").value();
    report.answers.emplace("what_happened", "words");
    report.authorship_key = keys.authorship().verify_key();
    report.mailbox_root = Secret<32>::copy_of(keys.mailbox_root().reveal());
    report.reply_recipient = keys.reply_recipient();
    report.attachments.push_back({"attachments/001.jpg", "a.jpg", "image/jpeg", 5});
    const std::string json = encode_report(report).value();
    ArchiveWriter writer([this](ByteView bytes) -> Result<> {
      append(tar, bytes);
      return {};
    });
    REQUIRE(writer.begin(report_member, json.size()));
    REQUIRE(writer.write(as_bytes(json)));
    REQUIRE(writer.begin("attachments/001.jpg", 5));
    REQUIRE(writer.write(as_bytes("photo")));
    const Manifest manifest{.report = keys.report_id(0),
                            .desk = DeskId::parse("legal").value(),
                            .audience = {who("ada"), who("bo")},
                            .excluded = {who("cy")},
                            .roster_sha256 = {},
                            .thread = {},
                            .files = writer.files().value()};
    const std::string note =
        sign::sign_note(encode_manifest(manifest), author_key_name, keys.authorship()).value();
    REQUIRE(writer.begin(manifest_member, note.size()));
    REQUIRE(writer.write(as_bytes(note)));
    REQUIRE(writer.finish());
  }
};

struct Bench {
  test::TemporaryFolder folder;
  std::vector<open::Identity> identities;
  seal::Recipient recipient;

  Bench() {
    auto identity = open::HybridIdentity::make_random();
    recipient = identity.recipient();
    identities.emplace_back(std::move(identity));
  }

  Bytes sealed(ByteView plain) const { return seal::seal_bytes({&recipient, 1}, plain).value(); }

  Outcome<OpenedReport> open_sealed(ByteView file, const Opener& opener) const {
    auto directory = NewDirectory::create(folder.path("out")).value();
    ReportOpener report(identities, opener, &directory, 1);
    for (std::size_t at = 0; at < file.size(); at += 1000) {
      if (auto done = report.update(file.subspan(at, std::min<std::size_t>(1000, file.size() - at))); !done)
        return fail(done);
    }
    auto opened = report.finish();
    if (opened) REQUIRE(directory.commit());
    return opened;
  }

  // The words of the refusal; and nothing is left.
  std::string refusal(ByteView file, const Opener& opener) const {
    const auto opened = open_sealed(file, opener);
    REQUIRE_FALSE(opened);
    CHECK(folder.entries() == 0);
    return opened.error().text;
  }
};

bool says(const std::string& text, std::string_view words) {
  INFO(text);
  return text.find(words) != std::string::npos;
}

TEST_CASE("a genuine report opens for its audience") {
  const Bench bench;
  const Genuine genuine;
  const auto opened = bench.open_sealed(bench.sealed(genuine.tar), {who("ada"), genuine.keys.report_id(0)});
  REQUIRE(opened);
  CHECK(test::read(bench.folder.path("out/attachments/001.jpg")) == "photo");
  CHECK(opened->manifest->excluded == std::vector{who("cy")});
  CHECK(added_readers(opened->manifest.manifest(), std::vector{who("ada"), who("cy")}) ==
        std::vector{who("cy")});
}

TEST_CASE("without a folder a report is checked alike, and nothing is written") {
  const Bench bench;
  const Genuine genuine;
  Bytes altered = genuine.tar;
  altered[as_text(altered).find("photo")] = 'P';
  const Opener opener{who("ada"), genuine.keys.report_id(0)};
  for (const Bytes* tar : std::initializer_list<const Bytes*>{&genuine.tar, &altered}) {
    ReportOpener report(bench.identities, opener, nullptr, 1);
    REQUIRE(report.update(bench.sealed(*tar)));
    CHECK(report.finish().has_value() == (tar == &genuine.tar));
  }
  CHECK(bench.folder.entries() == 0);
}

TEST_CASE("a report that an insider altered and sealed again is recognised") {
  const Bench bench;
  const Genuine genuine;
  Bytes altered = genuine.tar;
  const auto at = as_text(altered).find("photo");
  altered[at] = 'P';
  CHECK(says(bench.refusal(bench.sealed(altered), {who("ada"), {}}), "altered"));
}

TEST_CASE("a report sealed again for somebody whom its author left out is recognised") {
  const Bench bench;
  const Genuine genuine;
  CHECK(says(bench.refusal(bench.sealed(genuine.tar), {who("cy"), {}}), "did not send this report to you"));
}

TEST_CASE("a copy under another id is recognised") {
  const Bench bench;
  const Genuine genuine;
  CHECK(says(bench.refusal(bench.sealed(genuine.tar), {who("ada"), genuine.keys.report_id(1)}),
             "copy of another report"));
}

TEST_CASE("a report that is cut short or damaged leaves nothing") {
  const Bench bench;
  const Genuine genuine;
  const Bytes file = bench.sealed(genuine.tar);
  CHECK(says(bench.refusal(ByteView(file).first(file.size() - 1), {who("ada"), {}}), "does not open"));
  CHECK(says(bench.refusal(ByteView(file).first(500), {who("ada"), {}}), "does not open"));
  Bytes damaged = file;
  damaged.back() ^= 1U;
  CHECK(says(bench.refusal(damaged, {who("ada"), {}}), "does not open"));
  CHECK(
      says(bench.refusal(bench.sealed(ByteView(genuine.tar).first(1024)), {who("ada"), {}}), "not a report"));
}

// A tar header field by field, with its checksum put right.
void rewrite_second_header(Bytes& tar, const std::function<void(std::span<std::uint8_t, 512>)>& change) {
  using namespace std::string_view_literals;
  const auto at =
      as_text(tar).find("attachments/001.jpg\0"sv);  // report.json names it too, without the zero byte
  REQUIRE(at % 512 == 0);
  const auto header = std::span(tar).subspan(at).first<512>();
  change(header);
  std::fill_n(header.begin() + 148, 8, std::uint8_t{' '});
  unsigned sum = 0;
  for (const std::uint8_t byte : header) sum += byte;
  std::array<char, 8> digits{};
  std::snprintf(digits.data(), digits.size(), "%06o", sum);
  std::memcpy(header.data() + 148, digits.data(), 7);
}

void put_name(std::span<std::uint8_t, 512> header, std::string_view name) {
  std::fill_n(header.begin(), 100, std::uint8_t{0});
  std::copy(name.begin(), name.end(), header.begin());
}

TEST_CASE("hostile archives are refused and write nothing outside") {
  const Bench bench;
  const Genuine genuine;
  for (const char* name :
       {"../../etc/cron.d/x", "/etc/cron.d/x", "attachments/../../x", "attachments/001.jpg/x", "report.json",
        "attachments/002.jpg", ".ssh/authorized_keys", "attachments/001.JPG", "attachments/"}) {
    Bytes tar = genuine.tar;
    rewrite_second_header(tar, [&](auto header) { put_name(header, name); });
    INFO(name);
    CHECK(says(bench.refusal(bench.sealed(tar), {who("ada"), {}}), "not a report"));
  }
  for (const char type : {'1', '2', '3', '4', '5', '6', '7', 'x', 'g', 'L', 'K', 'S', 'V', '\0'}) {
    Bytes tar = genuine.tar;
    rewrite_second_header(tar, [&](auto header) { header[156] = static_cast<std::uint8_t>(type); });
    INFO(static_cast<int>(type));
    CHECK(says(bench.refusal(bench.sealed(tar), {who("ada"), {}}), "not a report"));
  }
  Bytes bomb = genuine.tar;
  rewrite_second_header(bomb, [&](auto header) { std::memcpy(header.data() + 124, "77777777777", 11); });
  CHECK(says(bench.refusal(bench.sealed(bomb), {who("ada"), {}}), "not a report"));
  Bytes trailing = genuine.tar;
  trailing.back() = 1;
  CHECK(says(bench.refusal(bench.sealed(trailing), {who("ada"), {}}), "not a report"));
}

}  // namespace
}  // namespace candour::cli
