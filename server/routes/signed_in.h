// SPDX-License-Identifier: AGPL-3.0-or-later
// Wraps a handler that only caseworkers who are signed in may reach: everybody else gets 401 sign-in-again.
#pragma once

#include <functional>
#include <string_view>

#include "protocol/ids.h"
#include "server/routes/context.h"

namespace candour::server {

using SignedInHandler = std::function<void(Request, const CaseworkerId&, Reply)>;
Handler signed_in(Context& context, SignedInHandler handler);

// What followed "Bearer " in Authorization; empty if nothing did.
std::string_view bearer_token(const Request& request);

}  // namespace candour::server
