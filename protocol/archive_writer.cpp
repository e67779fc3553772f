// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <array>

#include "crypto/core/padme.h"
#include "protocol/archive.h"
#include "protocol/archive_header.h"

namespace candour {
namespace {

constexpr std::array<std::uint8_t, 16'384> zeros{};

}  // namespace

std::uint64_t archive_bytes(const std::vector<std::uint64_t>& member_bytes) {
  std::uint64_t total = 2 * archive_block_bytes;
  for (const auto bytes : member_bytes) total += archive_block_bytes + bytes + archive_filling_bytes(bytes);
  return total;
}

ArchiveWriter::ArchiveWriter(Sink sink) : sink_(std::move(sink)) {}

Result<> ArchiveWriter::put(ByteView bytes) {
  written_bytes_ += bytes.size();
  return sink_(bytes);
}

Result<> ArchiveWriter::put_zeros(std::uint64_t bytes) {
  while (bytes > 0) {
    const auto piece = std::min<std::uint64_t>(bytes, zeros.size());
    if (auto done = put(ByteView(zeros).first(piece)); !done) return done;
    bytes -= piece;
  }
  return {};
}

Result<> ArchiveWriter::begin(std::string_view member, std::uint64_t bytes) {
  if (auto ended = end_member(); !ended) return ended;
  const bool after_manifest = !files_.empty() && files_.back().member == manifest_member;
  if (after_manifest || !is_next_member(member, files_.size())) {
    return fail(Errc::internal, "members must be written in the order of the format");
  }
  if (bytes > archive_member_bytes_max(member))
    return fail(Errc::too_large, "a file is too large for a report: send a smaller one");
  current_ = {{}, bytes, std::string(member)};
  left_bytes_ = bytes;
  hash_ = Sha256();
  open_ = true;
  return put(encode_archive_header(member, bytes));
}

Result<> ArchiveWriter::write(ByteView bytes) {
  if (!open_ || bytes.size() > left_bytes_) {
    return fail(Errc::io, "a file grew while it was read: close the program that writes it and try again");
  }
  left_bytes_ -= bytes.size();
  hash_.update(bytes);
  return put(bytes);
}

Result<> ArchiveWriter::end_member() {
  if (!open_) return {};
  if (left_bytes_ != 0) {
    return fail(Errc::io, "a file shrank while it was read: close the program that writes it and try again");
  }
  open_ = false;
  current_.sha256 = hash_.finish();
  files_.push_back(current_);
  return put_zeros(archive_filling_bytes(current_.bytes));
}

Result<std::vector<ManifestFile>> ArchiveWriter::files() {
  if (auto ended = end_member(); !ended) return fail(ended);
  return files_;
}

Result<> ArchiveWriter::finish() {
  if (auto ended = end_member(); !ended) return ended;
  if (files_.empty() || files_.back().member != manifest_member) {
    return fail(Errc::internal, "a report ends with its manifest");
  }
  const std::uint64_t with_end = written_bytes_ + 2 * archive_block_bytes;
  return put_zeros(padded_size(with_end, report_floor_bytes) - written_bytes_);
}

}  // namespace candour
