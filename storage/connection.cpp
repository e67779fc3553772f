// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/connection.h"

#include <array>
#include <string>
#include <string_view>

#include "crypto/core/encoding.h"
#include "storage/sqlcipher.h"
#include "storage/wal_check.h"
#include "storage/wal_index.h"
#include "storage/wiped_memory.h"

namespace candour::storage {
namespace {

// SQLCipher takes a raw key as the text x'…'. It is built in memory that is wiped: std::string would leave copies.
int set_raw_key(sqlite3* db, const DatabaseKey& key) {
  constexpr std::string_view digits = "0123456789abcdef";
  SecretBytes text(67);
  auto out = text.writable();
  std::size_t at = 0;
  out[at++] = 'x';
  out[at++] = '\'';
  for (const auto byte : key.reveal()) {
    out[at++] = static_cast<std::uint8_t>(digits[byte >> 4U]);
    out[at++] = static_cast<std::uint8_t>(digits[byte & 15U]);
  }
  out[at++] = '\'';
  return sqlite3_key_v2(db, "main", text.reveal().data(), static_cast<int>(text.size()));
}

int note_wal_size(void* pages, sqlite3*, const char*, int wal_pages) {
  *static_cast<std::uint64_t*>(pages) = static_cast<std::uint64_t>(wal_pages);
  return SQLITE_OK;
}

constexpr int wait_for_readers_ms = 2000;

constexpr int flags_of(Connection::Use use) {
  constexpr int always = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
  return always | (use == Connection::Use::examine ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
                                                   : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
}

// Without `immutable` a database whose header asks for a WAL cannot be read where no file can be made beside it.
std::string name_of(const std::filesystem::path& file, Connection::Use use) {
  if (use != Connection::Use::examine) return file.string();
  constexpr std::string_view digits = "0123456789abcdef";
  std::string uri = "file:";
  for (const char c : file.string()) {
    const auto byte = static_cast<unsigned char>(c);
    uri += '%';
    uri += digits[byte >> 4U];
    uri += digits[byte & 15U];
  }
  return uri + "?immutable=1";
}

// The library takes a random salt where the disk fails to read the true one, and then finds no page authentic.
bool has_true_salt(Connection& db) {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(db.handle(), "main", SQLITE_FCNTL_FILE_POINTER, static_cast<void*>(&file));
  std::array<std::uint8_t, 16> stored{};
  if (file == nullptr || file->pMethods == nullptr) return false;
  const int code = file->pMethods->xRead(file, stored.data(), static_cast<int>(stored.size()), 0);
  if (code == SQLITE_IOERR_SHORT_READ) return true;  // too short to have one
  auto used = db.statement("PRAGMA cipher_salt");
  const auto row = used.step();
  return code == SQLITE_OK && row && *row && used.text(0) == hex_encode(stored);
}

// The library cannot tell a wrong key from a damaged first page: either way no page proves authentic.
std::unexpected<Error> in_opening(Connection& db, const Error& error) {
  if (error.message.view() != error_of(SQLITE_NOTADB).message.view()) return std::unexpected(error);
  if (!has_true_salt(db)) return std::unexpected(error_of(SQLITE_IOERR));
  return fail(
      Errc::not_authentic,
      "The database does not open with this key: it is the key of another database, or the database is "
      "damaged. "
      "Check which key belongs to it, or restore a backup.");
}

}  // namespace

void Connection::Close::operator()(sqlite3* db) const { sqlite3_close_v2(db); }
void Connection::Finalize::operator()(sqlite3_stmt* stmt) const { sqlite3_finalize(stmt); }

Connection::Connection(sqlite3* db) : wal_pages_(std::make_unique<std::uint64_t>(0)), db_(db) {}

Result<Connection> Connection::open(const std::filesystem::path& file, const DatabaseKey& key, Use use) {
  if (use == Use::write)
    if (auto whole = check_wal(file); !whole) return fail(whole);
  wipe_what_sqlite_frees();
  sqlite3* raw = nullptr;
  int code = sqlite3_open_v2(name_of(file, use).c_str(), &raw, flags_of(use), nullptr);
  Connection connection(raw);  // owns it even after a failure, as the library asks
  if (code != SQLITE_OK) return std::unexpected(error_of(code));
  sqlite3_extended_result_codes(raw, 1);
  sqlite3_busy_timeout(raw, wait_for_readers_ms);
  code = set_raw_key(raw, key);
  if (code != SQLITE_OK) return std::unexpected(error_of(code));
  // Before any page is read: by default the library writes to stderr. After the key: the first key in a process
  // sets the level back.
  if (auto quiet = connection.run("PRAGMA cipher_log_level = NONE"); !quiet) return fail(quiet);

  // cipher_memory_security would lock and wipe every page buffer too; what passes through them is sealed already. Keys:
  // docs/decisions/0006-storage-settings.md.
  for (const Literal setting : {
           Literal("PRAGMA cipher_page_size = 16384"),
           Literal("PRAGMA cipher_hmac_algorithm = HMAC_SHA256"),
           Literal("PRAGMA cipher_memory_security = OFF"),
           Literal("PRAGMA temp_store = MEMORY"),
           Literal("PRAGMA secure_delete = ON"),
           Literal("PRAGMA trusted_schema = OFF"),
           Literal("PRAGMA synchronous = FULL"),
           Literal("PRAGMA cache_size = -4096"),
       })
    if (auto set = connection.run(setting); !set) return in_opening(connection, set.error());
  if (use == Use::copy) return connection;
  if (auto first_page = connection.number("SELECT count(*) FROM sqlite_schema"); !first_page)
    return in_opening(connection, first_page.error());
  if (use == Use::examine) return connection;

  if (auto wal = connection.run("PRAGMA journal_mode = WAL"); !wal) return fail(wal);
  // Checkpoints are the writer's, after it has acknowledged: never hidden in a commit.
  if (auto manual = connection.run("PRAGMA wal_autocheckpoint = 0"); !manual) return fail(manual);
  if (use == Use::read) {
    if (auto set = connection.run("PRAGMA query_only = ON"); !set) return fail(set);
  } else {
    sqlite3_wal_hook(raw, note_wal_size, connection.wal_pages_.get());
  }
  return connection;
}

Statement Connection::statement(Literal sql) {
  auto& slot = statements_[sql.view().data()];
  int code = SQLITE_OK;
  if (!slot) {
    sqlite3_stmt* stmt = nullptr;
    code = sqlite3_prepare_v3(handle(), sql.view().data(), static_cast<int>(sql.view().size()),
                              SQLITE_PREPARE_PERSISTENT, &stmt, nullptr);
    slot.reset(stmt);
  }
  return {slot.get(), code};
}

Result<> Connection::run(Literal sql) {
  const int code = sqlite3_exec(handle(), sql.view().data(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return std::unexpected(error_of(code));
  return {};
}

Result<> Connection::begin() {
  if (commit_failed_)
    if (auto emptied = checkpoint(Checkpoint::all_and_truncate); !emptied) return emptied;
  return run("BEGIN IMMEDIATE");
}

Result<> Connection::commit() {
  auto done = run("COMMIT");
  commit_failed_ = !done;
  return done;
}

bool Connection::in_transaction() const { return sqlite3_get_autocommit(handle()) == 0; }

Result<std::int64_t> Connection::number(Literal sql) {
  auto query = statement(sql);
  const auto row = query.step();
  if (!row) return fail(row);
  return *row ? query.number(0) : 0;
}

Result<> Connection::fill(Literal table, Literal column, std::int64_t row, ByteView bytes) {
  sqlite3_blob* blob = nullptr;
  int code = sqlite3_blob_open(handle(), "main", table.view().data(), column.view().data(), row, 1, &blob);
  if (code == SQLITE_OK) code = sqlite3_blob_write(blob, bytes.data(), static_cast<int>(bytes.size()), 0);
  const int closed = sqlite3_blob_close(blob);
  if (code == SQLITE_OK) code = closed;
  if (code != SQLITE_OK) return std::unexpected(error_of(code));
  return {};
}

Result<> Connection::prove_what_was_read() {
  if (auto page = number("SELECT 1 FROM sqlite_schema LIMIT 1"); !page) return fail(page);
  return {};
}

Result<std::optional<Bytes>> Connection::proved_value(Statement& query) {
  const auto row = query.step();
  if (!row) return fail(row);
  if (!*row) return std::nullopt;
  if (auto proved = prove_what_was_read(); !proved) return fail(proved);
  const auto bytes = query.bytes(0);
  return Bytes(bytes.begin(), bytes.end());
}

Result<> Connection::checkpoint(Checkpoint how) {
  if (copy_failed_)
    if (auto anew = forget_what_was_copied(handle()); !anew) return anew;
  copy_failed_ = false;
  const bool all = how == Checkpoint::all_and_truncate;
  int left = 0;
  int copied = 0;
  const int code = sqlite3_wal_checkpoint_v2(
      handle(), "main", all ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, &left, &copied);
  if ((code & 0xff) == SQLITE_BUSY)
    return fail(Errc::busy, "Readers are in the way of the checkpoint. It is tried again.");
  if (code != SQLITE_OK) {
    // At once: also the checkpoint that closing makes must copy anew.
    copy_failed_ = !forget_what_was_copied(handle());
    return std::unexpected(error_of(code));
  }
  if (all || left == copied) *wal_pages_ = 0;
  if (all) commit_failed_ = false;
  return {};
}

}  // namespace candour::storage
