// SPDX-License-Identifier: AGPL-3.0-or-later
// What the server gives out and knows again without keeping it (a nonce, a puzzle): random bytes, and this MAC over them and the moment. The
// moment is in the MAC alone, and whoever checks tries those that count: a clock that can be read from outside, since the
// machine's start, would help to tell which machine this is.
#pragma once

#include <array>
#include <cstdint>

#include "crypto/core/bytes.h"
#include "crypto/core/secret.h"

namespace candour::server {

using MomentMac = std::array<std::uint8_t, 16>;

// The first 16 bytes of HMAC-SHA256 over `start` and `moment`, a count of whole seconds or minutes, big-endian.
MomentMac moment_mac(const Secret<32>& key, ByteView start, std::int64_t moment);

}  // namespace candour::server
