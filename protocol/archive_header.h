// SPDX-License-Identifier: AGPL-3.0-or-later
// One ustar header of ours (docs/spec/report.md "tar"). There is exactly one header for a name and a size, so that
// reading is: take the name and the size, write the header anew, compare. Only for archive_*.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"
#include "protocol/archive.h"

namespace candour {

using ArchiveBlock = std::array<std::uint8_t, archive_block_bytes>;

struct ArchiveMember {
  std::string name;
  std::uint64_t bytes = 0;
};

// `name` has at most 99 bytes, `bytes` at most limits::member_bytes_max.
ArchiveBlock encode_archive_header(std::string_view name, std::uint64_t bytes);
Result<ArchiveMember> parse_archive_header(const ArchiveBlock& block);

// Bytes that fill the last block of a member up.
constexpr std::size_t archive_filling_bytes(std::uint64_t bytes) {
  return static_cast<std::size_t>((archive_block_bytes - bytes % archive_block_bytes) % archive_block_bytes);
}

// May this member come after `earlier` others? Order: report.json, attachments by number, manifest.note.
bool is_next_member(std::string_view name, std::size_t earlier);

// What a member of this name may hold.
std::uint64_t archive_member_bytes_max(std::string_view name);

}  // namespace candour
