// SPDX-License-Identifier: AGPL-3.0-or-later
// Who was let in by whom (docs/spec/cases.md "Somebody who comes later"). Pure functions over ids.
#pragma once

#include <span>
#include <vector>

#include "protocol/ids.h"

namespace candour {

struct Admission {
  CaseworkerId by, who;
  bool operator==(const Admission&) const = default;
};

// `readers`, whom the author named, and whomever one of these admitted, and so on; never anybody whom she excluded. Sorted.
std::vector<CaseworkerId> with_admitted(std::vector<CaseworkerId> readers,
                                        std::span<const Admission> admissions,
                                        std::span<const CaseworkerId> excluded);

}  // namespace candour
