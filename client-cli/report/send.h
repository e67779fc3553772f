// SPDX-License-Identifier: AGPL-3.0-or-later
// tar → manifest → padding → seal → upload, as one stream in constant memory (docs/spec/report.md).
#pragma once

#include <functional>

#include "client-cli/net/http_client.h"
#include "client-cli/outcome.h"
#include "client-cli/report/compose.h"
#include "client-cli/report/upload.h"

namespace candour::cli {

// The sealed bytes of a report, as a stream into `sink`, padded as report.md says: their number does not tell to whom.
using SealedSink = std::function<Outcome<>(ByteView)>;
Outcome<> seal_report(Composed report, const Audience& audience, std::size_t places, const ReporterKeys& keys,
                      unsigned threads, const SealedSink& sink);

// Seals to the audience with the roster's `places` and sends. The receipt in the answer is not verified yet.
Outcome<Upload::Done> seal_and_send(HttpClient& server, Composed report, const Audience& audience,
                                    std::size_t places, const ReporterKeys& keys, unsigned threads,
                                    Upload::Progress progress);

}  // namespace candour::cli
