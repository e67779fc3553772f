// SPDX-License-Identifier: AGPL-3.0-or-later
// A folder for one test case, removed with everything in it.
#pragma once

#include <filesystem>
#include <string>

namespace candour::cli::test {

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::size_t entries() const;

 private:
  std::filesystem::path folder_;
};

std::string read(const std::string& path);
unsigned mode_of(const std::string& path);

}  // namespace candour::cli::test
