// SPDX-License-Identifier: AGPL-3.0-or-later
// Takes events away, for two caseworkers or because they have lasted long enough: some in each transaction, rows and bytes together;
// then the WAL is emptied of them. Internal to storage/; a task of the writer.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "storage/events.h"
#include "storage/work.h"

namespace candour::storage {

class EventRemoval final : public Task {
 public:
  // Which of these go, asked when it is their turn.
  using Choice = std::function<Result<std::vector<EventId>>(Connection&, std::span<const EventId>)>;
  // Of `ids`, which `choose` is given `at_once` by `at_once`: so many go at one stroke.
  EventRemoval(const Events& events, std::vector<EventId> ids, std::size_t at_once, Choice choose,
               Done<std::uint64_t> done)
      : events_(&events),
        left_(std::move(ids)),
        at_once_(at_once),
        choose_(std::move(choose)),
        done_(std::move(done)) {}

  Result<Progress> step(Connection& db, HotIndex& index) override;
  void complete(const Result<>& outcome) override;

 private:
  Result<> remove_some(Connection& db, HotIndex& index);

  const Events* events_;
  std::vector<EventId> left_;  // taken from the back
  std::size_t at_once_;
  Choice choose_;
  Done<std::uint64_t> done_;
  std::uint64_t gone_ = 0;
};

}  // namespace candour::storage
