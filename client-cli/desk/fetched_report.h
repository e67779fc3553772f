// SPDX-License-Identifier: AGPL-3.0-or-later
// A report from the desk, fetched and opened as one stream, with what its sealed bytes were.
#pragma once

#include "client-cli/desk/opened_report.h"
#include "client-cli/desk/session.h"
#include "crypto/core/hash.h"
#include "crypto/core/key_file.h"

namespace candour::cli {

struct FetchedReport {
  OpenedReport opened;
  Digest sealed_sha256{};
};

// `directory`: where its members go, or null. Nothing of it counts before this has succeeded.
Outcome<FetchedReport> fetch_and_open(DeskSession& session, const ListedReport& listed, const KeyFile& key,
                                      NewDirectory* directory, unsigned threads);

// Whose key file it is.
Outcome<CaseworkerId> owner_of(const KeyFile& key);

}  // namespace candour::cli
