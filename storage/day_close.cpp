// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/day_close.h"

#include <utility>

#include "storage/options.h"
#include "storage/shuffle.h"

namespace candour::storage {
namespace {

constexpr std::size_t step_bytes_max = std::size_t{4} << 20;
constexpr std::size_t step_pieces_max = 256;

Result<> move_part(Connection& db, const ReportId& id, std::int64_t key) {
  auto copy = db.statement(
      "INSERT INTO part (id, place, body) SELECT ?1, key & 65535, body FROM upload_part WHERE key = ?2");
  if (auto done = copy.bind(id).bind(key).run(); !done) return done;
  auto blank = db.statement("DELETE FROM upload_part WHERE key = ?");
  return blank.bind(key).run();
}

Result<> move_report(Connection& db, const ReportId& id, const HotReport& report) {
  auto body = db.statement(
      "INSERT INTO part (id, place, body) SELECT id, 0, body FROM arrival WHERE key = ? AND upload IS NULL");
  if (auto done = body.bind(report.key).run(); !done) return done;
  const auto marks = report.marks.encode();
  auto row = db.statement(
      "INSERT INTO report (id, audience, bytes, day, marks)"
      " SELECT id, audience, bytes, day, ? FROM arrival WHERE key = ?");
  if (auto done = row.bind(ByteView(marks)).bind(report.key).run(); !done) return done;
  for (std::uint32_t member = 0; member < report.audience->readers().size(); ++member) {
    auto reader = db.statement("INSERT INTO reader (caseworker, id, seen) VALUES (?, ?, ?)");
    reader.bind(report.audience->readers()[member]).bind(id);
    reader.bind(std::int64_t{(report.seen >> member) & 1U});
    if (auto done = reader.run(); !done) return done;
  }
  auto marked = db.statement("DELETE FROM arrival_marks WHERE key = ?");
  if (auto done = marked.bind(report.key).run(); !done) return done;
  auto blank = db.statement("DELETE FROM arrival WHERE key = ?");
  return blank.bind(report.key).run();
}

}  // namespace

Result<> DayClose::draw(Connection& db, const HotIndex& index) {
  const auto add_parts = [&](const ReportId& id, std::int64_t number) -> Result<std::size_t> {
    std::size_t count = 0;
    auto keys = db.statement("SELECT key FROM upload_part WHERE key >= ?1 << 16 AND key < (?1 + 1) << 16");
    keys.bind(number);
    for (;; ++count) {
      const auto row = keys.step();
      if (!row) return fail(row);
      if (!*row) return count;
      pieces_.push_back({id, keys.number(0)});
    }
  };
  for (const auto& [id, report] : index.reports()) {
    if (report.day == today_) continue;
    std::size_t parts = 0;
    if (report.upload != 0) {
      const auto added = add_parts(id, report.upload);
      if (!added) return fail(added);
      parts = *added;
    }
    if (parts == 0)
      pieces_.push_back({id, 0});
    else
      parts_left_[id] = parts;
  }
  for (const auto& [id, upload] : index.uploads())
    if (upload.day != today_)
      if (const auto added = add_parts(id, upload.number); !added) return fail(added);
  shuffle(pieces_);
  return {};
}

Result<> DayClose::move_some(Connection& db, HotIndex& index) {
  std::vector<ReportId> settled;
  std::vector<ReportId> moved_parts;
  std::size_t taken = 0;
  const auto moved = in_one_transaction(db, [&]() -> Result<> {
    std::size_t bytes = 0;
    auto left = parts_left_;
    for (; taken < pieces_.size() && taken < step_pieces_max && bytes < step_bytes_max; ++taken) {
      const auto& piece = pieces_[pieces_.size() - 1 - taken];
      const auto* report = index.report(piece.id);
      if (piece.part_key != 0) {
        // The upload may have been finished, or given up and erased, since the drawing.
        if (report == nullptr && index.upload(piece.id) == nullptr) continue;
        if (auto done = move_part(db, piece.id, piece.part_key); !done) return done;
        bytes += part_bytes;
        moved_parts.push_back(piece.id);
        const auto waits = left.find(piece.id);
        if (waits == left.end() || --waits->second > 0) continue;
      }
      if (report == nullptr) continue;
      if (auto done = move_report(db, piece.id, *report); !done) return done;
      bytes += static_cast<std::size_t>(report->upload == 0 ? report->bytes : 0);
      settled.push_back(piece.id);
    }
    return {};
  });
  if (!moved) return moved;
  pieces_.resize(pieces_.size() - taken);
  for (const auto& id : moved_parts)
    if (const auto waits = parts_left_.find(id); waits != parts_left_.end()) --waits->second;
  index.change([&](HotIndex& hot) {
    for (const auto& id : settled) {
      hot.add_settled(id);
      hot.remove_report(id);
    }
  });
  return {};
}

// The small tables: marks of settled reports go, and the rows of uploads still open are written in random order.
Result<> DayClose::tidy(Connection& db, const HotIndex& index) {
  std::vector<ReportId> uploads;
  for (const auto& [id, upload] : index.uploads()) uploads.push_back(id);
  shuffle(uploads);
  return in_one_transaction(db, [&]() -> Result<> {
    auto marks = db.statement("DELETE FROM arrival_seen WHERE id NOT IN (SELECT id FROM arrival)");
    if (auto done = marks.run(); !done) return done;
    if (auto done = db.statement("DELETE FROM upload").run(); !done) return done;
    for (const auto& id : uploads) {
      const auto& upload = *index.upload(id);
      const auto names = upload.audience->encode();
      auto insert =
          db.statement("INSERT INTO upload (id, number, audience, bytes, day) VALUES (?, ?, ?, ?, ?)");
      insert.bind(id).bind(upload.number).bind(names);
      insert.bind(static_cast<std::int64_t>(upload.bytes));
      insert.bind(std::int64_t{upload.day.days_since_epoch()});
      if (auto done = insert.run(); !done) return done;
    }
    return {};
  });
}

Result<Task::Progress> DayClose::step(Connection& db, HotIndex& index) {
  Result<> done;
  switch (phase_) {
    case Phase::draw:
      done = draw(db, index);
      if (done) phase_ = Phase::move;
      break;
    case Phase::move:
      done = move_some(db, index);
      if (done && pieces_.empty()) phase_ = Phase::tidy;
      break;
    case Phase::tidy:
      done = tidy(db, index);
      if (done) phase_ = Phase::drops;
      break;
    case Phase::drops: {
      const auto more = drops_.step(db, index);
      if (!more) return fail(more);
      if (!*more) phase_ = Phase::events;
      break;
    }
    case Phase::events: {
      const auto more = events_.step(db, index);
      if (!more) return fail(more);
      if (!*more) phase_ = Phase::evaluations;
      break;
    }
    case Phase::evaluations: {
      const auto more = evaluations_.step(db);
      if (!more) return fail(more);
      if (!*more) phase_ = Phase::empty_log;
      break;
    }
    case Phase::empty_log:
      done = db.checkpoint(Connection::Checkpoint::all_and_truncate);
      if (done) return Progress::finished;
      if (done.error().code == Errc::busy) return Progress::later;
      break;
  }
  if (!done) return fail(done);
  return Progress::more;
}

}  // namespace candour::storage
