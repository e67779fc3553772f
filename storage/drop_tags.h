// SPDX-License-Identifier: AGPL-3.0-or-later
// Which drops there are: tag, place and last day of each, and which of them are dummies. In memory, so that neither a lookup nor the
// index has to go through the database. A part of the HotIndex: it mirrors committed rows, and its rules about threads hold. Internal to
// storage/.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "protocol/day.h"
#include "protocol/drop.h"
#include "storage/connection.h"

namespace candour::storage {

struct PlacedDrop {
  std::int64_t key;  // of its row in drop_arrival; 0: it is settled
  Day ends;
  bool dummy;
};

class DropTags {
 public:
  using Entry = std::pair<DropTag, PlacedDrop>;

  Result<> rebuild(Connection& db);

  const PlacedDrop* find(const DropTag& tag) const;
  // By tag.
  const std::vector<Entry>& all() const { return drops_; }
  // Those that somebody put.
  std::size_t real() const { return drops_.size() - dummies_.size(); }
  const std::vector<DropTag>& dummies() const { return dummies_; }

  // For HotIndex::change only.
  void put(const DropTag& tag, const PlacedDrop& drop);
  void settle(const DropTag& tag);
  void remove(const DropTag& tag);

 private:
  std::vector<Entry>::iterator place_of(const DropTag& tag);  // where it is or would be

  // Not a map: the places of its nodes in memory would show in which order drops came, for as long as they are there.
  std::vector<Entry> drops_;
  std::vector<DropTag> dummies_;  // in no order
};

}  // namespace candour::storage
