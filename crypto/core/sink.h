// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a stream goes: called on the thread that pushes, in order, with a view that is valid during the call
// only. An error stops the stream and is handed on.
#pragma once

#include <functional>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"

namespace candour {

using Sink = std::function<Result<>(ByteView)>;

}  // namespace candour
