// SPDX-License-Identifier: AGPL-3.0-or-later
// What goes into a report, before anything is sealed: the answers, checked against the roster's form, and the
// attachments, opened and measured so that every size is known in advance (docs/spec/report.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client-cli/files/read_file.h"
#include "client-cli/outcome.h"
#include "crypto/core/age_recipient.h"
#include "protocol/form.h"
#include "protocol/manifest.h"
#include "protocol/report_json.h"
#include "protocol/reporter_keys.h"
#include "protocol/roster.h"

namespace candour::cli {

// More than fits, so that a text that is too long can be measured.
inline constexpr std::size_t typed_bytes_max = 1 << 20;

// From --answers: a JSON object, question id to text, option id or list of option ids.
Outcome<Answers> parse_answers(std::string_view json);
// From --text or standard input: the answer to the form's first open account question.
Outcome<Answers> answers_of_text(const Form& form, std::string text);

Outcome<std::vector<InputFile>> open_attachments(const std::vector<std::string>& paths, const Policy& policy);

struct Composed {
  SecretBytes report_json;
  std::vector<InputFile> attachments;
  Manifest manifest;  // sizes are right, the hashes come while sealing
  // Where it is held back: sealed to this in the place of its readers (docs/spec/matching.md "Shares").
  std::optional<HybridRecipient> held_for = {};
};

// Under which of the codename's ids, and which report it follows up (docs/spec/drops.md "Coming back").
struct ReportPlace {
  std::uint64_t number = 0;
  std::optional<ReportId> thread;
  bool releases =
      false;  // lets open what this codename held with "contact me first" (docs/spec/matching.md "Shares")
};
// A number of its own for every follow-up, drawn so that none has to be remembered or asked for.
ReportPlace make_follow_up(const ReporterKeys& keys);

Outcome<Composed> compose(const VerifiedRoster& roster, const Audience& audience, const ReporterKeys& keys,
                          const ReportPlace& place, Answers answers, std::vector<InputFile> attachments,
                          Day today);

// Bytes of the tar inside the seal.
std::uint64_t archive_bytes_of(const Composed& report);

}  // namespace candour::cli
