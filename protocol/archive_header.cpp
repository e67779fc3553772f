// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/archive_header.h"

#include <algorithm>
#include <optional>

#include "protocol/limits.h"

namespace candour {
namespace {

// Field offsets and sizes of POSIX.1-1988 ustar.
struct Field {
  std::size_t at;
  std::size_t size;
};
constexpr Field name_field{0, 100};
constexpr Field mode_field{100, 8};
constexpr Field uid_field{108, 8};
constexpr Field gid_field{116, 8};
constexpr Field size_field{124, 12};
constexpr Field mtime_field{136, 12};
constexpr Field checksum_field{148, 8};
constexpr Field type_field{156, 1};
constexpr Field magic_field{257, 8};  // "ustar", NUL, version "00"

void put(ArchiveBlock& block, Field field, std::string_view text) {
  std::ranges::copy(text, block.begin() + static_cast<std::ptrdiff_t>(field.at));
}

// Octal digits with leading zeros that leave room for the closing NUL.
std::string octal(std::uint64_t value, std::size_t digits) {
  std::string text(digits, '0');
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, value /= 8) {
    *digit = static_cast<char>('0' + value % 8);
  }
  return text;
}

std::optional<std::uint64_t> parse_octal(std::string_view text) {
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '7') return std::nullopt;
    value = value * 8 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

}  // namespace

ArchiveBlock encode_archive_header(std::string_view name, std::uint64_t bytes) {
  ArchiveBlock block{};
  put(block, name_field, name);
  put(block, mode_field, "0000600");
  put(block, uid_field, "0000000");
  put(block, gid_field, "0000000");
  put(block, size_field, octal(bytes, size_field.size - 1));
  put(block, mtime_field, "00000000000");
  put(block, checksum_field, "        ");
  put(block, type_field, "0");
  put(block, magic_field,
      std::string_view("ustar\0"
                       "00",
                       8));
  std::uint64_t sum = 0;
  for (const auto byte : block) sum += byte;
  put(block, checksum_field, octal(sum, 6) + '\0');
  return block;
}

Result<ArchiveMember> parse_archive_header(const ArchiveBlock& block) {
  const auto text = as_text(block);
  const auto name = text.substr(name_field.at, text.substr(0, name_field.size).find('\0'));
  const auto bytes = parse_octal(text.substr(size_field.at, size_field.size - 1));
  if (name.size() >= name_field.size || !bytes || block != encode_archive_header(name, *bytes)) {
    return fail(Errc::malformed,
                "the archive holds something that is not a plain file of a report: do not unpack it");
  }
  return ArchiveMember{std::string(name), *bytes};
}

bool is_next_member(std::string_view name, std::size_t earlier) {
  if (earlier == 0) return name == report_member;
  return name == manifest_member || attachment_number(name) == earlier;
}

std::uint64_t archive_member_bytes_max(std::string_view name) {
  if (name == report_member) return limits::report_json_bytes_max;
  if (name == manifest_member) return limits::manifest_bytes_max;
  return limits::member_bytes_max;
}

}  // namespace candour
