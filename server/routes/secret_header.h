// SPDX-License-Identifier: AGPL-3.0-or-later
// `Authorization: Secret HEX`: what proves a request where nobody is signed in. Looked at before anything is looked up. Pure functions.
#pragma once

#include <optional>
#include <string_view>

#include "crypto/core/secret.h"
#include "protocol/ids.h"
#include "server/http/request.h"

namespace candour::server {

// What follows "Secret "; empty if nothing does.
std::string_view secret_text(const Request& request);
std::optional<Secret<32>> secret_of(const Request& request);
// Is it the report secret of this report?
bool proves(const Request& request, const ReportId& report);

}  // namespace candour::server
