// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/evaluation_close.h"

#include <algorithm>

#include "storage/shuffle.h"
#include "storage/work.h"

namespace candour::storage {
namespace {

constexpr std::size_t step_rows_max = 128;
constexpr Error damaged{
    Errc::io, "A row of the store is damaged. Stop candourd, run candourd verify, and restore a backup."};

// Where it is gone since the drawing, nothing.
Result<> move(Connection& db, const ReportId& id) {
  for (const Literal sql :
       {Literal("INSERT INTO evaluation_settled (id, day, hash, answered, batch, answers, companion)"
                " SELECT id, day, hash, answered, batch, answers, companion FROM evaluation_arrival"
                " WHERE id = ?"),
        Literal("DELETE FROM evaluation_arrival WHERE id = ?")}) {
    auto part = db.statement(sql);
    if (auto done = part.bind(id).run(); !done) return done;
  }
  return {};
}

}  // namespace

Result<> EvaluationClose::draw(Connection& db) {
  std::vector<ReportId> ids;
  auto rows = db.statement("SELECT id FROM evaluation_arrival");
  for (;;) {
    const auto row = rows.step();
    if (!row) return fail(row);
    if (!*row) break;
    auto& id = ids.emplace_back();
    if (rows.bytes(0).size() != id.bytes.size()) return std::unexpected(damaged);
    std::ranges::copy(rows.bytes(0), id.bytes.begin());
  }
  shuffle(ids);
  left_ = std::move(ids);
  return {};
}

Result<bool> EvaluationClose::step(Connection& db) {
  if (!left_)
    if (auto drawn = draw(db); !drawn) return fail(drawn);
  const auto taken = std::min(left_->size(), step_rows_max);
  const auto done = in_one_transaction(db, [&]() -> Result<> {
    for (std::size_t i = 0; i < taken; ++i)
      if (auto one = move(db, (*left_)[left_->size() - 1 - i]); !one) return one;
    return {};
  });
  if (!done) return fail(done);
  left_->resize(left_->size() - taken);
  return !left_->empty();
}

}  // namespace candour::storage
