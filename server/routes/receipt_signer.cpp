// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/routes/receipt_signer.h"

#include <string_view>

#include "crypto/sign/note.h"
#include "protocol/receipt.h"

namespace candour::server {
namespace {

constexpr std::string_view kName = "candour/receipt/main";

}  // namespace

NoteVerifierKey ReceiptSigner::verifier_key() const {
  return make_note_verifier_key(kName, key_.verify_key());
}

Result<std::string> ReceiptSigner::sign(const ReportId& report, const Digest& sha256, Day day) const {
  return sign::sign_note(encode_receipt({.report = report, .sha256 = sha256, .day = day}), kName, key_);
}

}  // namespace candour::server
