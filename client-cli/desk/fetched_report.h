// SPDX-License-Identifier: AGPL-3.0-or-later
// A report from the desk, fetched and opened as one stream.
#pragma once

#include "client-cli/desk/opened_report.h"
#include "client-cli/desk/session.h"
#include "crypto/core/hash.h"
#include "crypto/core/key_file.h"

namespace candour::cli {

// Feeds all of it to `opener`, and gives the SHA-256 of its sealed bytes. Nothing counts before the opener has finished.
Outcome<Digest> fetch_report(DeskSession& session, const ListedReport& listed, ReportOpener& opener);

// Checked in full, with nothing written: for who needs only what it says of its author. Errc::unsupported where it has none.
struct ReadReport {
  OpenedReport opened;
  Digest sealed_sha256{};
};
Outcome<ReadReport> read_report(DeskSession& session, const KeyFile& key, const ListedReport& listed);

// Whose key file it is.
Outcome<CaseworkerId> owner_of(const KeyFile& key);

}  // namespace candour::cli
