// SPDX-License-Identifier: AGPL-3.0-or-later
// A report from the desk, fetched and opened as one stream.
#pragma once

#include "client-cli/desk/opened_report.h"
#include "client-cli/desk/report_access.h"
#include "client-cli/desk/session.h"
#include "client-cli/desk/shared_key.h"
#include "crypto/core/hash.h"
#include "crypto/core/key_file.h"

namespace candour::cli {

// All of its sealed bytes, in order; gives their SHA-256. What is made of them counts only once an opener has finished.
Outcome<Digest> fetch_report(DeskSession& session, const ListedReport& listed, const HttpClient::Sink& sink);

// Checked in full. `files` may be null: for who needs only what it says of its author; else what is written there counts only after
// success. Errc::unsupported where it has no author.
struct ReadReport {
  OpenedReport opened;
  Digest sealed_sha256{};
  std::optional<SharedKey> shared;  // where it takes several to open it
};
// Why a report did not open at all.
struct Unopened {
  std::optional<SharedKey> waits;  // it takes several, and there are too few shares
  bool has_no_key = false;         // none of these opens it
};
// It is read to its end also where it does not open, so that the server does not see that. `why` may be null.
Outcome<ReadReport> read_report(DeskSession& session, const ReportAccess& access, const ListedReport& listed,
                                NewFiles* files = nullptr, Unopened* why = nullptr);

// What opens it, for somebody else: read and checked in full before, like the rest.
struct ReportKey {
  FileKey file_key;
  Digest sealed_sha256{};
};
Outcome<ReportKey> read_report_key(DeskSession& session, const ReportAccess& access,
                                   const ListedReport& listed);

// Whose key file it is.
Outcome<CaseworkerId> owner_of(const KeyFile& key);

}  // namespace candour::cli
