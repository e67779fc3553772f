// SPDX-License-Identifier: AGPL-3.0-or-later
// A folder that gets its name only when everything in it has been checked. Until commit() it is called
// NAME.unverified-…, and it is removed with all that was written into it when this object goes before. 0700,
// files 0600, made relative to open directories, never through a link, never over anything.
#pragma once

#include <string>
#include <vector>

#include "client-cli/files/new_files.h"
#include "client-cli/files/new_name.h"

namespace candour::cli {

// Folders in each other, inside the new one.
inline constexpr std::size_t new_directory_depth_max = 3;

class NewDirectory : public NewFiles {
 public:
  static Outcome<NewDirectory> create(const std::string& path);
  NewDirectory(NewDirectory&&) noexcept = default;
  NewDirectory& operator=(NewDirectory&&) = delete;
  ~NewDirectory() override;

  // `name` is "file" or "folder/…/file", each part of the letters a-z, 0-9, '.', '-' alone, not beginning with a dot: what
  // the archive's validated member names are. Anything else is refused here again.
  Outcome<> begin_file(std::string_view name) override;
  Outcome<> write(ByteView bytes) override;
  Outcome<> end_file() override;

  // The same for who writes several at once: the open file, for its owner to write, sync and close.
  Outcome<Descriptor> make_file(std::string_view name);
  // As the user typed it, for messages.
  const std::string& path() const { return place_.path; }

  // Everything durable, and the name given; refused when something took the name meanwhile.
  Outcome<> commit();

 private:
  NewDirectory(NewName place, Descriptor directory, std::string temporary)
      : place_(std::move(place)), directory_(std::move(directory)), temporary_(std::move(temporary)) {}
  Outcome<Descriptor> open_folder(std::string_view name, bool make);
  NewName place_;
  Descriptor directory_, file_;
  std::string temporary_;
  std::vector<std::string> folders_, files_;  // in the order in which they were made: what to remove again
};

}  // namespace candour::cli
