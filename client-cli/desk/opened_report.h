// SPDX-License-Identifier: AGPL-3.0-or-later
// Opening a sealed report (docs/spec/report.md "An opener MUST"): age → tar → files in a folder that stays called
// "unverified" until the author's manifest has been checked against everything that was found. Constant memory.
// What is wrong is said in its own words; nothing is left of it on the disk. What was sealed without being a report is
// one file of whatever it is (unsigned_contents.h). Without a folder everything is checked alike and nothing is written:
// for who needs only what the report says of its author.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client-cli/desk/unsigned_contents.h"
#include "client-cli/files/new_files.h"
#include "client-cli/outcome.h"
#include "client-cli/stash.h"
#include "crypto/open/opener.h"
#include "protocol/archive.h"
#include "protocol/manifest.h"
#include "protocol/report_json.h"

namespace candour::cli {

struct OpenedReport {
  Report report;
  OpenedManifest manifest;
};

class ReportOpener : private ArchiveVisitor {
 public:
  // All three outlive it; `files` may be null.
  ReportOpener(const std::vector<open::Identity>& identities, const Opener& opener, NewFiles* files,
               unsigned threads);
  ReportOpener(const ReportOpener&) = delete;
  ReportOpener& operator=(const ReportOpener&) = delete;

  // The next sealed bytes, in pieces of any size.
  Outcome<> update(ByteView sealed);
  // Call it first: the name of the file where what was sealed is no report, nothing where it is one. Nothing is known of
  // who wrote that file; the folder may be committed.
  Outcome<std::optional<std::string>> finish_unsigned();
  // All checks. After it the folder may be committed.
  Outcome<OpenedReport> finish();

 private:
  Result<> take(ByteView plain);
  Result<> decide();
  Outcome<> end_sealed();
  Result<> begin_member(std::string_view member, std::uint64_t bytes) override;
  Result<> member_bytes(ByteView bytes) override;
  Result<> end_member(const ManifestFile& file) override;
  template <class T>
  std::unexpected<Failure> failure(const Result<T>& failed) const;

  const Opener& opener_;
  NewFiles* files_;
  Stash stash_;
  UnsignedContents unsigned_;
  std::optional<bool> is_report_;  // once its first block has come
  Bytes beginning_;                // until then
  bool ended_ = false;
  bool archive_failed_ = false;
  SecretBytes report_json_, manifest_note_;
  SecretBytes* keep_ = nullptr;  // the member that is also kept in memory
  std::size_t kept_bytes_ = 0;
  ArchiveReader archive_;
  open::Opener age_;
};

}  // namespace candour::cli
