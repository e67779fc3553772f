// SPDX-License-Identifier: AGPL-3.0-or-later
// A guess at an attachment's media type from its name's ending: a hint for whoever opens it, as a browser
// would have given. The contents are never looked at.
#pragma once

#include <string_view>

namespace candour::cli {

std::string_view media_type_of(std::string_view name);

}  // namespace candour::cli
