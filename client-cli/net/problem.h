// SPDX-License-Identifier: AGPL-3.0-or-later
// Refusals in the server's words (problem documents, RFC 9457; docs/spec/http.md). What the server says is
// untrusted text: it is shown harmless, and never decides more than which words the user sees.
#pragma once

#include <string>

#include "client-cli/net/http_client.h"
#include "client-cli/outcome.h"

namespace candour::cli {

// The NAME of its type /problems/NAME; empty when the reply is no problem document.
std::string problem_name(const HttpReply& reply);

// Title and detail, or the bare status where there is no problem document.
Failure failure_of(const HttpReply& reply);

// An answer that is not 2xx becomes a failure in its words.
Outcome<HttpReply> accepted(Outcome<HttpReply> reply);

}  // namespace candour::cli
