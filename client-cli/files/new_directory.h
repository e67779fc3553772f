// SPDX-License-Identifier: AGPL-3.0-or-later
// A folder that gets its name only when everything in it has been checked. Until commit() it is called
// NAME.unverified-…, and it is removed with all that was written into it when this object goes before. 0700,
// files 0600, made relative to open directories, never through a link, never over anything.
#pragma once

#include <string>
#include <vector>

#include "client-cli/files/new_name.h"
#include "crypto/core/bytes.h"

namespace candour::cli {

class NewDirectory {
 public:
  static Outcome<NewDirectory> create(const std::string& path);
  NewDirectory(NewDirectory&&) noexcept = default;
  NewDirectory& operator=(NewDirectory&&) = delete;
  ~NewDirectory();

  // `name` is "file" or "folder/file", of the letters a-z, 0-9, '.', '-' alone, not beginning with a dot: what
  // the archive's validated member names are. Anything else is refused here again.
  Outcome<> begin_file(std::string_view name);
  Outcome<> write(ByteView bytes);
  Outcome<> end_file();

  // Everything durable, and the name given; refused when something took the name meanwhile.
  Outcome<> commit();

 private:
  NewDirectory(NewName place, Descriptor directory, std::string temporary)
      : place_(std::move(place)), directory_(std::move(directory)), temporary_(std::move(temporary)) {}
  Outcome<int> folder(const std::string& name);
  NewName place_;
  Descriptor directory_, subfolder_, file_;
  std::string temporary_, subfolder_name_;
  std::vector<std::string> files_;  // what to remove again
};

}  // namespace candour::cli
