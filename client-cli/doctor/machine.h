// SPDX-License-Identifier: AGPL-3.0-or-later
// The machine under a server: where its memory may end up, whether its clock can be believed, what its kernel can confine.
#pragma once

#include <filesystem>

#include "client-cli/doctor/check.h"

namespace candour::cli {

// `root`: where /proc and /sys are; "/" but in tests.
Checks check_machine(const std::filesystem::path& root);

}  // namespace candour::cli
