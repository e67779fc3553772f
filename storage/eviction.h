// SPDX-License-Identifier: AGPL-3.0-or-later
// Which open uploads make way when the places for them, or the bytes they may hold together, are used up (docs/spec/storage.md
// "Places for uploads"). Who sends nothing holds a place only until somebody else wants it; who keeps sending is never put
// out by strangers. Internal to storage/; writer's thread only.
#pragma once

#include "storage/options.h"
#include "storage/transaction.h"

namespace candour::storage {

// For one more upload; busy when none may be put out.
Result<> make_place(Transaction& tx, const Options& options);
// For a part of an open upload.
Result<> make_place_for_part(Transaction& tx, const Options& options, const ReportId& id,
                             std::uint64_t bytes);
// Forgets an open upload; what it had sent is left to an Erasure.
Result<> drop_upload(Transaction& tx, const ReportId& id);
// Its beginning was never followed by part 0, which alone shows that something sealed is coming.
bool is_unproven(const OpenUpload& upload, const Options& options);

}  // namespace candour::storage
