// SPDX-License-Identifier: AGPL-3.0-or-later
// The other end of the control socket: how a command asks the server that runs. One request, one number.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"

namespace candour::server {

// The HTTP status of the answer, however long it takes. Errc::not_found when no server runs on this data.
Result<std::uint16_t> ask_server(const std::filesystem::path& data, std::string_view method,
                                 std::string_view path, ByteView body);

}  // namespace candour::server
