// SPDX-License-Identifier: AGPL-3.0-or-later
// The server's two secrets on disk, each exactly 32 raw bytes in a file of its own (docs/operations says how
// to keep them): the database key and the seed of the receipt key. Read straight into secret memory; refused
// when anybody but the owner could have read them, or when something other than a plain file stands there.
#pragma once

#include <filesystem>

#include "crypto/core/result.h"
#include "crypto/core/secret.h"

namespace candour::server {

Result<Secret<32>> read_key_file(const std::filesystem::path& file);
// Draws it, writes it durably with mode 0600; Errc::conflict where the file is there already.
Result<Secret<32>> create_key_file(const std::filesystem::path& file);
// A name made or changed in `folder` is there after a power cut.
bool sync_folder(const std::filesystem::path& folder);

}  // namespace candour::server
