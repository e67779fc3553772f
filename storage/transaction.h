// SPDX-License-Identifier: AGPL-3.0-or-later
// What a piece of work sees while the writer's transaction is open: the connection, the index as of the last commit, the
// room that is left, and a list of what to change in the index once all of it is durable. Internal to storage/; writer thread only.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "protocol/contains.h"
#include "storage/hot_index.h"

namespace candour::storage {

// What `bytes` in one piece take in the file, at the most: whole pages, and a share of those above them.
constexpr std::uint64_t stored_cost(std::uint64_t bytes) {
  constexpr std::uint64_t page = Connection::page_bytes;
  constexpr std::uint64_t usable =
      page - 48 - 4;  // less IV and authentication code, and the next page's number
  return (bytes / usable + 2) * page;
}

// Bytes that may still be written, as of the beginning of the batch.
struct Room {
  std::uint64_t policy_bytes = 0;  // by Quotas::stored_bytes_max
  std::uint64_t disk_bytes = 0;    // by the disk and its reserve
};

class Transaction {
 public:
  using Change = std::move_only_function<void(HotIndex&)>;

  Transaction(Connection& database, const HotIndex& hot, Room room) : db(database), index(hot), room_(room) {}

  Connection& db;
  const HotIndex& index;

  void after_commit(Change change) { changes_.push_back(std::move(change)); }
  Result<> has_room(std::uint64_t bytes) const {
    const auto cost = stored_cost(bytes);
    if (cost > room_.policy_bytes)
      return fail(Errc::busy, "The store is as full as its operator allows. Try again later.");
    if (cost > room_.disk_bytes) return fail(Errc::busy, "The disk is nearly full. Try again later.");
    return {};
  }
  Result<> take_room(std::uint64_t bytes) {
    if (auto room = has_room(bytes); !room) return room;
    room_.policy_bytes -= stored_cost(bytes);
    room_.disk_bytes -= stored_cost(bytes);
    return {};
  }

  // What this batch does to open uploads, which the index does not show yet.
  struct Uploads {
    std::size_t begun = 0;
    std::vector<ReportId> used;  // a part came, or it was finished
    std::vector<ReportId> dropped;
  };
  Uploads uploads;
  bool dropped(const ReportId& id) const { return candour::contains(uploads.dropped, id); }
  bool used(const ReportId& id) const { return candour::contains(uploads.used, id); }

  std::size_t new_drops = 0;  // in this batch, dummies apart

  // One work inside the batch, undone without the others.
  struct Mark {
    std::size_t changes;
    Room room;
    std::size_t begun;
    std::size_t used;
    std::size_t dropped;
    std::size_t new_drops;
  };
  Mark mark() const {
    return {changes_.size(), room_, uploads.begun, uploads.used.size(), uploads.dropped.size(), new_drops};
  }
  void undo_to(const Mark& mark) {
    changes_.erase(changes_.begin() + static_cast<std::ptrdiff_t>(mark.changes), changes_.end());
    room_ = mark.room;
    uploads.begun = mark.begun;
    uploads.used.resize(mark.used);
    uploads.dropped.resize(mark.dropped);
    new_drops = mark.new_drops;
  }
  std::vector<Change> take_changes() { return std::move(changes_); }

 private:
  Room room_;
  std::vector<Change> changes_;
};

}  // namespace candour::storage
