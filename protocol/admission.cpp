// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/admission.h"

#include <algorithm>
#include <set>

#include "protocol/contains.h"

namespace candour {

std::vector<CaseworkerId> with_admitted(std::vector<CaseworkerId> readers,
                                        std::span<const Admission> admissions,
                                        std::span<const CaseworkerId> excluded) {
  std::set<CaseworkerId> all(readers.begin(), readers.end());
  for (bool more = true; more;) {
    more = false;
    for (const Admission& one : admissions)
      if (all.contains(one.by) && !contains(excluded, one.who)) more = all.insert(one.who).second || more;
  }
  return {all.begin(), all.end()};
}

}  // namespace candour
