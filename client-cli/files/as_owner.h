// SPDX-License-Identifier: AGPL-3.0-or-later
// Root in a folder that belongs to somebody else (Tor's, say): what its owner may have put there, a link or a pipe, must lead root nowhere that
// the owner could not go. So while this lives, root's files are opened with the owner's rights, and made as the owner's. One thread at a time.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "client-cli/outcome.h"

namespace candour::cli {

class AsOwner {
 public:
  // `folder` is one, and no link. Nothing changes for who is not root, or where it is root's own.
  static Outcome<AsOwner> of(std::string folder);
  AsOwner(AsOwner&& other) noexcept;
  AsOwner& operator=(AsOwner&&) = delete;
  ~AsOwner();  // ends the program where root's rights cannot be had back

 private:
  explicit AsOwner(bool changed, std::vector<gid_t> groups) : changed_(changed), groups_(std::move(groups)) {}
  bool changed_;
  std::vector<gid_t> groups_;  // root's
};

}  // namespace candour::cli
