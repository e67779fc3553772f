// SPDX-License-Identifier: AGPL-3.0-or-later
// One codename follows another (docs/spec/drops.md "Coming back"): signed by the authorship key of the old one, it stands in a follow-up
// whose manifest the new key signs, so that neither of the two can be claimed without the other. encode_succession() gives the text;
// sign_note() of crypto/sign makes the note of it.
#pragma once

#include <string>
#include <string_view>

#include "crypto/core/ed25519.h"
#include "crypto/core/result.h"
#include "protocol/ids.h"

namespace candour {

struct Succession {
  ReportId thread;       // report id 0 of the old codename
  VerifyKey authorship;  // of the new one
  bool operator==(const Succession&) const = default;
};

std::string encode_succession(const Succession& succession);
Result<Succession> parse_succession(std::string_view text);

// `old_authorship`: of the report that it continues. That thread and new key are those of the follow-up is the caller's to check.
Result<Succession> verify_succession(std::string_view note, const VerifyKey& old_authorship);

}  // namespace candour
