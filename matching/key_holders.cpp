// SPDX-License-Identifier: AGPL-3.0-or-later
#include "matching/key_holders.h"

#include <utility>

#include "crypto/core/hkdf.h"
#include "crypto/core/labels.h"

namespace candour::matching {

Secret<32> holder_token(const oprf::Key& share) {
  return derive(share.secret().reveal(), label::holder_token);
}

KeyHolder key_holder(std::uint8_t number, const oprf::Key& share) {
  return {.number = number,
          .public_share = share.public_key().bytes(),
          .access = holder_access(holder_token(share))};
}

Result<oprf::Holders> check_key_holders(const RosterMatching& matching) {
  auto public_key = oprf::Element::parse(matching.public_key);
  if (!public_key) return fail(public_key);
  oprf::HolderList list{.public_key = *public_key, .threshold = matching.threshold, .shares = {}};
  for (const KeyHolder& holder : matching.holders) {
    auto share = oprf::Element::parse(holder.public_share);
    if (!share) return fail(share);
    list.shares.push_back({.number = holder.number, .public_key = *share});
  }
  return oprf::check_holders(std::move(list));
}

}  // namespace candour::matching
