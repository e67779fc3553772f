// SPDX-License-Identifier: AGPL-3.0-or-later
// Everything that is read and checked before the first secret is opened: the configuration, and the files
// that it names. Finds all that is wrong at once. Opens no database and binds nothing.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "protocol/pin.h"
#include "server/http/pages.h"
#include "server/net/address.h"
#include "server/process/config.h"

namespace candour::server {

struct Setup {
  Config config;
  Address reporter;
  Address desk;
  std::optional<Address> holders;
  std::vector<Page> pages;
  std::string pin_file;
  Pin pin;
};

Checked<Setup> load_setup(const std::filesystem::path& config_file);

}  // namespace candour::server
