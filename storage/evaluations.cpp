// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/evaluations.h"

#include <algorithm>
#include <utility>

#include "crypto/core/hash.h"
#include "protocol/limits.h"

namespace candour::storage {
namespace {

constexpr std::int32_t kept_days = 8;
constexpr auto waiting_max = static_cast<std::int64_t>(limits::batches_read_max);
constexpr Error damaged{
    Errc::io, "A row of the store is damaged. Stop candourd, run candourd verify, and restore a backup."};
constexpr Error no_such_batch{Errc::not_found, "No such batch waits."};

template <class Array>
bool read_into(ByteView bytes, Array& to) {
  if (bytes.size() != to.size()) return false;
  std::ranges::copy(bytes, to.begin());
  return true;
}

ByteView answer_at(ByteView answers, std::size_t place) {
  return answers.subspan(place * answer_bytes, answer_bytes);
}

std::int64_t bit_of(std::uint8_t number) { return std::int64_t{1} << number; }

// Who has answered, one bit for each number.
std::int64_t answered_by(ByteView answers) {
  std::int64_t bits = 0;
  for (std::size_t place = 0; place < answers.size() / answer_bytes; ++place)
    bits |= bit_of(answer_at(answers, place).front());
  return bits;
}

}  // namespace

// Columns: id, day, hash, batch, answers, companion.
Result<std::optional<Evaluations::Row>> Evaluations::next(Connection& db, Statement& rows) {
  const auto there = rows.step();
  if (!there) return fail(there);
  if (!*there) return std::nullopt;
  if (auto proved = db.prove_what_was_read(); !proved) return fail(proved);
  Row row{.id = {},
          .day = Day(static_cast<std::int32_t>(rows.number(1))),
          .hash = {},
          .batch = {},
          .answers = {},
          .companion = {}};
  const auto batch = rows.bytes(3);
  row.batch.assign(batch.begin(), batch.end());
  const auto answers = rows.bytes(4);
  row.answers.assign(answers.begin(), answers.end());
  bool whole = read_into(rows.bytes(0), row.id.bytes) && read_into(rows.bytes(2), row.hash) &&
               answers.size() % answer_bytes == 0;
  if (const auto companion = rows.bytes(5); !companion.empty())
    whole = whole && read_into(companion, row.companion.emplace().bytes);
  if (!whole || row.batch.empty() != row.companion.has_value()) return std::unexpected(damaged);
  return row;
}

Result<std::optional<Evaluations::Row>> Evaluations::find(Connection& db, const ReportId& id) {
  auto rows = db.statement("SELECT id, day, hash, batch, answers, companion FROM evaluation WHERE id = ?");
  return next(db, rows.bind(id));
}

Result<std::optional<Evaluations::Row>> Evaluations::find(Connection& db, const Digest& hash) {
  auto rows = db.statement("SELECT id, day, hash, batch, answers, companion FROM evaluation WHERE hash = ?");
  return next(db, rows.bind(ByteView(hash)));
}

Result<> Evaluations::write(Transaction& tx, const Row& row) {
  if (auto room = tx.take_room(row.batch.size() + row.answers.size()); !room) return room;
  if (auto done = remove(tx.db, row.id); !done) return done;
  auto insert = tx.db.statement(
      "INSERT INTO evaluation_arrival (id, day, hash, answered, batch, answers, companion)"
      " VALUES (?, ?, ?, ?, ?, ?, ?)");
  insert.bind(row.id).bind(std::int64_t{row.day.days_since_epoch()}).bind(ByteView(row.hash));
  insert.bind(row.companion ? std::nullopt : std::optional(answered_by(row.answers)));
  insert.bind(row.batch).bind(row.answers);
  return insert.bind(row.companion ? ByteView(row.companion->bytes) : ByteView()).run();
}

Result<Bytes> Evaluations::ask(Transaction& tx, const ReportId& id, ByteView batch, Day today) const {
  const auto hash = sha256(batch);
  auto there = find(tx.db, id);
  if (!there) return fail(there);
  if (*there) {
    if ((*there)->hash != hash) return fail(Errc::conflict, "This report has asked with another batch.");
    return std::move((*there)->answers);
  }
  const auto report = library_->place(tx.db, id);
  if (!report) return fail(report);
  if (report->day.plus(1) < today) return std::unexpected(no_such_report);
  const auto taken = find(tx.db, hash);
  if (!taken) return fail(taken);
  if (*taken) return fail(Errc::conflict, "Another report has asked with this batch.");
  const Row row{.id = id,
                .day = report->day,
                .hash = hash,
                .batch = Bytes(batch.begin(), batch.end()),
                .answers = {},
                .companion = {}};
  if (auto done = write(tx, row); !done) return fail(done);
  return Bytes();
}

Result<Bytes> Evaluations::answers(Connection& db, const ReportId& id) {
  auto there = find(db, id);
  if (!there) return fail(there);
  if (!*there) return std::unexpected(no_such_report);
  return std::move((*there)->answers);
}

// First which, from the index alone, then each: of those that wait for nobody but others there may be many.
Result<Bytes> Evaluations::waiting(Connection& db, std::uint8_t number) {
  std::vector<ReportId> ids;
  {
    auto rows = db.statement(
        "SELECT day, id FROM evaluation_arrival WHERE answered IS NOT NULL AND answered & ?1 = 0 UNION ALL "
        "SELECT day, id FROM evaluation_settled WHERE answered IS NOT NULL AND answered & ?1 = 0"
        " ORDER BY day, id LIMIT ?2");
    rows.bind(bit_of(number)).bind(waiting_max);
    for (;;) {
      const auto there = rows.step();
      if (!there) return fail(there);
      if (!*there) break;
      if (!read_into(rows.bytes(1), ids.emplace_back().bytes)) return std::unexpected(damaged);
    }
  }
  Bytes batches;
  for (const auto& id : ids) {
    const auto row = find(db, id);
    if (!row) return fail(row);
    if (*row) append(batches, (*row)->batch);  // it may have gone meanwhile, or wait no longer
  }
  return batches;
}

Result<> Evaluations::answer(Transaction& tx, const Digest& batch, std::uint8_t number, ByteView evaluation) {
  auto found = find(tx.db, batch);
  if (!found) return fail(found);
  if (!*found || (*found)->companion) return std::unexpected(no_such_batch);
  auto& answers = (*found)->answers;
  std::size_t place = 0;
  for (; place < answers.size() / answer_bytes; ++place) {
    const auto there = answer_at(answers, place);
    if (there.front() > number) break;
    if (there.front() < number) continue;
    if (std::ranges::equal(there.subspan(1), evaluation)) return {};
    return fail(Errc::conflict, "This holder has answered otherwise.");
  }
  auto at = answers.begin() + static_cast<std::ptrdiff_t>(place * answer_bytes);
  at = answers.insert(at, number);
  answers.insert(at + 1, evaluation.begin(), evaluation.end());
  return write(tx, **found);
}

Result<CompanionPut> Evaluations::put_companion(Transaction& tx, const ReportId& id,
                                                const NewEvent& companion, Day today,
                                                const Lasting& lasting) const {
  auto found = find(tx.db, id);
  if (!found) return fail(found);
  if (!*found) return std::unexpected(no_such_report);
  auto& row = **found;
  if (row.companion) {
    if (*row.companion != companion.id)
      return fail(Errc::conflict, "Another companion of this report is stored.");
    // Two caseworkers may have erased it since; it does not come back.
    const auto audience = events_->audience_of(tx.db, companion.id);
    if (!audience) return fail(audience);
    if (*audience && **audience != companion.audience)
      return fail(Errc::conflict, "This companion is stored for another audience.");
    return CompanionPut::already_there;
  }
  const auto put = events_->put(tx, companion, today, lasting);
  if (!put) return fail(put);
  row.companion = companion.id;
  row.batch.clear();
  row.answers.clear();
  if (auto done = write(tx, row); !done) return fail(done);
  return *put == EventPut::stored ? CompanionPut::stored : CompanionPut::already_there;
}

Result<std::vector<ReportId>> Evaluations::due(Connection& db, Day counted) {
  std::vector<ReportId> ids;
  auto rows = db.statement("SELECT id FROM evaluation WHERE day <= ?");
  rows.bind(std::int64_t{counted.plus(-kept_days).days_since_epoch()});
  for (;;) {
    const auto there = rows.step();
    if (!there) return fail(there);
    if (!*there) return ids;
    if (!read_into(rows.bytes(0), ids.emplace_back().bytes)) return std::unexpected(damaged);
  }
}

Result<> Evaluations::remove(Connection& db, const ReportId& id) {
  for (const Literal sql : {Literal("DELETE FROM evaluation_arrival WHERE id = ?"),
                            Literal("DELETE FROM evaluation_settled WHERE id = ?")}) {
    auto row = db.statement(sql);
    if (auto done = row.bind(id).run(); !done) return done;
  }
  return {};
}

}  // namespace candour::storage
