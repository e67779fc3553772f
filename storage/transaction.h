// SPDX-License-Identifier: AGPL-3.0-or-later
// What a piece of work sees while the writer's transaction is open: the connection, the index as of the last commit, the
// room that is left, and a list of what to change in the index once all of it is durable. Internal to storage/; writer thread only.
#pragma once

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "storage/hot_index.h"

namespace candour::storage {

// Bytes that may still be promised or written, as of the beginning of the batch.
struct Room {
  std::uint64_t policy_bytes = 0;  // by Options::stored_bytes_max
  std::uint64_t disk_bytes = 0;    // by the disk and its reserve
};

class Transaction {
 public:
  using Change = std::move_only_function<void(HotIndex&)>;

  Transaction(Connection& database, const HotIndex& hot, Room room) : db(database), index(hot), room_(room) {}

  Connection& db;
  const HotIndex& index;

  void after_commit(Change change) { changes_.push_back(std::move(change)); }
  // For what will be stored now or later.
  Result<> take_room(std::uint64_t bytes) {
    if (bytes > room_.policy_bytes)
      return fail(Errc::busy, "The store is as full as its operator allows. Try again later.");
    if (bytes > room_.disk_bytes) return fail(Errc::busy, "The disk is nearly full. Try again later.");
    room_.policy_bytes -= bytes;
    room_.disk_bytes -= bytes;
    return {};
  }
  // For what had its promise before: only the disk itself can still be short.
  Result<> use_promised_room(std::uint64_t bytes) {
    if (bytes > room_.disk_bytes) return fail(Errc::busy, "The disk is nearly full. Try again later.");
    room_.disk_bytes -= bytes;
    return {};
  }

  // One work inside the batch, undone without the others.
  struct Mark {
    std::size_t changes;
    Room room;
  };
  Mark mark() const { return {changes_.size(), room_}; }
  void undo_to(const Mark& mark) {
    changes_.erase(changes_.begin() + static_cast<std::ptrdiff_t>(mark.changes), changes_.end());
    room_ = mark.room;
  }
  std::vector<Change> take_changes() { return std::move(changes_); }

 private:
  Room room_;
  std::vector<Change> changes_;
};

}  // namespace candour::storage
