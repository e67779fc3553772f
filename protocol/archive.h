// SPDX-License-Identifier: AGPL-3.0-or-later
// The tar inside the seal (docs/spec/report.md "tar"): report.json, attachments/NNN[.ext], manifest.note, two zero
// blocks, zero padding. Both directions stream in constant memory and hash every member on the way. The reader
// accepts this form only; a hostile archive (paths, links, sizes, duplicates, extensions of the format) is refused
// before a byte of the member is handed out. Used by one thread at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/core/bytes.h"
#include "crypto/core/hash.h"
#include "crypto/core/result.h"
#include "protocol/manifest.h"

namespace candour {

inline constexpr std::size_t archive_block_bytes = 512;
inline constexpr std::string_view report_member = "report.json";
inline constexpr std::string_view manifest_member = "manifest.note";

// attachments/001.jpg for number 1 and original name "IMG 0042.JPG": the extension is kept where it is
// [a-z0-9]{1,8} after lower-casing. `number` is 1 to 999.
std::string attachment_member(std::size_t number, std::string_view original_name);
// 1 to 999; 0 where it is not the name of an attachment.
std::size_t attachment_number(std::string_view member);

// Size of the whole archive with its end, before padding.
std::uint64_t archive_bytes(const std::vector<std::uint64_t>& member_bytes);

class ArchiveWriter {
 public:
  using Sink = std::move_only_function<Result<>(ByteView)>;
  explicit ArchiveWriter(Sink sink);

  // Members in the order of the format, each exactly as long as announced.
  Result<> begin(std::string_view member, std::uint64_t bytes);
  Result<> write(ByteView bytes);
  // Ends the member that is open. All so far: what the manifest lists.
  Result<std::vector<ManifestFile>> files();
  // End blocks, then zeros up to padded_size(…, 64 KiB).
  Result<> finish();

 private:
  Result<> end_member();
  Result<> put(ByteView bytes);
  Result<> put_zeros(std::uint64_t bytes);
  Sink sink_;
  std::vector<ManifestFile> files_;
  ManifestFile current_;
  Sha256 hash_;
  std::uint64_t left_bytes_ = 0;
  std::uint64_t written_bytes_ = 0;
  bool open_ = false;
};

// Receives what a reader finds. What was handed out is provisional until finish() has succeeded.
class ArchiveVisitor {
 public:
  virtual ~ArchiveVisitor() = default;
  virtual Result<> begin_member(std::string_view member, std::uint64_t bytes) = 0;
  virtual Result<> member_bytes(ByteView bytes) = 0;
  virtual Result<> end_member(const ManifestFile& file) = 0;
};

// Is this, or its first block, the header of the first member of a report? Everything else is no archive of ours.
bool begins_like_archive(ByteView beginning);

class ArchiveReader {
 public:
  // `visitor` outlives the reader.
  explicit ArchiveReader(ArchiveVisitor& visitor) : visitor_(visitor) {}

  // The next bytes, in pieces of any size. After an error, every further call fails.
  Result<> push(ByteView bytes);
  // All members before the manifest, in order. Errc::truncated where something is missing.
  Result<std::vector<ManifestFile>> finish();

 private:
  enum class State : std::uint8_t { header, content, filling, second_end_block, padding, failed };
  Result<> step(ByteView& bytes);
  Result<> take_block();
  Result<> take_content(ByteView& bytes);
  Result<> end_member();
  ArchiveVisitor& visitor_;
  State state_ = State::header;
  std::array<std::uint8_t, archive_block_bytes> block_{};
  std::size_t block_bytes_ = 0;
  std::uint64_t left_bytes_ = 0;
  ManifestFile current_;
  Sha256 hash_;
  std::vector<ManifestFile> files_;
};

}  // namespace candour
