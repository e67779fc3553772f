// SPDX-License-Identifier: AGPL-3.0-or-later
// One account that a caseworker has read at the desk page: checked in full, kept in memory until the desk is locked, as JSON
// (docs/spec/desk.md "Requests"). Holds plaintext.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client-cli/cases/case_desk.h"
#include "client-cli/desk/fetched_report.h"
#include "client-cli/desk_page/kept_files.h"
#include "protocol/json.h"
#include "protocol/roster.h"

namespace candour::cli {

struct Account {
  Day arrived;
  // Nothing where it was sealed without a manifest.
  std::optional<ReadReport> read;
  std::vector<CaseworkerId>
      added;  // readers whom the server lists, whom neither its author named nor a reader admitted
  KeptFiles files;
};

// Fetched, opened and checked. Attachments are kept as far as `room_bytes` go.
Outcome<Account> read_account(CaseDesk& cases, const ListedReport& listed, std::size_t room_bytes);

// `reader`: whose key opened it.
json::Object to_json(const Account& account, const ListedReport& listed, const VerifiedRoster& roster,
                     const CaseworkerId& reader);

// Takes those of `words`, in lower case, out that are in its answers.
void strike_out(std::vector<std::string>& words, const Account& account);

}  // namespace candour::cli
