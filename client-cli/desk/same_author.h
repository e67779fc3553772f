// SPDX-License-Identifier: AGPL-3.0-or-later
// Did one person write both? The same authorship key, or a new codename that a succession note joins to the old one
// (docs/spec/drops.md "Coming back"). Pure functions over reports whose manifests have been checked.
#pragma once

#include "protocol/report_json.h"

namespace candour::cli {

bool same_author(const Report& a, const Report& b);

}  // namespace candour::cli
