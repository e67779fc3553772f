// SPDX-License-Identifier: AGPL-3.0-or-later
// The server's receipt for a sealed report, and the short code for paper (docs/spec/report.md "Receipt").
// encode_receipt() gives the text; sign_note() of crypto/sign makes the note of it.
#pragma once

#include <string>
#include <string_view>

#include "crypto/core/bytes.h"
#include "crypto/core/hash.h"
#include "crypto/core/note.h"
#include "crypto/core/result.h"
#include "protocol/day.h"
#include "protocol/ids.h"

namespace candour {

struct Receipt {
  ReportId report;
  Digest sha256{};  // of the sealed bytes
  Day day;          // of arrival
  bool operator==(const Receipt&) const = default;
};

std::string encode_receipt(const Receipt& receipt);
Result<Receipt> parse_receipt(std::string_view text);
// Signed by the server's receipt key of the roster?
Result<Receipt> verify_receipt(std::string_view note, const NoteVerifierKey& receipt_key);

// "9G3K-…": four groups of four.
std::string short_code(const Digest& sha256);
// Does a code as somebody typed it belong to this hash? Errc::malformed where it cannot be a code.
Result<bool> matches_short_code(std::string_view typed, const Digest& sha256);

}  // namespace candour
