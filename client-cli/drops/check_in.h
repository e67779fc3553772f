// SPDX-License-Identifier: AGPL-3.0-or-later
// A check-in from the terminal (docs/spec/drops.md "The index and the check-in"): what is asked for, how much and in which order is the same
// for every codename, true or invented, with or without mail. So the number of slots is the caller's choice beforehand and never depends
// on what is found; the codename is known before the first request, so that no clock has to hide when it was typed.
#pragma once

#include <map>
#include <vector>

#include "client-cli/drops/drop_index.h"
#include "client-cli/net/http_client.h"
#include "client-cli/outcome.h"

namespace candour::cli {

Outcome<DropIndex> fetch_index(HttpClient& server);

// Fetches exactly `slots` times four bodies, and gives those of `wanted`, first those that come last. One that cannot be had is left out.
Outcome<std::map<DropTag, Bytes>> fetch_slots(HttpClient& server, const DropIndex& index,
                                              std::vector<DropTag> wanted, unsigned slots);

}  // namespace candour::cli
