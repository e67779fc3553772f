// SPDX-License-Identifier: AGPL-3.0-or-later
// What a test looks at of a file, in a folder of its own.
#pragma once

#include <string>

#include "tests/temporary_folder.h"

namespace candour::cli::test {

using candour::test::TemporaryFolder;

std::string read(const std::string& path);
unsigned mode_of(const std::string& path);

}  // namespace candour::cli::test
