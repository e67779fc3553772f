// SPDX-License-Identifier: AGPL-3.0-or-later
// The marks of a case (docs/spec/retention.md): who may set and lift them, and when a report may be erased. Each changing
// function is the body of one verb inside the writer's transaction (store.h says what it promises). Internal to
// storage/; writer thread only, but for `due` and `counted_day`, which any connection may ask.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/library.h"
#include "storage/transaction.h"

namespace candour::storage {

class CaseMarks {
 public:
  explicit CaseMarks(const Library& library) : library_(&library) {}

  Result<Obstacle> close(Transaction& tx, const ReportId& id, std::string_view caseworker,
                         Day erase_from) const;
  Result<> reopen(Transaction& tx, const ReportId& id, std::string_view caseworker) const;
  Result<> hold(Transaction& tx, const ReportId& id, std::string_view caseworker, bool held) const;
  Result<Obstacle> lift_holds(Transaction& tx, const ReportId& id, std::string_view caseworker,
                              const std::vector<std::string>& signers, const HoldMark& hold_mark) const;
  Result<> withdraw(Transaction& tx, const ReportId& id, std::optional<Day> asked_on) const;

  // May these two erase it?
  Result<Obstacle> to_joint_erasure(Connection& db, const ReportId& id, std::string_view caseworker,
                                    const std::vector<std::string>& signers, Day today) const;
  // Brings the calendar forward, and gives the day that counts for what is due.
  static Result<Day> advance_calendar(Transaction& tx, Day today, Day roster_from);
  // The same day, without bringing anything forward.
  static Result<Day> counted_day(Connection& db, Day today);
  // Closed reports of past days whose retention day has come. Each is asked again before it is erased.
  static Result<std::vector<ReportId>> due(Connection& db, Day counted);
  Result<bool> is_due(Connection& db, const ReportId& id, Day counted) const;

 private:
  static Result<> write(Transaction& tx, const ReportId& id, const Marks& marks);
  const Library* library_;
};

}  // namespace candour::storage
