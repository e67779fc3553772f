// SPDX-License-Identifier: AGPL-3.0-or-later
#include <system_error>

#include "storage/erasure.h"
#include "storage/schema.h"
#include "storage/store_parts.h"

namespace candour::storage {
Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path& directory, const DatabaseKey& key,
                                           const Options& options) {
  if (auto fine = check_private_directory(directory); !fine) return fail(fine);
  auto lock = DirectoryLock::take(directory);
  if (!lock) return fail(lock);
  const auto file = directory / database_name;
  remove_database(directory / new_database_name);  // left by a rekey or a restore that was cut short
  if (auto made = make_private_file(file, false); !made) return fail(made);

  auto db = Connection::open(file, key, Connection::Use::write);
  if (!db) return fail(db);
  if (auto current = migrate(*db); !current) return fail(current);
  // The names of new files are durable before anything in them is promised.
  if (auto synced = sync_to_disk(directory); !synced) return fail(synced);

  auto parts = std::make_unique<Parts>(options, std::move(*lock));
  if (auto known = parts->index.rebuild(*db, options.clock()); !known) return fail(known);
  auto readers = ReaderPool::start(file, key, options);
  if (!readers) return fail(readers);
  parts->readers = std::move(*readers);
  parts->hasher = std::make_unique<UploadHasher>(parts->library, *parts->readers, parts->part_buffers);
  parts->digests = std::make_unique<Digests>(parts->library, *parts->readers);
  // After a crash the WAL may hold what was erased: a store that was closed in order leaves none.
  std::error_code absent;
  const auto wal_bytes = std::filesystem::file_size(directory / "candour.db-wal", absent);
  const bool log_holds_erased = !absent && wal_bytes > 0;
  parts->index.change([&](HotIndex& hot) { hot.set_log_holds_erased(log_holds_erased); });
  const bool erasing = log_holds_erased || !parts->index.all_erasing().empty();
  parts->writer = std::make_unique<Writer>(std::move(*db), parts->index, options, directory);
  if (erasing)
    parts->writer->submit(std::make_unique<Erasure>(Erasure::begun_before(), true, Done<std::uint64_t>{}));
  return std::unique_ptr<Store>(new Store(std::move(parts)));
}

}  // namespace candour::storage
