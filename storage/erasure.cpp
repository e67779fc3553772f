// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/erasure.h"

#include "storage/evaluations.h"

namespace candour::storage {
namespace {

Result<> unlist_one(Connection& db, const HotIndex& index, const ReportId& id, std::int64_t upload) {
  if (const auto* report = index.report(id)) {
    for (const Literal sql :
         {Literal("DELETE FROM arrival WHERE key = ?"), Literal("DELETE FROM arrival_marks WHERE key = ?")}) {
      auto row = db.statement(sql);
      if (auto done = row.bind(report->key).run(); !done) return done;
    }
  }
  for (const Literal sql :
       {Literal("DELETE FROM arrival_seen WHERE id = ?"), Literal("DELETE FROM upload WHERE id = ?"),
        Literal("DELETE FROM report WHERE id = ?"), Literal("DELETE FROM admitted WHERE id = ?")}) {
    auto row = db.statement(sql);
    if (auto done = row.bind(id).run(); !done) return done;
  }
  if (auto done = Evaluations::remove(db, id); !done) return done;
  auto note = db.statement("INSERT OR IGNORE INTO erasing (id, upload) VALUES (?, ?)");
  return note.bind(id).bind(upload == 0 ? std::nullopt : std::optional(upload)).run();
}

// The audience says which rows of `reader` there are: it has no index by report.
Result<> unlist_readers(Connection& db, const ReportId& id) {
  auto query = db.statement("SELECT audience, names FROM report LEFT JOIN admitted USING (id) WHERE id = ?");
  const auto row = query.bind(id).step();
  if (!row) return fail(row);
  if (!*row) return {};
  const auto audience = Audience::parse(query.text(0), query.text(1));
  if (!audience) return fail(audience);
  for (const auto& member : audience->readers()) {
    auto reader = db.statement("DELETE FROM reader WHERE caseworker = ? AND id = ?");
    if (auto done = reader.bind(member).bind(id).run(); !done) return done;
  }
  return {};
}

}  // namespace

Result<Task::Progress> blank_log(Connection& db, HotIndex& index) {
  const auto emptied = db.checkpoint(Connection::Checkpoint::all_and_truncate);
  if (!emptied && emptied.error().code == Errc::busy) return Task::Progress::later;
  if (!emptied) return fail(emptied);
  index.change([](HotIndex& hot) { hot.set_log_holds_erased(false); });
  return Task::Progress::finished;
}

Erasure::Choice Erasure::begun_before() {
  return [](Connection&, const HotIndex& index) {
    std::vector<ReportId> ids;
    for (const auto& [id, upload] : index.all_erasing()) ids.push_back(id);
    return ids;
  };
}

Result<> Erasure::unlist(Connection& db, HotIndex& index, const std::vector<ReportId>& ids) {
  for (const auto& id : ids) {
    std::int64_t upload = 0;
    if (const auto before = index.all_erasing().find(id); before != index.all_erasing().end())
      upload = before->second;
    else if (const auto* report = index.report(id))
      upload = report->upload;
    else if (const auto* open = index.upload(id))
      upload = open->number;
    left_.emplace_back(id, upload);
  }
  count_ = ids.size();
  const auto done = in_one_transaction(db, [&]() -> Result<> {
    for (const auto& [id, upload] : left_) {
      if (auto one = unlist_readers(db, id); !one) return one;
      if (auto one = unlist_one(db, index, id, upload); !one) return one;
    }
    return {};
  });
  if (!done) return done;
  index.change([&](HotIndex& hot) {
    for (const auto& [id, upload] : left_) {
      hot.remove_report(id);
      hot.remove_upload(id);
      hot.set_erasing(id, upload);
    }
  });
  return {};
}

Result<bool> Erasure::blank_some(Connection& db, HotIndex& index) {
  const auto [id, upload] = left_.front();
  const auto parts = [&] { return db.number("SELECT total_changes()"); };
  const auto before = parts();
  if (!before) return fail(before);
  std::int64_t blanked = 0;
  const auto done = in_one_transaction(db, [&]() -> Result<> {
    auto hot = db.statement(
        "DELETE FROM upload_part WHERE key IN (SELECT key FROM upload_part"
        " WHERE key >= ?1 << 16 AND key < (?1 + 1) << 16 LIMIT 8)");
    if (auto gone = hot.bind(upload).run(); !gone) return gone;
    auto settled = db.statement(
        "DELETE FROM part WHERE id = ?1 AND place IN (SELECT place FROM part WHERE id = ?1 LIMIT 8)");
    if (auto gone = settled.bind(id).run(); !gone) return gone;
    const auto after = parts();
    if (!after) return fail(after);
    blanked = *after - *before;
    if (blanked > 0) return {};
    auto finished = db.statement("DELETE FROM erasing WHERE id = ?");
    return finished.bind(id).run();
  });
  if (!done) return fail(done);
  if (blanked > 0) return true;
  index.change([&, erased = id](HotIndex& hot) { hot.remove_erasing(erased); });
  left_.pop_front();
  return !left_.empty();
}

Result<Task::Progress> Erasure::step(Connection& db, HotIndex& index) {
  if (!begun_) {
    const auto ids = choose_(db, index);
    if (!ids) return fail(ids);
    if (ids->empty() && index.log_holds_erased()) {  // of drops, whose rows are gone already
      begun_ = true;
      return Progress::more;
    }
    if (ids->empty()) {
      if (none_is_fine_) return Progress::finished;
      return fail(Errc::not_found, "There is no such report.");
    }
    if (auto done = unlist(db, index, *ids); !done) return fail(done);
    begun_ = true;
    return Progress::more;
  }
  if (!left_.empty()) {
    const auto more = blank_some(db, index);
    if (!more) return fail(more);
    if (*more) return Progress::more;
  }
  return blank_log(db, index);
}

void Erasure::complete(const Result<>& outcome) {
  if (!done_) return;
  if (outcome)
    done_(count_);
  else
    done_(fail(outcome));
}

}  // namespace candour::storage
