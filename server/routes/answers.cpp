// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/routes/answers.h"

namespace candour::server {

Response refusal_of(const Error& error, const Names& names) {
  switch (error.code) {
    case Errc::not_found:
      return problem(names.not_found);
    case Errc::conflict:
      return problem(names.conflict);
    case Errc::malformed:
      return problem(names.malformed);
    case Errc::too_large:
      return problem(Problem::too_large);
    case Errc::busy:
      return problem(Problem::busy);
    case Errc::refused:
      return problem(Problem::parts_missing);
    case Errc::not_authentic:
      return problem(Problem::wrong_hash);
    default:
      return problem(Problem::internal);
  }
}

Response receipt_response(const ReceiptSigner& receipts, const ReportId& report, const Digest& sha256,
                          const storage::Stored& stored) {
  const auto receipt = receipts.sign(report, sha256, stored.day);
  if (!receipt) return problem(Problem::internal);
  return text_response(stored.already_there ? 200 : 201, "text/plain; charset=utf-8", *receipt);
}

}  // namespace candour::server
