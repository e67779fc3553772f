// SPDX-License-Identifier: AGPL-3.0-or-later
// Where something new will stand: its folder, held open so that nobody can move it away underneath, and a name in it
// that is free. The common start of NewFile and NewDirectory, and the common end: a rename that never replaces.
#pragma once

#include <string>

#include "client-cli/files/descriptor.h"
#include "client-cli/outcome.h"

namespace candour::cli {

struct NewName {
  Descriptor parent;
  std::string name;  // in `parent`
  std::string path;  // as the user typed it, for messages

  // The folder and the name of `path`, free or not; a slash at the end is passed over.
  static Outcome<NewName> of(const std::string& path);
  // The same; refused at once where the name is taken, so that nobody types a passphrase for nothing.
  static Outcome<NewName> free_at(const std::string& path);

  // Gives `temporary`, which is beside it, this name, durably; refused when something took the name meanwhile.
  Outcome<> give_to(const std::string& temporary, bool is_directory) const;
  // Whatever name was given in its folder outlives a crash.
  Outcome<> make_durable() const;
};

// Eight random letters for a temporary name.
std::string random_suffix();

}  // namespace candour::cli
