// SPDX-License-Identifier: AGPL-3.0-or-later
// Events inside the writer's transaction, and the finding and reading of them (store.h says what the verbs promise). Every event goes
// the same way: appended to event_arrival, moved at the next day close, gone with all of its rows. One that lasts anew is changed in its
// place, in one width. Whoever looks asks the index first and the settled tables after, whatever the first one said. Internal to
// storage/; what changes something on the writer's thread only, the rest on any with a connection of its own.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/event.h"
#include "storage/marks.h"
#include "storage/transaction.h"

namespace candour::storage {

class Events {
 public:
  explicit Events(const HotIndex& index) : index_(&index) {}

  // Whose it is; null where it is not there.
  Result<std::shared_ptr<const Audience>> audience_of(Connection& db, const EventId& id) const;
  Result<EventPut> put(Transaction& tx, const NewEvent& event, Day today, const Lasting& lasting) const;
  // Those that are hers.
  Result<> keep(Transaction& tx, std::span<const EventId> ids, std::string_view caseworker,
                const Lasting& lasting) const;

  Result<EventPage> list(Connection& db, std::string_view caseworker, const DatedEvent& after,
                         std::size_t limit) const;
  // One for each, in their order; empty where there is none for her.
  Result<std::vector<Bytes>> read(Connection& db, std::span<const EventId> ids,
                                  std::string_view caseworker) const;

  // Of `ids` those that are hers; none, and Obstacle::signers, where fewer than two of the audience of one of those have signed.
  Result<std::vector<EventId>> to_joint_erasure(Connection& db, std::span<const EventId> ids,
                                                std::string_view caseworker,
                                                const std::vector<std::string>& signers,
                                                Obstacle& obstacle) const;
  // Those of closed days whose last day has come; none comes on the day of its arrival. Each is asked again before it goes.
  static Result<std::vector<EventId>> due(Connection& db, Day counted);
  static Result<std::vector<EventId>> still_due(Connection& db, std::span<const EventId> ids, Day counted);
  // All of its rows, in the caller's transaction.
  Result<> remove(Connection& db, const EventId& id) const;

 private:
  Result<std::optional<PlacedEvent>> find(Connection& db, const EventId& id) const;
  // As `find`, where she may read it.
  Result<std::optional<PlacedEvent>> find_hers(Connection& db, const EventId& id,
                                               std::string_view caseworker) const;
  const HotIndex* index_;
};

}  // namespace candour::storage
