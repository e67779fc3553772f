// SPDX-License-Identifier: AGPL-3.0-or-later
// A reporter's codename, asked for and read (docs/spec/keys.md). Only words that are not in the list are found wrong: whether the eight are
// somebody's, nobody can tell.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "client-cli/outcome.h"
#include "protocol/codename.h"

namespace candour::cli {

struct CodenameOption {
  std::string path;
  CLI::Option* add_to(CLI::App& command);
  // From the terminal without echo, or the first line of the file. Says that nothing was sent.
  Outcome<Codename> ask() const;
};

}  // namespace candour::cli
