// SPDX-License-Identifier: AGPL-3.0-or-later
// One line of candourd.toml, changed without touching the rest of what its owner wrote. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace candour::cli {

// `toml` with `origin` of [desk] being this one; nothing where it has no such line.
std::optional<std::string> with_origin(std::string_view toml, std::string_view origin);

}  // namespace candour::cli
