// SPDX-License-Identifier: AGPL-3.0-or-later
// Signs receipts (docs/spec/report.md "Receipt") with the server's receipt key. Owns the key; thread-safe.
#pragma once

#include <string>
#include <utility>

#include "crypto/core/hash.h"
#include "crypto/core/note.h"
#include "crypto/core/result.h"
#include "crypto/sign/signing_key.h"
#include "protocol/day.h"
#include "protocol/ids.h"

namespace candour::server {

class ReceiptSigner {
 public:
  explicit ReceiptSigner(sign::SigningKey key) : key_(std::move(key)) {}

  // What the steward puts into the roster.
  NoteVerifierKey verifier_key() const;
  Result<std::string> sign(const ReportId& report, const Digest& sha256, Day day) const;

 private:
  sign::SigningKey key_;
};

}  // namespace candour::server
