// SPDX-License-Identifier: AGPL-3.0-or-later
#include "file_state.h"

#include <sys/stat.h>

#include <fstream>
#include <iterator>

#include "crypto/core/init.h"

namespace candour::cli::test {
namespace {

// Before the first secret of any test.
[[maybe_unused]] const bool crypto_is_ready = init_crypto().has_value();

}  // namespace

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

unsigned mode_of(const std::string& path) {
  struct stat status{};
  return ::lstat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0;
}

}  // namespace candour::cli::test
