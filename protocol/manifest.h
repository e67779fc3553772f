// SPDX-License-Identifier: AGPL-3.0-or-later
// manifest.note: her signature over everything that she sent, and to whom (docs/spec/report.md "manifest.note").
// A Manifest is only well-formed; an OpenedManifest passed every check that an opener must make, and its audience
// is the one to believe. encode_manifest() gives the text; sign_note() of crypto/sign makes the note of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/core/hash.h"
#include "crypto/core/result.h"
#include "protocol/admission.h"
#include "protocol/ids.h"
#include "protocol/report_json.h"

namespace candour {

inline constexpr std::string_view author_key_name = "candour/author";

struct ManifestFile {
  Digest sha256{};
  std::uint64_t bytes = 0;
  std::string member;
  bool operator==(const ManifestFile&) const = default;
};

struct Manifest {
  ReportId report;
  DeskId desk;
  std::vector<CaseworkerId> audience;  // sorted, at least one
  std::vector<CaseworkerId> excluded;  // sorted
  Digest roster_sha256{};
  std::optional<ReportId> thread;
  std::vector<ManifestFile> files;  // in tar order, without the manifest itself
  bool operator==(const Manifest&) const = default;
};

std::string encode_manifest(const Manifest& manifest);
// Accepts exactly what encode_manifest() writes.
Result<Manifest> parse_manifest(std::string_view text);
// Size of the signed note; no secret is needed to know it.
std::size_t manifest_note_bytes(const Manifest& manifest);

// Who opens, and what she asked for.
struct Opener {
  CaseworkerId caseworker;
  std::optional<ReportId> report;  // nothing where a file is opened that came without an id
  // Of who came later: who handed it on to her, and who says that whom she admitted (case_event.h).
  std::vector<CaseworkerId> granted_by = {};
  std::vector<Admission> admissions = {};
};

// `found`: the members before the manifest as they were read, in order (ArchiveReader::finish()). Checks the signature under the
// report's authorship key; that members and manifest are the same, and the attachments those of report.json; thread.
// Errc::not_authentic where it was changed. Nothing is said of who may read it: for evidence, which is checked without a key.
Result<Manifest> check_manifest(std::string_view note, const Report& report,
                                std::span<const ManifestFile> found);

class OpenedManifest {
 public:
  const Manifest& manifest() const { return manifest_; }
  const Manifest* operator->() const { return &manifest_; }

 private:
  friend Result<OpenedManifest> open_manifest(std::string_view, const Report&, std::span<const ManifestFile>,
                                              const Opener&);
  explicit OpenedManifest(Manifest manifest) : manifest_(std::move(manifest)) {}
  Manifest manifest_;
};

// check_manifest(), report id, and that the opener is in the audience; or that somebody who may read it handed it on to her, whom its author
// did not exclude. Errc::no_match where it is genuine but another report, Errc::refused where it is not for her.
Result<OpenedManifest> open_manifest(std::string_view note, const Report& report,
                                     std::span<const ManifestFile> found, const Opener& opener);

// Those whom the server lists but the author did not name: "a reader has been added".
std::vector<CaseworkerId> added_readers(const Manifest& manifest, std::span<const CaseworkerId> listed);

}  // namespace candour
