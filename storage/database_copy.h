// SPDX-License-Identifier: AGPL-3.0-or-later
// Copies a database, page by page, into a new file under a key of its own. Every page that is read proves authentic on the
// way, so a damaged database is never copied in silence. The file has a provisional name until it is whole and on the disk, and goes
// away with this object unless it was published. Not VACUUM INTO: in SQLCipher 4.6 that writes an unreadable file.
// Internal to storage/; one thread, that of `from`, which must outlive it.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "storage/connection.h"

struct sqlite3_backup;

namespace candour::storage {

class DatabaseCopy {
 public:
  // `partial`: the provisional name. Neither it nor a file beside it may exist.
  static Result<DatabaseCopy> begin(Connection& from, std::filesystem::path partial, const DatabaseKey& key);
  DatabaseCopy(DatabaseCopy&&) = default;
  DatabaseCopy& operator=(DatabaseCopy&&) = delete;

  enum class Progress : std::uint8_t { more, later, finished };  // later: the source is locked just now
  Result<Progress> step();                                       // 4 MiB at the most
  Result<> close();                                              // after `finished`: the file is on the disk
  // After `close`: takes its name, in place of what has it, durably.
  Result<> publish(const std::filesystem::path& file);

 private:
  class File {  // removed at the end, with what SQLite puts beside it
   public:
    explicit File(std::filesystem::path provisional) : path(std::move(provisional)) {}
    File(File&& other) noexcept : path(std::exchange(other.path, {})) {}
    File& operator=(File&&) = delete;
    ~File();
    std::filesystem::path path;  // empty: nothing to remove
  };
  struct Finish {
    void operator()(sqlite3_backup* backup) const;
  };
  DatabaseCopy(Connection& from, File file, Connection to, sqlite3_backup* backup)
      : from_(&from), file_(std::move(file)), to_(std::move(to)), backup_(backup) {}

  Connection* from_;
  File file_;
  std::optional<Connection> to_;
  std::unique_ptr<sqlite3_backup, Finish> backup_;
};

}  // namespace candour::storage
