// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/archive.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <random>
#include <string>

#include "crypto/core/encoding.h"
#include "crypto/core/padme.h"
#include "protocol/archive_header.h"
#include "support.h"

namespace candour {
namespace {

struct Member {
  std::string name;
  Bytes content;
  bool operator==(const Member&) const = default;
};

Bytes bytes_of(std::string_view text) {
  const auto view = as_bytes(text);
  return {view.begin(), view.end()};
}

Bytes write(const std::vector<Member>& members) {
  Bytes out;
  ArchiveWriter writer([&](ByteView piece) -> Result<> {
    append(out, piece);
    return {};
  });
  for (const auto& [name, content] : members) {
    REQUIRE(writer.begin(name, content.size()));
    const auto half = ByteView(content).first(content.size() / 2);
    REQUIRE(writer.write(half));
    REQUIRE(writer.write(ByteView(content).subspan(half.size())));
  }
  REQUIRE(writer.files().value().size() == members.size());
  REQUIRE(writer.finish());
  return out;
}

// Headers as asked for, whatever they say: for archives that our writer would not write.
Bytes raw(const std::vector<Member>& members) {
  Bytes out;
  for (const auto& [name, content] : members) {
    append(out, encode_archive_header(name, content.size()));
    append(out, content);
    out.resize(out.size() + archive_filling_bytes(content.size()));
  }
  out.resize(out.size() + 2 * archive_block_bytes);
  return out;
}

struct Collector : ArchiveVisitor {
  Result<> begin_member(std::string_view member, std::uint64_t) override {
    members.push_back({std::string(member), {}});
    return {};
  }
  Result<> member_bytes(ByteView bytes) override {
    append(members.back().content, bytes);
    return {};
  }
  Result<> end_member(const ManifestFile& file) override {
    CHECK(file.sha256 == sha256(members.back().content));
    return {};
  }
  std::vector<Member> members;
};

Result<std::vector<ManifestFile>> read(ByteView archive, std::size_t piece_bytes,
                                       std::vector<Member>* members = nullptr) {
  Collector collector;
  ArchiveReader reader(collector);
  while (!archive.empty()) {
    const auto piece = archive.first(std::min(piece_bytes, archive.size()));
    if (auto done = reader.push(piece); !done) {
      CHECK_FALSE(reader.push(piece));
      CHECK_FALSE(reader.finish());
      return fail(done);
    }
    archive = archive.subspan(piece.size());
  }
  if (members != nullptr) *members = collector.members;
  return reader.finish();
}

const Member report{"report.json", bytes_of("{}")};
const Member manifest{"manifest.note", bytes_of("note")};
Member attachment(std::string name, std::size_t size) { return {std::move(name), Bytes(size, 0x5a)}; }

TEST_CASE("archive: the vector is written to the same bytes, and its headers are those of the vector") {
  const test::Sample sample;
  const auto photo = base64_decode(test::text_at(sample.vectors, "attachment")).value();
  const auto archive = write({{"report.json", bytes_of(test::text_at(sample.vectors, "report_json"))},
                              {"attachments/001.jpg", photo},
                              {"manifest.note", bytes_of(test::text_at(sample.vectors, "manifest_note"))}});
  CHECK(archive.size() == test::at(sample.vectors, "archive_bytes").whole());
  CHECK(hex_encode(sha256(archive)) == test::text_at(sample.vectors, "archive_sha256"));
  CHECK(read(archive, 1000).value() == sample.manifest.files);
  const auto& headers = test::at(sample.vectors, "headers");
  const auto largest = encode_archive_header("attachments/999", 8589934591);
  CHECK(base64_encode(largest) == test::text_at(headers, "attachments/999"));
}

TEST_CASE("archive: round trip at the edges of blocks, in pieces of any size") {
  std::mt19937 random(1);
  for (const std::size_t size : {0U, 1U, 511U, 512U, 513U, 1024U, 70'000U}) {
    Bytes content(size);
    std::ranges::generate(content, [&] { return static_cast<std::uint8_t>(random()); });
    const std::vector<Member> members{
        report, {"attachments/001", content}, attachment("attachments/002.txt", 3), manifest};
    const auto archive = write(members);
    CHECK(archive.size() == padded_size(archive_bytes({2, size, 3, 4}), report_floor_bytes));
    for (const std::size_t piece : {std::size_t{1}, std::size_t{511}, std::size_t{4096}, archive.size()}) {
      std::vector<Member> found;
      REQUIRE(read(archive, piece, &found));
      CHECK(found == members);
    }
  }
}

TEST_CASE("archive: names come from numbers, never from what a file was called") {
  CHECK(attachment_member(1, "IMG 0042.JPG") == "attachments/001.jpg");
  CHECK(attachment_member(999, "x.tar.gz") == "attachments/999.gz");
  for (const auto* name :
       {"", "x", ".", "x.", "x.abcdefghi", "x.a/b", "x.\xd1\x81", "../../etc/passwd", "a.b c", "a.j\np"}) {
    CHECK(attachment_member(2, name) == "attachments/002");
  }
  CHECK(attachment_number("attachments/017.mp4") == 17);
  for (const auto* name :
       {"attachments/", "attachments/1", "attachments/0001", "attachments/001.", "attachments/001.JPG",
        "attachments/001.abcdefghi", "attachments/001/..", "/attachments/001", "attachments/001.a.b"}) {
    CHECK(attachment_number(name) == 0);
  }
}

TEST_CASE("archive: other names, orders and repetitions are refused") {
  const auto first = attachment("attachments/001", 10);
  const auto second = attachment("attachments/002", 10);
  REQUIRE(read(raw({report, first, second, manifest}), 512));
  for (const auto& members :
       std::vector<std::vector<Member>>{{},
                                        {report},
                                        {manifest},
                                        {report, first},
                                        {manifest, report},
                                        {first, report, manifest},
                                        {report, report, manifest},
                                        {report, manifest, manifest},
                                        {report, manifest, first},
                                        {report, second, manifest},
                                        {report, first, first, manifest},
                                        {report, second, first, manifest},
                                        {report, attachment("attachments/000", 1), manifest},
                                        {report, attachment("../x", 1), manifest},
                                        {report, attachment("/etc/passwd", 1), manifest},
                                        {report, attachment("attachments/001/../../x", 1), manifest},
                                        {report, attachment("attachments/001.sh\n", 1), manifest},
                                        {report, attachment("", 1), manifest},
                                        {attachment("report.json", 48 * 1024 + 1), manifest}}) {
    CHECK_FALSE(read(raw(members), 512));
  }
}

TEST_CASE("archive: no byte of a header, a filling or the padding can be changed") {
  const auto archive = write({report, attachment("attachments/001", 100), manifest});
  // report: header 0, content 512; attachment: header 1024, content 1536; manifest: header 2048, content 2560; end 3072.
  const auto is_content = [](std::size_t i) {
    return (i >= 512 && i < 514) || (i >= 1536 && i < 1636) || (i >= 2560 && i < 2564);
  };
  auto changed = archive;
  changed.resize(8192);  // the rest is padding, checked at its end below
  for (std::size_t i = 0; i < changed.size(); ++i) {
    if (is_content(i)) continue;
    changed[i] ^= 1;
    Collector collector;
    ArchiveReader reader(collector);
    const bool accepted = reader.push(changed) && reader.finish();
    INFO(i);
    REQUIRE_FALSE(accepted);
    changed[i] ^= 1;
  }
  changed = archive;
  changed.back() = 1;
  CHECK_FALSE(read(changed, 4096));
}

TEST_CASE("archive: links, folders, devices, sparse and extended headers are refused") {
  for (const char type : {'\0', '1', '2', '3', '4', '5', '6', '7', 'x', 'g', 'L', 'K', 'S'}) {
    auto archive = raw({report, attachment("attachments/001", 1), manifest});
    auto header = std::span(archive).subspan(1024, 512);
    const auto old = header[156];
    header[156] = static_cast<std::uint8_t>(type);
    // With the checksum set right again.
    const int sum = std::stoi(std::string(as_text(header.subspan(148, 6))), nullptr, 8) - old + type;
    for (std::size_t digit = 0, rest = static_cast<std::size_t>(sum); digit < 6; ++digit, rest /= 8) {
      header[148 + 5 - digit] = static_cast<std::uint8_t>('0' + rest % 8);
    }
    CHECK_FALSE(read(archive, 512));
  }
}

TEST_CASE("archive: cut anywhere before its end, it is not finished") {
  const auto archive = raw({report, attachment("attachments/001", 600), manifest});
  for (std::size_t size = 0; size < archive.size(); ++size) {
    REQUIRE_FALSE(read(ByteView(archive).first(size), 700));
  }
  CHECK(read(archive, 700));
}

TEST_CASE("archive: the writer keeps to the format") {
  ArchiveWriter writer([](ByteView) -> Result<> { return {}; });
  CHECK_FALSE(writer.begin("attachments/001", 1));
  CHECK_FALSE(writer.finish());
  CHECK_FALSE(writer.write(bytes_of("x")));
  REQUIRE(writer.begin("report.json", 2));
  CHECK_FALSE(writer.write(bytes_of("xxx")));
  CHECK_FALSE(writer.begin("manifest.note", 1));  // report.json is not complete
  REQUIRE(writer.write(bytes_of("{}")));
  CHECK_FALSE(writer.begin("attachments/002", 1));
  CHECK_FALSE(writer.begin("attachments/001", std::uint64_t{8} << 30));
  REQUIRE(writer.begin("manifest.note", 0));
  CHECK_FALSE(writer.begin("attachments/001", 1));
}

TEST_CASE("archive: what the sink or the visitor refuses ends it") {
  ArchiveWriter writer([](ByteView) -> Result<> { return fail(Errc::io, "full"); });
  CHECK(writer.begin("report.json", 1).error().code == Errc::io);
  struct Refuses : Collector {
    Result<> member_bytes(ByteView) override { return fail(Errc::io, "full"); }
  } visitor;
  ArchiveReader reader(visitor);
  CHECK(reader.push(raw({report, manifest})).error().code == Errc::io);
  CHECK_FALSE(reader.finish());
}

}  // namespace
}  // namespace candour
