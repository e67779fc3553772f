// SPDX-License-Identifier: AGPL-3.0-or-later
// report.json: what she wrote (docs/spec/report.md). Parsed by caseworkers, who must expect anything in it; written
// by the `report` command. Move-only, since the mailbox root inside lets its holder address her; the rest is
// plaintext too, and is kept no longer than it is needed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/core/ed25519.h"
#include "crypto/core/result.h"
#include "crypto/core/secret.h"
#include "protocol/day.h"
#include "protocol/form.h"
#include "protocol/ids.h"

namespace candour {

struct Attachment {
  std::string member;  // attachments/001.jpg
  std::string name;    // as she called it: show it, never use it as a path
  std::string type;    // as her browser called it: a hint
  std::uint64_t bytes = 0;
};

// A top-level field that this version does not know: kept and shown.
struct UnknownField {
  std::string name;
  std::string json;
};

// What opens a report of hers that she held back and wants to be asked about first (docs/spec/matching.md "Shares"): handed over.
struct HandedRelease {
  ReportId report;
  Secret<32> release;
};

struct Report {
  std::string form_id;
  std::uint64_t form_version = 0;
  std::string language;
  Day day;
  Answers answers;
  std::map<std::string, std::string, std::less<>> accused;
  std::vector<Attachment> attachments;
  VerifyKey authorship_key;
  Secret<32> mailbox_root;
  std::string reply_recipient;  // age1pq1…
  std::optional<ReportId> thread;
  std::vector<HandedRelease> releases;  // at most limits::releases_max
  std::vector<UnknownField> unknown;
};

Result<Report> parse_report(std::string_view json);
// Bytes that encode_report() would need, also where they are too many.
std::size_t report_json_bytes(const Report& report);
// Errc::too_large over 48 KiB, so that text alone never shows in the size.
Result<std::string> encode_report(const Report& report);

}  // namespace candour
