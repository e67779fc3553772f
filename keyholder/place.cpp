// SPDX-License-Identifier: AGPL-3.0-or-later
#include "keyholder/place.h"

#include <algorithm>

#include "matching/key_holders.h"

namespace candour::keyholder {

Result<std::uint8_t> find_number(const Roster& roster, const oprf::Key& key) {
  if (!roster.matching)
    return fail(Errc::no_match,
                "the roster says nothing of matching. The steward puts it there: candour roster matching.");
  if (const auto checked = matching::check_key_holders(*roster.matching); !checked) return fail(checked);
  const auto own =
      std::ranges::find(roster.matching->holders, key.public_key().bytes(), &KeyHolder::public_share);
  if (own == roster.matching->holders.end())
    return fail(Errc::no_match,
                "the roster has another key, or another sharing of it, than this holder. It answers nothing: "
                "either the steward forgot it, or this key was replaced.");
  if (*own != matching::key_holder(own->number, key))
    return fail(Errc::no_match,
                "the roster has this holder's key and not its access. The steward: candour roster matching, "
                "with the list that came with the key.");
  return own->number;
}

}  // namespace candour::keyholder
