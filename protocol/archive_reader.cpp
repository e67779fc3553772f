// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>

#include "protocol/archive.h"
#include "protocol/archive_header.h"

namespace candour {
namespace {

bool is_zero(ByteView bytes) {
  return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

}  // namespace

bool begins_like_archive(ByteView beginning) {
  ArchiveBlock block{};
  if (beginning.size() < block.size()) return false;
  std::ranges::copy(beginning.first(block.size()), block.begin());
  const auto member = parse_archive_header(block);
  return member && member->name == report_member;
}

Result<> ArchiveReader::push(ByteView bytes) {
  while (!bytes.empty()) {
    if (auto done = step(bytes); !done) {
      state_ = State::failed;
      return done;
    }
  }
  return {};
}

// Takes some of the bytes off the front.
Result<> ArchiveReader::step(ByteView& bytes) {
  switch (state_) {
    case State::failed:
      return fail(Errc::malformed, "the archive has been refused already");
    case State::padding:
      if (!is_zero(bytes)) return fail(Errc::malformed, "there is something behind the end of the archive");
      bytes = {};
      return {};
    case State::content:
      return take_content(bytes);
    case State::filling: {
      const auto piece = std::min<std::uint64_t>(bytes.size(), left_bytes_);
      if (!is_zero(bytes.first(piece))) return fail(Errc::malformed, "there is something between the files");
      bytes = bytes.subspan(piece);
      left_bytes_ -= piece;
      if (left_bytes_ == 0) state_ = State::header;
      return {};
    }
    case State::header:
    case State::second_end_block:
      break;
  }
  const auto piece = std::min(bytes.size(), block_.size() - block_bytes_);
  std::ranges::copy(bytes.first(piece), block_.begin() + static_cast<std::ptrdiff_t>(block_bytes_));
  bytes = bytes.subspan(piece);
  block_bytes_ += piece;
  if (block_bytes_ < block_.size()) return {};
  block_bytes_ = 0;
  return take_block();
}

// A whole block: a header, or one of the two zero blocks at the end.
Result<> ArchiveReader::take_block() {
  const bool complete = !files_.empty() && files_.back().member == manifest_member;
  if (complete) {
    if (!is_zero(block_)) return fail(Errc::malformed, "the archive goes on after the manifest");
    state_ = state_ == State::header ? State::second_end_block : State::padding;
    return {};
  }
  if (is_zero(block_)) return fail(Errc::truncated, "the archive ends without a manifest");
  auto member = parse_archive_header(block_);
  if (!member) return fail(member);
  if (!is_next_member(member->name, files_.size())) {
    return fail(Errc::malformed,
                "the archive holds a file with another name or in another order than a report has");
  }
  if (member->bytes > archive_member_bytes_max(member->name)) {
    return fail(Errc::too_large, "a file of the archive is larger than a report may hold");
  }
  if (auto begun = visitor_.begin_member(member->name, member->bytes); !begun) return begun;
  current_ = {{}, member->bytes, std::move(member->name)};
  left_bytes_ = current_.bytes;
  hash_ = Sha256();
  state_ = State::content;
  return left_bytes_ == 0 ? end_member() : Result<>{};
}

Result<> ArchiveReader::take_content(ByteView& bytes) {
  const auto piece = bytes.first(std::min<std::uint64_t>(bytes.size(), left_bytes_));
  hash_.update(piece);
  if (auto taken = visitor_.member_bytes(piece); !taken) return taken;
  bytes = bytes.subspan(piece.size());
  left_bytes_ -= piece.size();
  return left_bytes_ == 0 ? end_member() : Result<>{};
}

Result<> ArchiveReader::end_member() {
  current_.sha256 = hash_.finish();
  files_.push_back(current_);
  left_bytes_ = archive_filling_bytes(current_.bytes);
  state_ = left_bytes_ == 0 ? State::header : State::filling;
  return visitor_.end_member(current_);
}

Result<std::vector<ManifestFile>> ArchiveReader::finish() {
  if (state_ == State::failed) return fail(Errc::malformed, "the archive has been refused already");
  if (state_ != State::padding)
    return fail(Errc::truncated, "the archive ends too early: fetch the report again");
  state_ = State::failed;
  files_.pop_back();  // the manifest does not list itself
  return std::move(files_);
}

}  // namespace candour
