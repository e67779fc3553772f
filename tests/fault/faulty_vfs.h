// SPDX-License-Identifier: AGPL-3.0-or-later
// A disk that fails when it is told to: a SQLite VFS around the system's own. It counts the operations of one kind and fails the
// nth, once or from there on. Of every file it knows what was written since the last good sync, which is lost
// when a sync fails (as with Linux, which forgets such pages) and when the power is cut. Syncs do not reach the real disk.
// One for the process, the default VFS while it lives; before the first connection, after the last. Any thread.
#pragma once

#include <cstdint>
#include <memory>

namespace candour::fault {

enum class Kind : std::uint8_t {
  none,
  open,
  read,
  write,
  full,       // a write for which there is no room
  read_only,  // a write, or opening to write
  sync,
  truncate,
  remove,
  map,    // of the index of the WAL
  lock,   // of the database file
  size,   // asking how large a file is
  power,  // a change of a file is cut short, and no later one happens
};

class FaultyVfs {
 public:
  FaultyVfs();
  ~FaultyVfs();
  FaultyVfs(const FaultyVfs&) = delete;
  FaultyVfs& operator=(const FaultyVfs&) = delete;

  // Counts from now; nth from 1.
  void fail(Kind kind, std::uint64_t nth, bool lasting);
  bool struck() const;  // since then
  void lift();          // all works again
  // What was not synced is lost: all of it, or each write by the throw of a coin. Nothing changes any more until `lift`.
  void cut_power(bool all);

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace candour::fault
