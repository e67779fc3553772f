// SPDX-License-Identifier: AGPL-3.0-or-later
// Closes all days but today (a later one was a clock that was wrong): moves each report, and each part that an upload begun before today has received, out of the
// tables of arrival into those ordered by id — one by one, in an order drawn at random over all of them, so that
// neither rows nor pages nor row numbers show afterwards which came first; then empties the WAL. Every step is a
// bounded transaction that leaves a whole store; what a crash leaves unmoved is drawn anew. Internal to storage/; a task of the writer.
#pragma once

#include <map>
#include <vector>

#include "storage/drop_close.h"
#include "storage/evaluation_close.h"
#include "storage/event_close.h"
#include "storage/work.h"

namespace candour::storage {

class DayClose final : public Task {
 public:
  DayClose(Day today, Done<> done) : today_(today), done_(std::move(done)) {}

  Result<Progress> step(Connection& db, HotIndex& index) override;
  void complete(const Result<>& outcome) override { done_(outcome); }

 private:
  // One row to move: a report with its bytes, or one part (the report's row follows its last part).
  struct Piece {
    ReportId id;
    std::int64_t part_key;  // in upload_part; 0: the report itself
  };
  Result<> draw(Connection& db, const HotIndex& index);
  Result<> move_some(Connection& db, HotIndex& index);
  Result<> tidy(Connection& db, const HotIndex& index);

  enum class Phase : std::uint8_t { draw, move, tidy, drops, events, evaluations, empty_log };
  Day today_;
  Done<> done_;
  Phase phase_ = Phase::draw;
  std::vector<Piece> pieces_;  // taken from the back
  DropClose drops_;
  EventClose events_;
  EvaluationClose evaluations_;
  std::map<ReportId, std::size_t> parts_left_;  // of reports whose row waits for them
};

}  // namespace candour::storage
