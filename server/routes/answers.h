// SPDX-License-Identifier: AGPL-3.0-or-later
// From the store's outcomes to answers, the same for every route.
#pragma once

#include <cstdint>

#include "crypto/core/hash.h"
#include "crypto/core/result.h"
#include "protocol/ids.h"
#include "server/http/problem.h"
#include "server/routes/receipt_signer.h"
#include "storage/report.h"

namespace candour::server {

// What an error of the store is called in one route.
struct Names {
  Problem not_found = Problem::internal;
  Problem conflict = Problem::internal;
  Problem malformed = Problem::bad_request;
};
Response refusal_of(const Error& error, const Names& names);

// 201 with the receipt, or 200 with the same one where the report was there already.
Response receipt_response(const ReceiptSigner& receipts, const ReportId& report, const Digest& sha256,
                          const storage::Stored& stored);

}  // namespace candour::server
