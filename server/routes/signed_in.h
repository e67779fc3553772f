// SPDX-License-Identifier: AGPL-3.0-or-later
// What only caseworkers who are signed in may reach: everybody else gets 401 sign-in-again.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "protocol/ids.h"
#include "server/routes/context.h"

namespace candour::server {

using SignedInHandler = std::function<void(Request, const CaseworkerId&, Reply)>;
Handler signed_in(Context& context, SignedInHandler handler);

// The gate of what she puts: 401 before the body, what `check` says against the head, or 429 when she puts too much.
using SignedInCheck = std::function<std::optional<Problem>(const Request&, const CaseworkerId&)>;
Gate put_by_signed_in(Context& context, SignedInCheck check);

// What followed "Bearer " in Authorization; empty if nothing did.
std::string_view bearer_token(const Request& request);

}  // namespace candour::server
