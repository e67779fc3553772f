// SPDX-License-Identifier: AGPL-3.0-or-later
#include <system_error>

#include "storage/erasure.h"
#include "storage/schema.h"
#include "storage/sqlcipher.h"
#include "storage/store_parts.h"

namespace candour::storage {
namespace {

// SQLCipher cannot tell a wrong key from a damaged first page: either way no page proves authentic.
Error in_opening(const Error& error) {
  if (error.message.view() != error_of(SQLITE_NOTADB).message.view()) return error;
  return {Errc::not_authentic,
          "The database does not open with this key: it is the key of another database, or the database is "
          "damaged. "
          "Check which key belongs to it, or restore a backup."};
}

Result<> check_directory(const std::filesystem::path& directory) {
  std::error_code failed;
  const auto status = std::filesystem::status(directory, failed);
  if (failed || !std::filesystem::is_directory(status))
    return fail(Errc::io, "The data directory does not exist. Make it, with mode 0700.");
  using std::filesystem::perms;
  if ((status.permissions() & (perms::group_all | perms::others_all)) != perms::none)
    return fail(Errc::refused, "The data directory is open to other users. Give it mode 0700.");
  return {};
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path& directory, const DatabaseKey& key,
                                           const Options& options) {
  if (auto fine = check_directory(directory); !fine) return fail(fine);
  auto lock = DirectoryLock::take(directory);
  if (!lock) return fail(lock);
  const auto file = directory / "candour.db";
  if (auto made = make_private_file(file, false); !made) return fail(made);

  auto db = Connection::open(file, key, Connection::Use::write);
  if (!db) return std::unexpected(in_opening(db.error()));
  if (auto current = migrate(*db); !current) return std::unexpected(in_opening(current.error()));
  // The names of new files are durable before anything in them is promised.
  if (auto synced = sync_to_disk(directory); !synced) return fail(synced);

  auto parts = std::make_unique<Parts>(options, std::move(*lock));
  if (auto known = parts->index.rebuild(*db); !known) return fail(known);
  auto readers = ReaderPool::start(file, key, options);
  if (!readers) return fail(readers);
  parts->readers = std::move(*readers);
  parts->hasher = std::make_unique<UploadHasher>(parts->library, *parts->readers);
  const bool erasing = !parts->index.all_erasing().empty();
  parts->writer = std::make_unique<Writer>(std::move(*db), parts->index, options, directory);
  if (erasing)
    parts->writer->submit(std::make_unique<Erasure>(Erasure::begun_before(), true, Done<std::uint64_t>{}));
  return std::unique_ptr<Store>(new Store(std::move(parts)));
}

}  // namespace candour::storage
