// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/events.h"

#include <algorithm>
#include <array>
#include <utility>

#include "crypto/core/random.h"
#include "storage/sqlcipher.h"

namespace candour::storage {
namespace {

constexpr Error damaged{
    Errc::io, "A row of the store is damaged. Stop candourd, run candourd verify, and restore a backup."};

// Big-endian, so that SQL can compare it, and in one width, so that a change never moves a row.
std::array<std::uint8_t, 4> stored(Day day) {
  const auto days = static_cast<std::uint32_t>(day.days_since_epoch());
  return {static_cast<std::uint8_t>(days >> 24U), static_cast<std::uint8_t>(days >> 16U),
          static_cast<std::uint8_t>(days >> 8U), static_cast<std::uint8_t>(days)};
}

// The first day on which it is gone.
Day draw_end(const Lasting& lasting) {
  const auto spread = random_below(static_cast<std::uint32_t>(lasting.spread_days) + 1);
  return lasting.from.plus(lasting.days + static_cast<std::int32_t>(spread));
}

Result<> prolong(Connection& db, const EventId& id, const PlacedEvent& there, const Lasting& lasting) {
  const auto ends = stored(draw_end(lasting));
  if (there.key != 0) {
    auto row = db.statement("UPDATE event_arrival SET ends = ? WHERE key = ?");
    return row.bind(ByteView(ends)).bind(there.key).run();
  }
  auto row = db.statement("UPDATE event_settled SET ends = ? WHERE id = ?");
  return row.bind(ByteView(ends)).bind(ByteView(id.bytes)).run();
}

Result<EventId> id_in(const Statement& row) {
  EventId id;
  if (row.bytes(0).size() != id.bytes.size()) return std::unexpected(damaged);
  std::ranges::copy(row.bytes(0), id.bytes.begin());
  return id;
}

// Its one column in every row.
Result<> add_ids(Statement& rows, std::vector<EventId>& to) {
  for (;;) {
    const auto row = rows.step();
    if (!row) return fail(row);
    if (!*row) return {};
    const auto id = id_in(rows);
    if (!id) return fail(id);
    to.push_back(*id);
  }
}

// An event moves when its day closes: whoever misses it in event_arrival finds it settled, or it is gone.
Result<std::optional<Bytes>> body_of(Connection& db, const EventId& id, std::int64_t key) {
  if (key != 0) {
    auto hot = db.statement("SELECT body FROM event_arrival WHERE key = ? AND id = ?");
    auto body = db.proved_value(hot.bind(key).bind(ByteView(id.bytes)));
    if (!body || *body) return body;
  }
  auto settled = db.statement("SELECT body FROM event_body WHERE id = ?");
  return db.proved_value(settled.bind(ByteView(id.bytes)));
}

}  // namespace

Result<std::optional<PlacedEvent>> Events::find(Connection& db, const EventId& id) const {
  auto hot = index_->look([&](const HotIndex& index) -> std::optional<PlacedEvent> {
    const auto* event = index.events().find(id);
    if (event == nullptr) return std::nullopt;
    return *event;
  });
  auto query = db.statement("SELECT audience, day FROM event_settled WHERE id = ?");
  const auto row = query.bind(ByteView(id.bytes)).step();
  if (!row) return fail(row);
  if (hot || !*row) return hot;
  auto audience = Audience::parse(query.text(0));
  if (!audience) return std::unexpected(damaged);
  return PlacedEvent{.key = 0,
                     .day = Day(static_cast<std::int32_t>(query.number(1))),
                     .audience = std::make_shared<const Audience>(std::move(*audience))};
}

Result<std::optional<PlacedEvent>> Events::find_hers(Connection& db, const EventId& id,
                                                     std::string_view caseworker) const {
  auto found = find(db, id);
  if (found && *found && !(*found)->audience->contains(caseworker)) return std::nullopt;
  return found;
}

Result<std::shared_ptr<const Audience>> Events::audience_of(Connection& db, const EventId& id) const {
  const auto found = find(db, id);
  if (!found) return fail(found);
  return *found ? (*found)->audience : nullptr;
}

Result<EventPut> Events::put(Transaction& tx, const NewEvent& event, Day today,
                             const Lasting& lasting) const {
  const auto there = find(tx.db, event.id);
  if (!there) return fail(there);
  if (*there) {
    if (*(*there)->audience != event.audience)
      return fail(Errc::conflict, "This event is stored for another audience.");
    if (auto done = prolong(tx.db, event.id, **there, lasting); !done) return fail(done);
    return EventPut::prolonged;
  }
  if (auto room = tx.take_room(event.sealed.size()); !room) return fail(room);
  const auto names = event.audience.encode();
  const auto ends = stored(draw_end(lasting));
  auto row =
      tx.db.statement("INSERT INTO event_arrival (id, audience, day, ends, body) VALUES (?, ?, ?, ?, ?)");
  row.bind(ByteView(event.id.bytes)).bind(names).bind(std::int64_t{today.days_since_epoch()});
  if (auto done = row.bind(ByteView(ends)).bind(event.sealed).run(); !done) return fail(done);
  tx.after_commit([id = event.id, audience = event.audience, today,
                   key = sqlite3_last_insert_rowid(tx.db.handle())](HotIndex& index) {
    index.events().put(id, {.key = key, .day = today, .audience = index.shared(audience)});
  });
  return EventPut::stored;
}

Result<> Events::keep(Transaction& tx, std::span<const EventId> ids, std::string_view caseworker,
                      const Lasting& lasting) const {
  for (const auto& id : ids) {
    const auto hers = find_hers(tx.db, id, caseworker);
    if (!hers) return fail(hers);
    if (!*hers) continue;
    if (auto done = prolong(tx.db, id, **hers, lasting); !done) return done;
  }
  return {};
}

Result<EventPage> Events::list(Connection& db, std::string_view caseworker, const DatedEvent& after,
                               std::size_t limit) const {
  auto found = index_->look([&](const HotIndex& index) {
    std::vector<DatedEvent> hot;
    for (const auto& [id, event] : index.events().all())
      if (const DatedEvent dated{event.day, id}; dated > after && event.audience->contains(caseworker))
        hot.push_back(dated);
    return hot;
  });
  auto rows = db.statement(
      "SELECT id, day FROM event_reader WHERE caseworker = ? AND (day, id) > (?, ?) ORDER BY day, id LIMIT "
      "?");
  rows.bind(caseworker).bind(std::int64_t{after.day.days_since_epoch()}).bind(ByteView(after.id.bytes));
  rows.bind(static_cast<std::int64_t>(limit + 1));
  for (;;) {
    const auto row = rows.step();
    if (!row) return fail(row);
    if (!*row) break;
    const auto id = id_in(rows);
    if (!id) return fail(id);
    found.push_back({Day(static_cast<std::int32_t>(rows.number(1))), *id});
  }
  // One that was settled between the two looks is in both.
  std::ranges::sort(found);
  const auto twice = std::ranges::unique(found);
  found.erase(twice.begin(), twice.end());
  const bool more = found.size() > limit;
  if (more) found.erase(found.begin() + static_cast<std::ptrdiff_t>(limit), found.end());
  return EventPage{std::move(found), more};
}

Result<std::vector<Bytes>> Events::read(Connection& db, std::span<const EventId> ids,
                                        std::string_view caseworker) const {
  std::vector<Bytes> bodies;
  for (const auto& id : ids) {
    auto& body = bodies.emplace_back();
    const auto hers = find_hers(db, id, caseworker);
    if (!hers) return fail(hers);
    if (!*hers) continue;
    auto found = body_of(db, id, (*hers)->key);
    if (!found) return fail(found);
    if (*found) body = std::move(**found);
  }
  return bodies;
}

Result<std::vector<EventId>> Events::to_joint_erasure(Connection& db, std::span<const EventId> ids,
                                                      std::string_view caseworker,
                                                      const std::vector<std::string>& signers,
                                                      Obstacle& obstacle) const {
  std::vector<EventId> chosen;
  for (const auto& id : ids) {
    const auto hers = find_hers(db, id, caseworker);
    if (!hers) return fail(hers);
    if (!*hers) continue;
    chosen.push_back(id);
    if (!(*hers)->audience->has_two_of(signers)) obstacle = Obstacle::signers;
  }
  if (obstacle != Obstacle::none) chosen.clear();
  return chosen;
}

Result<std::vector<EventId>> Events::due(Connection& db, Day counted) {
  std::vector<EventId> ids;
  const auto bound = stored(counted);
  auto rows = db.statement("SELECT id FROM event_settled WHERE ends <= ?");
  if (auto done = add_ids(rows.bind(ByteView(bound)), ids); !done) return fail(done);
  return ids;
}

Result<std::vector<EventId>> Events::still_due(Connection& db, std::span<const EventId> ids, Day counted) {
  std::vector<EventId> chosen;
  const auto bound = stored(counted);
  for (const auto& id : ids) {
    auto row = db.statement("SELECT id FROM event_settled WHERE id = ? AND ends <= ?");
    if (auto done = add_ids(row.bind(ByteView(id.bytes)).bind(ByteView(bound)), chosen); !done)
      return fail(done);
  }
  return chosen;
}

Result<> Events::remove(Connection& db, const EventId& id) const {
  const auto there = find(db, id);
  if (!there) return fail(there);
  if (!*there) return {};
  const auto& [key, day, audience] = **there;
  if (key != 0) {
    auto row = db.statement("DELETE FROM event_arrival WHERE key = ?");
    return row.bind(key).run();
  }
  for (const auto& member : audience->members()) {
    auto reader = db.statement("DELETE FROM event_reader WHERE caseworker = ? AND day = ? AND id = ?");
    reader.bind(member).bind(std::int64_t{day.days_since_epoch()}).bind(ByteView(id.bytes));
    if (auto done = reader.run(); !done) return done;
  }
  for (const Literal sql :
       {Literal("DELETE FROM event_settled WHERE id = ?"), Literal("DELETE FROM event_body WHERE id = ?")}) {
    auto row = db.statement(sql);
    if (auto done = row.bind(ByteView(id.bytes)).run(); !done) return done;
  }
  return {};
}

}  // namespace candour::storage
