// SPDX-License-Identifier: AGPL-3.0-or-later
// A file that appears under its name only when it is complete and on the disk: written under a temporary
// name beside it (0600, never through a link), then renamed without replacing anything. What is not
// committed is removed. So no command overwrites, and nobody finds half a key file or half a report.
#pragma once

#include <string>

#include "client-cli/files/descriptor.h"
#include "client-cli/outcome.h"
#include "crypto/core/bytes.h"

namespace candour::cli {

class NewFile {
 public:
  // Refuses at once where the name is taken, so that nobody types a passphrase for nothing.
  static Outcome<NewFile> create(const std::string& path, unsigned mode = 0600);
  NewFile(NewFile&&) noexcept = default;
  NewFile& operator=(NewFile&&) noexcept = delete;
  ~NewFile();

  Outcome<> write(ByteView bytes);
  int descriptor() const { return fd_.get(); }
  // Makes it durable and gives it its name; refused when something took the name meanwhile.
  Outcome<> commit();

 private:
  NewFile(Descriptor directory, Descriptor fd, std::string temporary, std::string name, std::string path);
  Descriptor directory_;
  Descriptor fd_;
  std::string temporary_, name_, path_;
};

// One call for small public files.
Outcome<> write_new_file(const std::string& path, ByteView bytes, unsigned mode = 0600);

// For a draft that the user named and asked to change: replaced in one step, never half written.
Outcome<> replace_file(const std::string& path, ByteView bytes);

// A rename that never replaces; `false` where the new name is taken. Both names are in `directory`.
Outcome<bool> rename_new(int directory, const std::string& from, const std::string& to, bool is_directory);

// Eight random letters for a temporary name.
std::string random_suffix();

}  // namespace candour::cli
