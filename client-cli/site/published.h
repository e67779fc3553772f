// SPDX-License-Identifier: AGPL-3.0-or-later
// What a release says that its page consists of: `sha256sums.txt` of the build, or its WEBCAT manifest or bundle
// (docs/spec/cli.md "verify-site"). Whether whoever published it is to be believed is not looked at here. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/core/hash.h"
#include "crypto/core/result.h"

namespace candour::cli {

struct PublishedFile {
  std::string path;  // "/app.js"
  Digest sha256;
};

struct Published {
  std::vector<PublishedFile> files;   // "/index.html" among them
  std::optional<std::string> policy;  // Content-Security-Policy, where the manifest says it
};

inline constexpr std::size_t published_bytes_max = std::size_t{4} << 20;
inline constexpr std::size_t published_files_max = 1000;

Result<Published> parse_published(std::string_view text);

}  // namespace candour::cli
