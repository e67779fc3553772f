// SPDX-License-Identifier: AGPL-3.0-or-later
// Drops inside the writer's transaction, and the reading of one (store.h says what the verbs promise). Every drop goes the same
// way, whoever put it, a dummy too: appended to drop_arrival, moved at the next day close, gone with both of its rows. One that is replaced or
// prolonged goes that way anew. Internal to storage/; writer's thread only, but for `read`.
#pragma once

#include <optional>
#include <vector>

#include "storage/drop.h"
#include "storage/options.h"
#include "storage/transaction.h"

namespace candour::storage {

class Drops {
 public:
  Drops(const HotIndex& index, const Options& options) : index_(&index), options_(options) {}

  Result<DropPut> put(Transaction& tx, const NewDrop& drop, const std::optional<Digest>& replaces,
                      DropSource from, Day today) const;
  Result<> erase(Transaction& tx, const DropTag& tag, const Digest& verifier) const;
  // Its rows, in the caller's transaction.
  static Result<> remove(Connection& db, const DropTag& tag, const PlacedDrop& there);
  Result<> make_dummies(Transaction& tx, std::size_t count, Day today) const;
  // On any thread, with a connection of its own.
  Result<Bytes> read(Connection& db, const DropTag& tag) const;

 private:
  const HotIndex* index_;
  Options options_;
};

}  // namespace candour::storage
