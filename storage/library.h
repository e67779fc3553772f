// SPDX-License-Identifier: AGPL-3.0-or-later
// The reading half of the verbs: finds a report wherever it is (open day or closed), on the connection of
// whoever asks. Internal to storage/; safe on many threads, each with its own connection.
//
// A report moves from `arrival` to `report` at the close of its day. Whoever looks asks the index first and the
// settled tables after: what is no longer hot has been committed there by then, so nothing is missed on the way.
#pragma once

#include <string_view>

#include "storage/hot_index.h"

namespace candour::storage {

struct Placed {
  std::shared_ptr<const Audience> audience;
  std::uint64_t bytes;
  Day day;
  Marks marks;
};

class Library {
 public:
  explicit Library(const HotIndex& index) : index_(&index) {}

  Result<ReportInfo> find(Connection& db, const ReportId& id, std::string_view caseworker) const;
  Result<ReportPage> list(Connection& db, std::string_view caseworker, const ReportId& after,
                          std::size_t limit) const;
  // A finished report, for whoever knows its id; not_found otherwise.
  Result<Placed> place(Connection& db, const ReportId& id) const;
  // Has anybody of its audience seen it?
  Result<bool> opened(Connection& db, const ReportId& id, const Audience& audience) const;
  // One stored piece of a report or open upload: part `index` of part_bytes, the last shorter.
  Result<Bytes> piece(Connection& db, const ReportId& id, std::uint32_t index) const;

  const HotIndex& index() const { return *index_; }

 private:
  const HotIndex* index_;
};

inline constexpr Error no_such_report{Errc::not_found, "There is no such report."};

}  // namespace candour::storage
