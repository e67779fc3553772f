// SPDX-License-Identifier: AGPL-3.0-or-later
#include "keyholder/holder_key.h"

#include <cstdlib>
#include <filesystem>
#include <utility>

#include "server/process/key_file.h"

namespace candour::keyholder {
namespace {

namespace fs = std::filesystem;

// Of systemd, which gives it to this process alone.
server::Readers readers_of(const fs::path& file) {
  const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");
  return credentials != nullptr && file.parent_path() == fs::path(credentials)
             ? server::Readers::owner_and_access_list
             : server::Readers::owner;
}

}  // namespace

cli::Outcome<oprf::Key> read_holder_key(const std::string& path) {
  const fs::path file = fs::absolute(path);
  const auto content = server::read_key_file(file, readers_of(file));
  if (!content && content.error().code == Errc::not_found) {
    return cli::fail_with(Errc::not_found,
                          fmt::format("{}: there is no key here. candour-keyholder init makes one; a share "
                                      "is opened with age from what `candour keyholder split` made.",
                                      path));
  }
  if (!content) return cli::fail_about(path, content);
  auto scalar = oprf::SecretScalar::parse(content->reveal());
  if (!scalar) return cli::fail_about(path, scalar);
  return oprf::Key(std::move(*scalar));
}

cli::Outcome<oprf::Key> create_holder_key(const std::string& path) {
  auto key = oprf::Key::make_random();
  if (const auto made = server::create_key_content(fs::absolute(path), key.secret().reveal()); !made)
    return cli::fail_about(path, made);
  return key;
}

}  // namespace candour::keyholder
