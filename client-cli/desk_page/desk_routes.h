// SPDX-License-Identifier: AGPL-3.0-or-later
// The requests of the desk page (docs/spec/desk.md "Requests"): decoded and bounded here, done by the DeskHost. Called on the loop's thread.
#pragma once

#include "client-cli/desk_page/desk_host.h"
#include "client-cli/desk_page/door.h"
#include "server/http/router.h"

namespace candour::cli {

// Both outlive the router.
void add_desk_page_routes(server::Router& router, Door& door, DeskHost& host);

}  // namespace candour::cli
