// SPDX-License-Identifier: AGPL-3.0-or-later
// A Bloom filter over report ids: says "no" for sure or "perhaps", so that a new report need not be looked
// up among a hundred thousand on disk. Ids are chosen by strangers, so its hash is keyed: nobody can make ids that
// collide. Internal to storage/; not thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "storage/report.h"

namespace candour::storage {

class IdFilter {
 public:
  // One in a hundred new ids is "perhaps" when `expected` are in; more when there are more.
  explicit IdFilter(std::uint64_t expected);
  void add(const ReportId& id);
  bool may_hold(const ReportId& id) const;

 private:
  std::array<std::size_t, 6> places(const ReportId& id) const;
  std::vector<bool> bits_;
  std::array<std::uint8_t, 16> key_;
};

}  // namespace candour::storage
