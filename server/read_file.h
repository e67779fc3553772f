// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads a small public file whole: roster, pin.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "crypto/core/result.h"

namespace candour::server {

Result<std::string> read_file(const std::filesystem::path& file, std::size_t bytes_max);

}  // namespace candour::server
