// SPDX-License-Identifier: AGPL-3.0-or-later
// The texts of a bag's tag files (RFC 8493; docs/spec/evidence.md "Tag files"), written and read. What is read may come from anybody:
// a path that passed here is relative, stays in the bag and comes once. Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client-cli/outcome.h"
#include "crypto/core/hash.h"

namespace candour::cli {

inline constexpr std::size_t bag_manifest_bytes_max = 16 << 20;
inline constexpr std::size_t bag_info_bytes_max = 256 << 10;

using BagDigests = std::map<std::string, Digest, std::less<>>;  // by path, as it is on the disk

// By path; CR, LF and % percent-encoded.
std::string encode_bag_manifest(const BagDigests& files);

enum class BagVersion : std::uint8_t { v0_97, v1_0 };
// bagit.txt of a version that is known, in UTF-8.
Outcome<BagVersion> parse_bag_declaration(std::string_view text);
std::string_view bag_declaration();

// Digests in either case. `payload`: every path is in data/; otherwise none is. Only version 1.0 encodes a percent sign.
Outcome<BagDigests> parse_bag_manifest(std::string_view text, BagVersion version, bool payload);

// bag-info.txt: labels may repeat, and stay in order.
using BagInfo = std::vector<std::pair<std::string, std::string>>;
std::string encode_bag_info(const BagInfo& info);
Outcome<BagInfo> parse_bag_info(std::string_view text);

struct BagOxum {
  std::uint64_t bytes = 0, files = 0;
  bool operator==(const BagOxum&) const = default;
  std::string encode() const { return fmt::format("{}.{}", bytes, files); }
};
inline constexpr std::string_view bag_oxum_label = "Payload-Oxum";
// Nothing where bag-info.txt has none; a failure where it is not of its form, or there twice.
Outcome<std::optional<BagOxum>> oxum_of(const BagInfo& info);

}  // namespace candour::cli
