// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/manifest.h"

#include <algorithm>

#include "crypto/core/encoding.h"
#include "crypto/core/labels.h"
#include "crypto/core/note.h"
#include "protocol/archive.h"
#include "protocol/limits.h"
#include "protocol/lines.h"

namespace candour {
namespace {

bool is_sorted_set(const std::vector<CaseworkerId>& ids) {
  return std::ranges::adjacent_find(ids, std::ranges::greater_equal{}) == ids.end();
}

// The lines "KEY id", as many as there are.
Result<std::vector<CaseworkerId>> read_ids(Lines& lines, std::string_view key, std::size_t ids_max) {
  std::vector<CaseworkerId> ids;
  while (const auto text = lines.field(key)) {
    auto id = CaseworkerId::parse(*text);
    if (!id) return fail(id);
    if (ids.size() == ids_max) return fail(Errc::too_large, "the manifest names too many people");
    ids.push_back(std::move(*id));
  }
  if (!is_sorted_set(ids)) return fail(Errc::malformed, "the people in a manifest are sorted, nobody twice");
  return ids;
}

Result<ManifestFile> read_file(std::string_view line) {
  constexpr Literal message = "a file line of a manifest is: file, hash, bytes, member";
  const auto after_hash = line.find(' ');
  if (after_hash == std::string_view::npos) return fail(Errc::malformed, message);
  const auto after_bytes = line.find(' ', after_hash + 1);
  if (after_bytes == std::string_view::npos) return fail(Errc::malformed, message);
  ManifestFile file;
  const auto bytes = parse_decimal(line.substr(after_hash + 1, after_bytes - after_hash - 1));
  if (!bytes || *bytes > limits::member_bytes_max) return fail(Errc::malformed, message);
  file.bytes = *bytes;
  if (!hex_decode_into(line.substr(0, after_hash), file.sha256)) return fail(Errc::malformed, message);
  file.member = line.substr(after_bytes + 1);
  return file;
}

Result<std::vector<ManifestFile>> read_files(Lines& lines) {
  std::vector<ManifestFile> files;
  while (!lines.at_end()) {
    const auto line = lines.field("file");
    if (!line) return fail(Errc::malformed, "the manifest holds a line that does not belong there");
    auto file = read_file(*line);
    if (!file) return fail(file);
    const bool in_order =
        files.empty() ? file->member == report_member : attachment_number(file->member) == files.size();
    if (!in_order)
      return fail(Errc::malformed, "the manifest does not list report.json and attachments in order");
    files.push_back(std::move(*file));
  }
  if (files.empty()) return fail(Errc::malformed, "the manifest lists no report.json");
  return files;
}

}  // namespace

std::string encode_manifest(const Manifest& manifest) {
  std::string text(label::manifest);
  text += "\nreport " + manifest.report.encode();
  text += "\ndesk " + manifest.desk.text();
  for (const auto& id : manifest.audience) text += "\naudience " + id.text();
  for (const auto& id : manifest.excluded) text += "\nexclude " + id.text();
  text += "\nroster " + hex_encode(manifest.roster_sha256);
  text += "\nthread " + (manifest.thread ? manifest.thread->encode() : std::string("-"));
  for (const auto& file : manifest.files) {
    text += "\nfile " + hex_encode(file.sha256) + ' ' + std::to_string(file.bytes) + ' ' + file.member;
  }
  return text + '\n';
}

Result<Manifest> parse_manifest(std::string_view text) {
  if (text.size() > limits::manifest_bytes_max) return fail(Errc::too_large, "the manifest is too long");
  Lines lines(text);
  if (!lines.take(label::manifest)) return fail(Errc::malformed, "this note is not a manifest");
  const auto report_text = lines.field("report");
  const auto desk_text = lines.field("desk");
  if (!report_text || !desk_text) return fail(Errc::malformed, "a manifest begins with report and desk");
  const auto report = ReportId::parse(*report_text);
  if (!report) return fail(report);
  auto desk = DeskId::parse(*desk_text);
  if (!desk) return fail(desk);
  auto audience = read_ids(lines, "audience", limits::places_max);
  if (!audience) return fail(audience);
  if (audience->empty()) return fail(Errc::malformed, "the manifest names no audience");
  auto excluded = read_ids(lines, "exclude", limits::caseworkers_max);
  if (!excluded) return fail(excluded);
  for (const auto& id : *excluded) {
    if (std::ranges::binary_search(*audience, id)) {
      return fail(Errc::malformed, "the manifest names somebody as audience and as excluded");
    }
  }
  const auto roster = lines.field("roster");
  const auto thread = lines.field("thread");
  if (!roster || !thread) return fail(Errc::malformed, "a manifest has the lines roster and thread");
  Manifest manifest{*report, std::move(*desk), std::move(*audience), std::move(*excluded), {}, {}, {}};
  if (!hex_decode_into(*roster, manifest.roster_sha256)) {
    return fail(Errc::malformed, "the roster hash of a manifest is 64 hex digits in lower case");
  }
  if (*thread != "-") {
    const auto id = ReportId::parse(*thread);
    if (!id) return fail(id);
    manifest.thread = *id;
  }
  auto files = read_files(lines);
  if (!files) return fail(files);
  manifest.files = std::move(*files);
  return manifest;
}

std::size_t manifest_note_bytes(const Manifest& manifest) {
  // Text, empty line, and "— candour/author BASE64(key id, signature)".
  constexpr std::string_view signature_line = "\u2014 candour/author \n";
  constexpr std::size_t signature_characters = (4 + 64 + 2) / 3 * 4;
  return encode_manifest(manifest).size() + 1 + signature_line.size() + signature_characters;
}

Result<Manifest> check_manifest(std::string_view note, const Report& report,
                                std::span<const ManifestFile> found) {
  const auto author = make_note_verifier_key(author_key_name, report.authorship_key);
  const auto verified = verify_note(note, {&author, 1});
  if (!verified) {
    return fail(Errc::not_authentic,
                "the manifest is not signed by the author of this report: it has been altered");
  }
  auto manifest = parse_manifest(verified->text());
  if (!manifest) return fail(manifest);
  if (!std::ranges::equal(manifest->files, found)) {
    return fail(Errc::not_authentic,
                "the files are not those that the author signed: the report has been altered");
  }
  const bool attachments_agree = std::ranges::equal(
      report.attachments, found.subspan(1), [](const Attachment& said, const ManifestFile& file) {
        return said.member == file.member && said.bytes == file.bytes;
      });
  if (!attachments_agree) {
    return fail(Errc::malformed, "the attachments are not those that report.json lists");
  }
  if (manifest->thread != report.thread) {
    return fail(Errc::malformed, "manifest and report.json name different threads");
  }
  return manifest;
}

namespace {

bool was_granted(const Manifest& manifest, const Opener& opener) {
  if (std::ranges::binary_search(manifest.excluded, opener.caseworker)) return false;
  const auto readers = with_admitted(manifest.audience, opener.admissions, manifest.excluded);
  return std::ranges::any_of(
      opener.granted_by, [&](const CaseworkerId& who) { return std::ranges::binary_search(readers, who); });
}

}  // namespace

Result<OpenedManifest> open_manifest(std::string_view note, const Report& report,
                                     std::span<const ManifestFile> found, const Opener& opener) {
  auto manifest = check_manifest(note, report, found);
  if (!manifest) return fail(manifest);
  if (opener.report && manifest->report != *opener.report) {
    return fail(Errc::no_match,
                "this is a copy of another report: the server or a colleague has put it here");
  }
  if (!std::ranges::binary_search(manifest->audience, opener.caseworker) && !was_granted(*manifest, opener)) {
    return fail(Errc::refused,
                opener.granted_by.empty()
                    ? Literal("the author did not send this report to you: somebody has sealed it again")
                    : Literal("somebody handed this report on to you who had no right to, or whom its "
                              "author excluded is you: open it no further, and tell the steward"));
  }
  return OpenedManifest(std::move(*manifest));
}

std::vector<CaseworkerId> added_readers(const Manifest& manifest, std::span<const CaseworkerId> listed) {
  std::vector<CaseworkerId> added;
  std::ranges::copy_if(listed, std::back_inserter(added), [&](const CaseworkerId& id) {
    return !std::ranges::binary_search(manifest.audience, id);
  });
  return added;
}

}  // namespace candour
