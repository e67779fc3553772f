// SPDX-License-Identifier: AGPL-3.0-or-later
// What lies in the folder of a bag, which may come from anybody: every file read once and hashed, nothing followed that is not a
// file or folder, nothing written. Constant memory but for the list, and for the small files that say what the rest should be.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client-cli/outcome.h"
#include "crypto/core/hash.h"

namespace candour::cli {

// Something that is wrong; `file` is its path in the bag.
struct BagFinding {
  std::string file, what;
};
using BagFindings = std::vector<BagFinding>;

struct BagFile {
  std::uint64_t bytes = 0;
  Digest sha256{};
  std::optional<std::string>
      content;  // of the small files that are kept, where it is not larger than it may be
};

struct BagTree {
  std::map<std::string, BagFile, std::less<>> files;  // by path in the bag
  BagFindings findings;                               // what is neither a file nor a folder
  const BagFile* find(std::string_view path) const {
    const auto at = files.find(path);
    return at == files.end() ? nullptr : &at->second;
  }
};

// How much of a file of this name is kept for who checks it: 0 for what is only hashed.
std::size_t bag_content_bytes_max(std::string_view path);

// Fails where the bag cannot be read, or has more in it than is looked at.
Outcome<BagTree> read_bag(const std::string& path);

}  // namespace candour::cli
