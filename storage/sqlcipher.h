// SPDX-License-Identifier: AGPL-3.0-or-later
// The one place that includes the library, with the macro that declares its key functions.
#pragma once

#define SQLITE_HAS_CODEC 1
#include <sqlcipher/sqlite3.h>
