// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads a form out of a JSON tree: for parse_form() and the roster, which holds one. Not for other folders.
#pragma once

#include "crypto/core/result.h"
#include "protocol/form.h"
#include "protocol/json.h"

namespace candour {

Result<Form> read_form(const json::Value& value);

}  // namespace candour
