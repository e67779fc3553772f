// SPDX-License-Identifier: AGPL-3.0-or-later
// Secrets on disk, each in a file of its own. Read straight into secret memory; refused when anybody but the owner could have read
// them, or when something other than a plain file stands there.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"
#include "crypto/core/secret.h"

namespace candour::server {

// Who may read it. What systemd passes as a credential belongs to root and is given to the service by an access list, which shows
// as the group's right.
enum class Readers : std::uint8_t { owner, owner_and_access_list };

// A key of 32 raw bytes. Errc::not_found, malformed (of another length), refused (others may read it), io.
Result<Secret<32>> read_key_file(const std::filesystem::path& file, Readers readers = Readers::owner);
// Draws it, writes it durably with mode 0600; Errc::conflict where the file is there already.
Result<Secret<32>> create_key_file(const std::filesystem::path& file);
// The same for a file of 32 or more bytes that holds another form of key, at most 256 bytes.
Result<SecretBytes> read_key_content(const std::filesystem::path& file, Readers readers);
Result<> create_key_content(const std::filesystem::path& file, ByteView content);
// Root, or whoever runs this. Root, who looks after it for the service's user, also trusts the owner of `beside`.
bool is_owner_trusted(uid_t owner, const std::filesystem::path& beside);
// A name made or changed in `folder` is there after a power cut.
bool sync_folder(const std::filesystem::path& folder);

}  // namespace candour::server
