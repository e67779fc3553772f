// SPDX-License-Identifier: AGPL-3.0-or-later
// Evaluations inside the writer's transaction, and the finding and reading of them (store.h says what the verbs promise). A row that is
// made or changed is put into evaluation_arrival, also one that was settled before; the next day close moves it, in an order drawn at
// random. The view `evaluation` is both tables. Internal to storage/; what changes something on the writer's thread only, the rest on
// any with a connection of its own.
#pragma once

#include <optional>
#include <vector>

#include "storage/evaluation.h"
#include "storage/events.h"
#include "storage/library.h"
#include "storage/transaction.h"

namespace candour::storage {

class Evaluations {
 public:
  Evaluations(const Library& library, const Events& events) : library_(&library), events_(&events) {}

  // The answers so far.
  Result<Bytes> ask(Transaction& tx, const ReportId& id, ByteView batch, Day today) const;
  static Result<Bytes> answers(Connection& db, const ReportId& id);
  static Result<Bytes> waiting(Connection& db, std::uint8_t number);
  static Result<> answer(Transaction& tx, const Digest& batch, std::uint8_t number, ByteView evaluation);
  Result<CompanionPut> put_companion(Transaction& tx, const ReportId& id, const NewEvent& companion,
                                     Day today, const Lasting& lasting) const;

  // Those whose eight days are over.
  static Result<std::vector<ReportId>> due(Connection& db, Day counted);
  // In the caller's transaction; nothing where there is none.
  static Result<> remove(Connection& db, const ReportId& id);

 private:
  struct Row {
    ReportId id;
    Day day;  // of the report
    Digest hash;
    Bytes batch;
    Bytes answers;
    std::optional<EventId> companion;  // batch and answers are empty then
  };
  static Result<std::optional<Row>> next(Connection& db, Statement& rows);
  static Result<std::optional<Row>> find(Connection& db, const ReportId& id);
  static Result<std::optional<Row>> find(Connection& db, const Digest& hash);
  static Result<> write(Transaction& tx, const Row& row);

  const Library* library_;
  const Events* events_;
};

}  // namespace candour::storage
