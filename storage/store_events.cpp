// SPDX-License-Identifier: AGPL-3.0-or-later
// The store's verbs about events (docs/spec/cases.md "At the server").
#include <memory>
#include <utility>

#include "protocol/limits.h"
#include "storage/event_removal.h"
#include "storage/store_parts.h"

namespace candour::storage {
namespace {

constexpr std::size_t list_events_max = 1000;
constexpr std::size_t expired_at_once = 32;
constexpr Error bad_count{Errc::malformed, "That is none, or more events than one request may name."};

bool is_count(const std::vector<EventId>& events, std::size_t max) {
  return !events.empty() && events.size() <= max;
}

}  // namespace

void Store::put_event(NewEvent event, Day today, const Lasting& lasting, Done<EventPut> done) {
  if (event.sealed.empty()) return done(fail(Errc::malformed, "An event has at least one byte."));
  const auto bytes = event.sealed.size();
  const Subject subject{.id = ReportId{event.id.bytes}};  // both are hashes: none is that of a report
  parts_->writer->write<EventPut>(subject, bytes, std::move(done),
                                  [this, event = std::move(event), today, lasting](Transaction& tx) {
                                    return parts_->events.put(tx, event, today, lasting);
                                  });
}

void Store::list_events(std::string caseworker, const DatedEvent& after, std::size_t limit,
                        Done<EventPage> done) {
  if (!is_id(caseworker)) return done(std::unexpected(bad_caseworker));
  if (limit == 0 || limit > list_events_max)
    return done(fail(Errc::malformed, "A page has 1 to 1000 events."));
  parts_->readers->answer<EventPage>(
      std::move(done), [this, after, limit, caseworker = std::move(caseworker)](Connection& db) {
        return parts_->events.list(db, caseworker, after, limit);
      });
}

void Store::read_events(std::vector<EventId> events, std::string caseworker, Done<std::vector<Bytes>> done) {
  if (!is_id(caseworker)) return done(std::unexpected(bad_caseworker));
  if (!is_count(events, limits::events_read_max)) return done(std::unexpected(bad_count));
  parts_->readers->answer<std::vector<Bytes>>(
      std::move(done), [this, events = std::move(events), caseworker = std::move(caseworker)](
                           Connection& db) { return parts_->events.read(db, events, caseworker); });
}

void Store::keep_events(std::vector<EventId> events, std::string caseworker, const Lasting& lasting,
                        Done<> done) {
  if (!is_id(caseworker)) return done(std::unexpected(bad_caseworker));
  if (!is_count(events, limits::events_kept_max)) return done(std::unexpected(bad_count));
  const auto bytes = events.size() * sizeof(EventId);
  parts_->writer->write<void>(
      {}, bytes, std::move(done),
      [this, lasting, events = std::move(events), caseworker = std::move(caseworker)](Transaction& tx) {
        return parts_->events.keep(tx, events, caseworker, lasting);
      });
}

void Store::erase_events(std::vector<EventId> events, std::string caseworker,
                         std::vector<std::string> signers, Done<Obstacle> done) {
  if (!is_id(caseworker)) return done(std::unexpected(bad_caseworker));
  if (!is_count(events, limits::events_erased_max)) return done(std::unexpected(bad_count));
  auto obstacle = std::make_shared<Obstacle>(Obstacle::none);
  auto choose = [this, obstacle, signers = std::move(signers), caseworker = std::move(caseworker)](
                    Connection& db, std::span<const EventId> ids) {
    return parts_->events.to_joint_erasure(db, ids, caseworker, signers, *obstacle);
  };
  parts_->writer->submit(std::make_unique<EventRemoval>(
      parts_->events, std::move(events), limits::events_erased_max, std::move(choose),
      [obstacle, done = std::move(done)](Result<std::uint64_t> erased) mutable {
        if (!erased) return done(fail(erased));
        done(*obstacle);
      }));
}

void Store::expire_events(Day today, Done<std::uint64_t> done) {
  struct Due {
    Day counted;
    std::vector<EventId> events;
  };
  // The long look is a reader's, so that nobody waits for it to write.
  parts_->readers->answer<Due>(
      [this, done = std::move(done)](Result<Due> due) mutable {
        if (!due) return done(fail(due));
        if (due->events.empty()) return done(0);
        auto choose = [counted = due->counted](Connection& db, std::span<const EventId> ids) {
          return Events::still_due(db, ids, counted);
        };
        parts_->writer->submit(std::make_unique<EventRemoval>(
            parts_->events, std::move(due->events), expired_at_once, std::move(choose), std::move(done)));
      },
      [today](Connection& db) -> Result<Due> {
        const auto counted = CaseMarks::counted_day(db, today);
        if (!counted) return fail(counted);
        auto events = Events::due(db, *counted);
        if (!events) return fail(events);
        return Due{*counted, std::move(*events)};
      });
}

}  // namespace candour::storage
