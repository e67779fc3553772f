// SPDX-License-Identifier: AGPL-3.0-or-later
// The store's verbs about evaluations and companions (docs/spec/matching.md "Asking").
#include <memory>
#include <utility>

#include "protocol/limits.h"
#include "storage/evaluation_removal.h"
#include "storage/store_parts.h"

namespace candour::storage {
namespace {

constexpr Error bad_number{Errc::malformed, "A holder's number is 1 to 16."};

bool is_number(std::uint8_t number) { return number >= 1 && number <= limits::key_holders_max; }

}  // namespace

void Store::ask_evaluation(const ReportId& id, Bytes batch, Day today, Done<Bytes> done) {
  if (batch.size() != limits::blinded_batch_bytes)
    return done(fail(Errc::malformed, "A blinded batch is 256 bytes long."));
  const auto bytes = batch.size();
  parts_->writer->write<Bytes>({.id = id}, bytes, std::move(done),
                               [this, id, batch = std::move(batch), today](Transaction& tx) {
                                 return parts_->evaluations.ask(tx, id, batch, today);
                               });
}

void Store::evaluation_answers(const ReportId& id, Done<Bytes> done) {
  parts_->readers->answer<Bytes>(std::move(done),
                                 [id](Connection& db) { return Evaluations::answers(db, id); });
}

void Store::waiting_batches(std::uint8_t number, Done<Bytes> done) {
  if (!is_number(number)) return done(std::unexpected(bad_number));
  parts_->readers->answer<Bytes>(std::move(done),
                                 [number](Connection& db) { return Evaluations::waiting(db, number); });
}

void Store::answer_batch(const Digest& batch, std::uint8_t number, Bytes evaluation, Done<> done) {
  if (!is_number(number)) return done(std::unexpected(bad_number));
  if (evaluation.size() != limits::evaluation_bytes)
    return done(fail(Errc::malformed, "An evaluation is 320 bytes long."));
  const auto bytes = evaluation.size();
  parts_->writer->write<void>({.id = ReportId{batch}}, bytes, std::move(done),
                              [batch, number, evaluation = std::move(evaluation)](Transaction& tx) {
                                return Evaluations::answer(tx, batch, number, evaluation);
                              });
}

void Store::put_companion(const ReportId& id, NewEvent companion, Day today, const Lasting& lasting,
                          Done<CompanionPut> done) {
  if (companion.sealed.empty()) return done(fail(Errc::malformed, "A companion has at least one byte."));
  const auto bytes = companion.sealed.size();
  // About the event, of which the index tells; the evaluation's row is in the database, as the work before left it.
  const Subject subject{.id = ReportId{companion.id.bytes}};
  parts_->writer->write<CompanionPut>(
      subject, bytes, std::move(done),
      [this, id, companion = std::move(companion), today, lasting](Transaction& tx) {
        return parts_->evaluations.put_companion(tx, id, companion, today, lasting);
      });
}

void Store::expire_evaluations(Day today, Done<std::uint64_t> done) {
  parts_->readers->answer<std::vector<ReportId>>(
      [this, done = std::move(done)](Result<std::vector<ReportId>> due) mutable {
        if (!due) return done(fail(due));
        if (due->empty()) return done(0);
        parts_->writer->submit(std::make_unique<EvaluationRemoval>(std::move(*due), std::move(done)));
      },
      [today](Connection& db) -> Result<std::vector<ReportId>> {
        const auto counted = CaseMarks::counted_day(db, today);
        if (!counted) return fail(counted);
        return Evaluations::due(db, *counted);
      });
}

}  // namespace candour::storage
