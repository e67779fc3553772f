// SPDX-License-Identifier: AGPL-3.0-or-later
// What is in the database file, version by version. The number of the last migration applied is `user_version`;
// `application_id` tells a store from any other database under the same key. Internal to storage/.
//
// A report lives in `arrival` until its day has closed, and in `report`, `reader` and `part` from then on.
// `arrival` and `upload_part` are hot: rows are appended, no index is kept (a random one halves the speed by
// 100,000 rows), and the ids of the open day are in memory (hot_index.h). So their order is that of arrival — which is
// why close_day moves every row out in random order, pages included, and secure_delete blanks what they leave.
// `upload.number` is random, so that it never tells which upload began first.
#pragma once

#include "storage/connection.h"

namespace candour::storage {

// Refuses a newer store, and a database that is none at all; 0 for an empty one.
Result<std::int64_t> schema_version(Connection& db);
// Brings an empty or older database up to date, each migration in a transaction of its own.
Result<> migrate(Connection& db);

}  // namespace candour::storage
