// SPDX-License-Identifier: AGPL-3.0-or-later
// The replies in what was fetched: opened with her key, and believed only where the caseworker whose place it is has signed them for her
// (docs/spec/drops.md "A reply"). Everything else, whoever put it there, is passed over.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "client-cli/net/http_client.h"
#include "client-cli/outcome.h"
#include "crypto/core/bytes.h"
#include "protocol/mailbox.h"
#include "protocol/reply_note.h"
#include "protocol/reporter_keys.h"

namespace candour::cli {

// By day, number, caseworker.
std::vector<VerifiedReply> read_replies(std::span<const FoundReply> found,
                                        const std::map<DropTag, Bytes>& bodies, const ReporterKeys& keys);

// The file that came with a reply, fetched part by part: outside of what a check-in hides (docs/spec/drops.md "A file with a message").
// Errc::not_found where not all of it is there; Errc::not_authentic where it is not what the reply says.
Outcome<Bytes> fetch_file(HttpClient& server, const VerifiedReply& reply, const ReporterKeys& keys);

}  // namespace candour::cli
