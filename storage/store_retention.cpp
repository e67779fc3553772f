// SPDX-License-Identifier: AGPL-3.0-or-later
// The store's verbs about the end of a report: the marks of its case, and its erasure (docs/spec/retention.md).
#include <utility>

#include "storage/erasure.h"
#include "storage/store_parts.h"

namespace candour::storage {

void Store::close_report(const ReportId& id, std::string caseworker, Day erase_from, Done<Obstacle> done) {
  if (!is_id(caseworker)) return done(std::unexpected(bad_caseworker));
  parts_->writer->write<Obstacle>(
      {.id = id}, 0, std::move(done),
      [this, id, erase_from, caseworker = std::move(caseworker)](Transaction& tx) {
        return parts_->marks.close(tx, id, caseworker, erase_from);
      });
}

void Store::reopen_report(const ReportId& id, std::string caseworker, Done<> done) {
  if (!is_id(caseworker)) return done(std::unexpected(bad_caseworker));
  parts_->writer->write<void>({.id = id}, 0, std::move(done),
                              [this, id, caseworker = std::move(caseworker)](Transaction& tx) {
                                return parts_->marks.reopen(tx, id, caseworker);
                              });
}

void Store::hold_report(const ReportId& id, std::string caseworker, bool held, Done<> done) {
  if (!is_id(caseworker)) return done(std::unexpected(bad_caseworker));
  parts_->writer->write<void>({.id = id}, 0, std::move(done),
                              [this, id, held, caseworker = std::move(caseworker)](Transaction& tx) {
                                return parts_->marks.hold(tx, id, caseworker, held);
                              });
}

void Store::lift_holds(const ReportId& id, std::string caseworker, std::vector<std::string> signers,
                       const HoldMark& hold_mark, Done<Obstacle> done) {
  if (!is_id(caseworker)) return done(std::unexpected(bad_caseworker));
  parts_->writer->write<Obstacle>(
      {.id = id}, 0, std::move(done),
      [this, id, hold_mark, signers = std::move(signers), caseworker = std::move(caseworker)](
          Transaction& tx) { return parts_->marks.lift_holds(tx, id, caseworker, signers, hold_mark); });
}

void Store::withdraw_report(const ReportId& id, std::optional<Day> asked_on, Done<> done) {
  parts_->writer->write<void>({.id = id}, 0, std::move(done), [this, id, asked_on](Transaction& tx) {
    return parts_->marks.withdraw(tx, id, asked_on);
  });
}

void Store::erase_report(const ReportId& id, std::string caseworker, std::vector<std::string> signers,
                         Day today, Done<Obstacle> done) {
  if (!is_id(caseworker)) return done(std::unexpected(bad_caseworker));
  auto obstacle = std::make_shared<Obstacle>(Obstacle::none);
  // Asked when it is the erasure's turn: a hold that was acknowledged before then counts.
  auto choose = [this, id, today, obstacle, signers = std::move(signers), caseworker = std::move(caseworker)](
                    Connection& db, const HotIndex&) -> Result<std::vector<ReportId>> {
    const auto found = parts_->marks.to_joint_erasure(db, id, caseworker, signers, today);
    if (!found) return fail(found);
    *obstacle = *found;
    if (*found == Obstacle::none) return std::vector{id};
    return std::vector<ReportId>{};
  };
  parts_->writer->submit(std::make_unique<Erasure>(
      std::move(choose), true, [obstacle, done = std::move(done)](Result<std::uint64_t> erased) mutable {
        if (!erased) return done(fail(erased));
        done(*obstacle);
      }));
}

void Store::erase_due(Day today, Day roster_from, Done<std::uint64_t> done) {
  parts_->writer->write<Day>(
      {}, 0,
      [this, done = std::move(done)](Result<Day> counted) mutable {
        if (!counted) return done(fail(counted));
        // The long look is a reader's, so that nobody waits for it to write.
        parts_->readers->answer<std::vector<ReportId>>(
            [this, counted = *counted, done = std::move(done)](Result<std::vector<ReportId>> due) mutable {
              if (!due) return done(fail(due));
              if (due->empty()) return done(0);
              auto choose = [this, counted, ids = std::move(*due)](
                                Connection& db, const HotIndex&) -> Result<std::vector<ReportId>> {
                std::vector<ReportId> chosen;
                for (const auto& id : ids) {
                  const auto is_due = parts_->marks.is_due(db, id, counted);
                  if (!is_due) return fail(is_due);
                  if (*is_due) chosen.push_back(id);
                }
                return chosen;
              };
              parts_->writer->submit(std::make_unique<Erasure>(std::move(choose), true, std::move(done)));
            },
            [counted = *counted](Connection& db) { return CaseMarks::due(db, counted); });
      },
      [today, roster_from](Transaction& tx) { return CaseMarks::advance_calendar(tx, today, roster_from); });
}

}  // namespace candour::storage
