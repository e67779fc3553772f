// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/event_close.h"

#include <algorithm>
#include <utility>

#include "storage/shuffle.h"

namespace candour::storage {
namespace {

constexpr std::size_t step_events_max = 64;

Result<> move(Connection& db, const EventId& id, const PlacedEvent& event) {
  for (const Literal sql : {Literal("INSERT INTO event_settled (id, audience, day, ends)"
                                    " SELECT id, audience, day, ends FROM event_arrival WHERE key = ?"),
                            Literal("INSERT INTO event_body (id, body)"
                                    " SELECT id, body FROM event_arrival WHERE key = ?"),
                            Literal("DELETE FROM event_arrival WHERE key = ?")}) {
    auto part = db.statement(sql);
    if (auto done = part.bind(event.key).run(); !done) return done;
  }
  for (const auto& member : event.audience->members()) {
    auto reader = db.statement("INSERT INTO event_reader (caseworker, day, id) VALUES (?, ?, ?)");
    reader.bind(member).bind(std::int64_t{event.day.days_since_epoch()}).bind(ByteView(id.bytes));
    if (auto done = reader.run(); !done) return done;
  }
  return {};
}

}  // namespace

Result<bool> EventClose::step(Connection& db, HotIndex& index) {
  if (!left_) {
    left_.emplace();
    for (const auto& [id, event] : index.events().all()) left_->push_back(id);
    shuffle(*left_);
  }
  std::vector<EventId> moved;
  const auto taken = std::min(left_->size(), step_events_max);
  const auto done = in_one_transaction(db, [&]() -> Result<> {
    for (std::size_t i = 0; i < taken; ++i) {
      const auto& id = (*left_)[left_->size() - 1 - i];
      const auto* event = index.events().find(id);
      if (event == nullptr) continue;  // erased since the drawing
      if (auto one = move(db, id, *event); !one) return one;
      moved.push_back(id);
    }
    return {};
  });
  if (!done) return fail(done);
  left_->resize(left_->size() - taken);
  index.change([&](HotIndex& hot) { hot.events().remove(std::move(moved)); });
  return !left_->empty();
}

}  // namespace candour::storage
