// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/case_marks.h"

#include <algorithm>
#include <array>

#include "crypto/core/random.h"

namespace candour::storage {
namespace {

constexpr std::int32_t catch_up_days = 2;

// Of one of its readers.
std::uint32_t bit_of(const Audience& audience, std::string_view caseworker) {
  return 1U << audience.place_of(caseworker).value();
}

}  // namespace

// In its place: the marks of one report are as wide as those of any other.
Result<> CaseMarks::write(Transaction& tx, const ReportId& id, const Marks& marks) {
  const auto stored = marks.encode();
  const auto* report = tx.index.report(id);
  if (report == nullptr) {
    auto settled = tx.db.statement("UPDATE report SET marks = ? WHERE id = ?");
    return settled.bind(ByteView(stored)).bind(id).run();
  }
  auto hot = tx.db.statement("INSERT OR REPLACE INTO arrival_marks (key, marks) VALUES (?, ?)");
  if (auto done = hot.bind(report->key).bind(ByteView(stored)).run(); !done) return done;
  tx.after_commit([id, marks](HotIndex& index) { index.set_marks(id, marks); });
  return {};
}

Result<Obstacle> CaseMarks::close(Transaction& tx, const ReportId& id, std::string_view caseworker,
                                  Day erase_from) const {
  const auto info = library_->find(tx.db, id, caseworker);
  if (!info) return fail(info);
  const auto opened = library_->opened(tx.db, id, info->audience);
  if (!opened) return fail(opened);
  if (!*opened) return Obstacle::unopened;
  if (info->marks.erase_from) return Obstacle::none;
  auto marks = info->marks;
  marks.erase_from = erase_from;
  if (auto done = write(tx, id, marks); !done) return fail(done);
  return Obstacle::none;
}

Result<> CaseMarks::reopen(Transaction& tx, const ReportId& id, std::string_view caseworker) const {
  const auto info = library_->find(tx.db, id, caseworker);
  if (!info) return fail(info);
  auto marks = info->marks;
  marks.erase_from.reset();
  return write(tx, id, marks);
}

Result<> CaseMarks::hold(Transaction& tx, const ReportId& id, std::string_view caseworker, bool held) const {
  const auto info = library_->find(tx.db, id, caseworker);
  if (!info) return fail(info);
  auto marks = info->marks;
  const auto bit = bit_of(info->audience, caseworker);
  marks.held_by = held ? marks.held_by | bit : marks.held_by & ~bit;
  if (held) fill_random(marks.hold_mark);
  return write(tx, id, marks);
}

Result<Obstacle> CaseMarks::lift_holds(Transaction& tx, const ReportId& id, std::string_view caseworker,
                                       const std::vector<std::string>& signers,
                                       const HoldMark& hold_mark) const {
  const auto info = library_->find(tx.db, id, caseworker);
  if (!info) return fail(info);
  if (!info->audience.has_two_of(signers)) return Obstacle::signers;
  auto marks = info->marks;
  if (marks.hold_mark != hold_mark) return Obstacle::other_hold;
  marks.held_by = 0;
  if (auto done = write(tx, id, marks); !done) return fail(done);
  return Obstacle::none;
}

// Writes something in every case: neither the answer nor its time may tell whether there is such a report.
Result<> CaseMarks::withdraw(Transaction& tx, const ReportId& id, std::optional<Day> asked_on) const {
  auto stir = tx.db.statement("UPDATE calendar SET stirred = randomblob(8)");
  if (auto done = stir.run(); !done) return done;
  const auto placed = library_->place(tx.db, id);
  if (!placed) {
    if (placed.error().code == Errc::not_found) return {};
    return fail(placed);
  }
  auto marks = placed->marks;
  marks.withdrawn_on = asked_on && marks.withdrawn_on ? marks.withdrawn_on : asked_on;
  return write(tx, id, marks);
}

Result<Obstacle> CaseMarks::to_joint_erasure(Connection& db, const ReportId& id, std::string_view caseworker,
                                             const std::vector<std::string>& signers, Day today) const {
  const auto info = library_->find(db, id, caseworker);
  if (!info) return fail(info);
  if (!info->audience.has_two_of(signers)) return Obstacle::signers;
  const auto opened = library_->opened(db, id, info->audience);
  if (!opened) return fail(opened);
  return obstacle_to_erasing(info->marks, *opened, today);
}

Result<Day> CaseMarks::advance_calendar(Transaction& tx, Day today, Day roster_from) {
  auto query = tx.db.statement("SELECT day, seen FROM calendar");
  const auto row = query.step();
  if (!row) return fail(row);
  if (!*row)
    return fail(Errc::io,
                "A row of the store is damaged. Stop candourd, run candourd verify, and restore a backup.");
  const Day seen(static_cast<std::int32_t>(query.number(1)));
  Day day = std::max(Day(static_cast<std::int32_t>(query.number(0))), roster_from);
  if (today > seen) day = std::max(day, std::min(today, day.plus(catch_up_days)));
  auto save = tx.db.statement("UPDATE calendar SET day = ?, seen = ?");
  save.bind(std::int64_t{day.days_since_epoch()});
  save.bind(std::int64_t{std::max(seen, today).days_since_epoch()});
  if (auto done = save.run(); !done) return fail(done);
  return std::min(day, today);
}

Result<Day> CaseMarks::counted_day(Connection& db, Day today) {
  const auto day = db.number("SELECT day FROM calendar");
  if (!day) return fail(day);
  return std::min(Day(static_cast<std::int32_t>(*day)), today);
}

Result<std::vector<ReportId>> CaseMarks::due(Connection& db, Day counted) {
  // The retention day comes first in the marks, and none is zero: a prefix is enough to compare.
  Marks bound;
  bound.erase_from = Day(1);
  const auto least = bound.encode();
  bound.erase_from = counted.plus(1);
  const auto next = bound.encode();
  auto query = db.statement("SELECT id FROM report WHERE marks >= ? AND marks < ?");
  query.bind(ByteView(least).first(4)).bind(ByteView(next).first(4));
  std::vector<ReportId> ids;
  for (;;) {
    const auto row = query.step();
    if (!row) return fail(row);
    if (!*row) return ids;
    ReportId id;
    if (query.bytes(0).size() != id.bytes.size())
      return fail(Errc::io,
                  "A row of the store is damaged. Stop candourd, run candourd verify, and restore a backup.");
    std::ranges::copy(query.bytes(0), id.bytes.begin());
    ids.push_back(id);
  }
}

Result<bool> CaseMarks::is_due(Connection& db, const ReportId& id, Day counted) const {
  const auto placed = library_->place(db, id);
  if (!placed) {
    if (placed.error().code == Errc::not_found) return false;  // erased by two meanwhile
    return fail(placed);
  }
  const auto opened = library_->opened(db, id, *placed->audience);
  if (!opened) return fail(opened);
  return placed->marks.erase_from && *placed->marks.erase_from <= counted &&
         obstacle_to_erasing(placed->marks, *opened, counted) == Obstacle::none;
}

}  // namespace candour::storage
