// SPDX-License-Identifier: AGPL-3.0-or-later
// Where passphrases and codenames come from: the terminal itself (/dev/tty, no echo), so that they never stand in a
// shell's history, a process list or a pipe; or the first line of a file that the user named. Never from
// an argument or from an environment variable.
#pragma once

#include <string>
#include <string_view>

#include "client-cli/outcome.h"
#include "crypto/core/secret.h"

namespace candour::cli {

inline constexpr std::size_t passphrase_bytes_max = 1024;
inline constexpr std::size_t new_passphrase_bytes_min = 12;

// For something that is protected already. `file` is empty or the path of --passphrase-file.
Outcome<SecretBytes> ask_passphrase(std::string_view what_for, const std::string& file);

// A reporter's codename. `file` is empty or the path of --codename-file.
Outcome<SecretBytes> ask_codename(const std::string& file);

// For something new: asked twice on the terminal, refused when short.
Outcome<SecretBytes> choose_passphrase(std::string_view what_for, const std::string& file);

}  // namespace candour::cli
