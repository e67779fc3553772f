// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/drops.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "crypto/core/random.h"
#include "protocol/dummy_drop.h"
#include "protocol/limits.h"
#include "storage/sqlcipher.h"

namespace candour::storage {
namespace {

constexpr Error no_such_drop{Errc::not_found, "There is no such drop."};
constexpr Error taken{Errc::conflict, "Another drop is stored under this tag."};
constexpr Error damaged{
    Errc::io, "A row of the store is damaged. Stop candourd, run candourd verify, and restore a backup."};

constexpr auto index_pause = std::chrono::microseconds(200);
constexpr auto index_lag_max = std::chrono::seconds(10);  // longer, and the row is not there at all

// The first day on which it is gone.
Day draw_end(Day today) {
  const auto spread =
      static_cast<std::int32_t>(random_below(2 * static_cast<std::uint32_t>(limits::drop_spread_days) + 1));
  return today.plus(limits::drop_days - limits::drop_spread_days + spread);
}

Result<> insert(Transaction& tx, const NewDrop& drop, Day ends, bool dummy) {
  auto row = tx.db.statement("INSERT INTO drop_arrival (tag, ends, verifier, body) VALUES (?, ?, ?, ?)");
  row.bind(ByteView(drop.tag.bytes)).bind(std::int64_t{ends.days_since_epoch()});
  if (auto done = row.bind(ByteView(drop.verifier)).bind(drop.sealed).run(); !done) return done;
  tx.after_commit(
      [tag = drop.tag,
       placed = PlacedDrop{.key = sqlite3_last_insert_rowid(tx.db.handle()), .ends = ends, .dummy = dummy}](
          HotIndex& index) { index.drops().put(tag, placed); });
  return {};
}

Result<std::optional<Bytes>> body_of(Connection& db, const DropTag& tag, std::int64_t key) {
  auto query = db.statement(key != 0 ? Literal("SELECT body FROM drop_arrival WHERE tag = ? AND key = ?")
                                     : Literal("SELECT body FROM drop_body WHERE tag = ?"));
  query.bind(ByteView(tag.bytes));
  if (key != 0) query.bind(key);
  return db.proved_value(query);
}

Result<Digest> verifier_of(Connection& db, const DropTag& tag, std::int64_t key) {
  auto query = db.statement(key != 0 ? Literal("SELECT verifier FROM drop_arrival WHERE tag = ? AND key = ?")
                                     : Literal("SELECT verifier FROM drop_settled WHERE tag = ?"));
  query.bind(ByteView(tag.bytes));
  if (key != 0) query.bind(key);
  const auto value = db.proved_value(query);
  if (!value) return fail(value);
  Digest verifier{};
  if (!*value || (*value)->size() != verifier.size()) return std::unexpected(damaged);
  std::ranges::copy(**value, verifier.begin());
  return verifier;
}

}  // namespace

Result<DropPut> Drops::put(Transaction& tx, const NewDrop& drop, const std::optional<Digest>& replaces,
                           DropSource from, Day today) const {
  if (drop.sealed.size() != drop_bytes) return fail(Errc::malformed, "A drop has one size.");
  const Day ends = draw_end(today);
  const PlacedDrop* there = tx.index.drops().find(drop.tag);
  if (there == nullptr) {
    const auto max = from == DropSource::caseworker ? options_.drops_max : options_.drops_max / 2;
    if (tx.index.drops().real() + tx.new_drops >= max)
      return fail(Errc::busy, "There are as many drops as there may be. Try again later.");
    if (auto room = tx.take_room(drop_bytes); !room) return fail(room);
    if (auto done = insert(tx, drop, ends, false); !done) return fail(done);
    ++tx.new_drops;
    return DropPut::stored;
  }
  const auto verifier = verifier_of(tx.db, drop.tag, there->key);
  if (!verifier) return fail(verifier);
  const auto body = body_of(tx.db, drop.tag, there->key);
  if (!body) return fail(body);
  if (!*body) return std::unexpected(damaged);
  const bool same = **body == drop.sealed && *verifier == drop.verifier;
  if (!same && replaces != *verifier) return std::unexpected(taken);
  if (auto room = tx.take_room(drop_bytes); !room) return fail(room);
  if (auto done = remove(tx.db, drop.tag, *there); !done) return fail(done);
  if (auto done = insert(tx, drop, ends, false); !done) return fail(done);
  if (same) return DropPut::prolonged;
  tx.after_commit([](HotIndex& index) { index.set_log_holds_erased(true); });
  return DropPut::replaced;
}

Result<> Drops::erase(Transaction& tx, const DropTag& tag, const Digest& verifier) const {
  const PlacedDrop* there = tx.index.drops().find(tag);
  if (there == nullptr) return std::unexpected(no_such_drop);
  const auto hers = verifier_of(tx.db, tag, there->key);
  if (!hers) return fail(hers);
  if (*hers != verifier) return std::unexpected(no_such_drop);
  if (auto done = remove(tx.db, tag, *there); !done) return done;
  tx.after_commit([tag](HotIndex& index) {
    index.drops().remove(tag);
    index.set_log_holds_erased(true);
  });
  return {};
}

Result<> Drops::remove(Connection& db, const DropTag& tag, const PlacedDrop& there) {
  if (there.dummy) {
    auto mark = db.statement("DELETE FROM dummy WHERE tag = ?");
    if (auto done = mark.bind(ByteView(tag.bytes)).run(); !done) return done;
  }
  if (there.key != 0) {
    auto row = db.statement("DELETE FROM drop_arrival WHERE key = ?");
    return row.bind(there.key).run();
  }
  for (const Literal sql :
       {Literal("DELETE FROM drop_settled WHERE tag = ?"), Literal("DELETE FROM drop_body WHERE tag = ?")}) {
    auto row = db.statement(sql);
    if (auto done = row.bind(ByteView(tag.bytes)).run(); !done) return done;
  }
  return {};
}

Result<> Drops::make_dummies(Transaction& tx, std::size_t count, Day today) const {
  // No room is asked for: they are as many as the index at most, and the reserve is for what must go on on a full disk. Without
  // them nobody could come for mail.
  for (std::size_t made = 0; made < count; ++made) {
    NewDrop dummy{.tag = {}, .verifier = {}, .sealed = make_dummy_drop()};
    fill_random(dummy.tag.bytes);
    fill_random(dummy.verifier);  // of no token
    if (tx.index.drops().find(dummy.tag) != nullptr) continue;
    if (auto done = insert(tx, dummy, draw_end(today), true); !done) return done;
    auto mark = tx.db.statement("INSERT INTO dummy (tag) VALUES (?)");
    if (auto done = mark.bind(ByteView(dummy.tag.bytes)).run(); !done) return done;
  }
  return {};
}

// A drop moves when its day closes, or when it is put again. The rows are there before the index says where: whoever misses it where it
// was waits for the index, which takes the writer a moment.
Result<Bytes> Drops::read(Connection& db, const DropTag& tag) const {
  const auto place = [&] {
    return index_->look([&](const HotIndex& index) -> std::optional<std::int64_t> {
      const PlacedDrop* drop = index.drops().find(tag);
      if (drop == nullptr) return std::nullopt;
      return drop->key;
    });
  };
  const auto until = std::chrono::steady_clock::now() + index_lag_max;
  std::optional<std::int64_t> missed;
  while (const auto key = place()) {
    if (key == missed) {
      if (std::chrono::steady_clock::now() >= until) return std::unexpected(damaged);
      std::this_thread::sleep_for(index_pause);
      continue;
    }
    auto body = body_of(db, tag, *key);
    if (!body) return fail(body);
    if (*body) return std::move(**body);
    missed = key;
  }
  return std::unexpected(no_such_drop);
}

}  // namespace candour::storage
