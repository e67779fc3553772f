// SPDX-License-Identifier: AGPL-3.0-or-later
// The line with which Tor says on which circuit a connection came: PROXY protocol version 1 as
// `HiddenServiceExportCircuitID haproxy` sends it, and nothing else that this protocol could say. An address
// of a person is refused, so that none can ever be a key of the buckets in memory. Pure; no state.
// Spec: docs/spec/http.md "Circuits".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"

namespace candour::server {

// Tor's number of a circuit, good for as long as the Tor process runs. Never logged, never stored.
using Circuit = std::uint32_t;

// What comes on a listener's connections before the first request.
enum class Preamble : std::uint8_t { none, proxy_header };

struct ProxyHeader {
  Circuit circuit;
  std::size_t bytes;  // of the line with its end; the first request begins here
};

// Nothing (but no error) while the line is not whole; malformed as soon as it cannot become one.
Result<std::optional<ProxyHeader>> parse_proxy_header(ByteView so_far);

}  // namespace candour::server
