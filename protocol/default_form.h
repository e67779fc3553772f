// SPDX-License-Identifier: AGPL-3.0-or-later
// The form that `candour roster new` starts an organisation with: protocol/forms/default.en.json, compiled in so that
// the tool needs no data files. The organisation edits it in its roster. Constant data.
#pragma once

#include <string_view>

namespace candour {

std::string_view default_form_json();

}  // namespace candour
