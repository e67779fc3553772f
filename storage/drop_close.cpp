// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/drop_close.h"

#include <algorithm>

#include "storage/shuffle.h"

namespace candour::storage {
namespace {

constexpr std::size_t step_drops_max = 128;

Result<> move(Connection& db, std::int64_t key) {
  for (const Literal sql : {Literal("INSERT INTO drop_settled (tag, ends, verifier)"
                                    " SELECT tag, ends, verifier FROM drop_arrival WHERE key = ?"),
                            Literal("INSERT INTO drop_body (tag, body)"
                                    " SELECT tag, body FROM drop_arrival WHERE key = ?"),
                            Literal("DELETE FROM drop_arrival WHERE key = ?")}) {
    auto part = db.statement(sql);
    if (auto done = part.bind(key).run(); !done) return done;
  }
  return {};
}

}  // namespace

Result<bool> DropClose::step(Connection& db, HotIndex& index) {
  if (!left_) {
    left_.emplace();
    for (const auto& [tag, drop] : index.drops().all())
      if (drop.key != 0) left_->push_back(tag);
    shuffle(*left_);
  }
  std::vector<DropTag> moved;
  const auto taken = std::min(left_->size(), step_drops_max);
  const auto done = in_one_transaction(db, [&]() -> Result<> {
    for (std::size_t i = 0; i < taken; ++i) {
      const auto& tag = (*left_)[left_->size() - 1 - i];
      const auto* drop = index.drops().find(tag);
      if (drop == nullptr || drop->key == 0) continue;  // gone since the drawing
      if (auto one = move(db, drop->key); !one) return one;
      moved.push_back(tag);
    }
    return {};
  });
  if (!done) return fail(done);
  left_->resize(left_->size() - taken);
  index.change([&](HotIndex& hot) {
    for (const auto& tag : moved) hot.drops().settle(tag);
  });
  return !left_->empty();
}

}  // namespace candour::storage
