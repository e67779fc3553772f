// SPDX-License-Identifier: AGPL-3.0-or-later
// A file that appears under its name only when it is complete and on the disk: written under a temporary
// name beside it (0600, never through a link), then renamed without replacing anything. What is not
// committed is removed. So no command overwrites, and nobody finds half a key file or half a report.
#pragma once

#include <string>

#include "client-cli/files/new_name.h"
#include "crypto/core/bytes.h"

namespace candour::cli {

class NewFile {
 public:
  // Refuses at once where the name is taken.
  static Outcome<NewFile> create(const std::string& path, unsigned mode = 0600);
  NewFile(NewFile&&) noexcept = default;
  NewFile& operator=(NewFile&&) noexcept = delete;
  ~NewFile();

  Outcome<> write(ByteView bytes);
  // Makes it durable and gives it its name; refused when something took the name meanwhile.
  Outcome<> commit();

 private:
  friend Outcome<> replace_file(const std::string& path, ByteView bytes);
  NewFile(NewName place, Descriptor fd, std::string temporary)
      : place_(std::move(place)), fd_(std::move(fd)), temporary_(std::move(temporary)) {}
  static Outcome<NewFile> create_at(NewName place, unsigned mode);
  NewName place_;
  Descriptor fd_;
  std::string temporary_;
};

// One call for small public files.
Outcome<> write_new_file(const std::string& path, ByteView bytes, unsigned mode = 0600);

// For a file that the user asked to change: replaced in one step, never half written, and durable.
Outcome<> replace_file(const std::string& path, ByteView bytes);

}  // namespace candour::cli
