// SPDX-License-Identifier: AGPL-3.0-or-later
// A response's head as bytes: status line, its own headers, its length, and the headers that every answer of
// this server carries whatever it is. No Server and no Date header: the one names the software, the other its
// clock. Spec: docs/spec/http.md; the policy is in the form that WEBCAT asks for (one, without a comma).
#pragma once

#include <string>
#include <string_view>

#include "server/http/response.h"
#include "server/http/router.h"

namespace candour::server {

// The headers that are the same on every answer of a listener (protocol/site.h), each line ended.
std::string_view fixed_headers(Listens listens);

std::string encode_head(const Response& response, bool keep_alive, Listens listens);

}  // namespace candour::server
