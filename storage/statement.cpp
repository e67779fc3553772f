// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/statement.h"

#include <utility>

#include "storage/sqlcipher.h"

namespace candour::storage {

Error error_of(int sqlite_code) {
  switch (sqlite_code & 0xff) {
    case SQLITE_FULL:
      return {Errc::io, "The disk is full. Free some space; nothing acknowledged is lost."};
    case SQLITE_IOERR:
      return {Errc::io,
              "The disk failed to read or write. Check it, then stop candourd and run candourd verify."};
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return {Errc::io, "The database cannot be written. Check its owner, its mode and the mount."};
    case SQLITE_CANTOPEN:
      return {Errc::io,
              "The database cannot be opened. Check that its directory exists, is yours and can be written."};
    case SQLITE_ERROR:  // what the library makes of a page that does not prove authentic; our statements are all sound
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {Errc::io, "The database is damaged. Stop candourd, run candourd verify, and restore a backup."};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {Errc::io, "The database is locked by another program. Stop that program."};
    case SQLITE_NOMEM:
      return {Errc::io, "There is not enough memory. Give the service more, or lower its bounds."};
    default:
      return {Errc::internal, "The database refused a statement. This is a defect; please report it."};
  }
}

Statement::Statement(Statement&& other) noexcept
    : stmt_(std::exchange(other.stmt_, nullptr)),
      code_(other.code_),
      next_parameter_(other.next_parameter_) {}

Statement::~Statement() {
  if (stmt_ == nullptr) return;
  sqlite3_reset(stmt_);
  sqlite3_clear_bindings(stmt_);
}

Statement& Statement::bound(int code) {
  if (code_ == SQLITE_OK) code_ = code;
  ++next_parameter_;
  return *this;
}

Statement& Statement::bind(ByteView bytes) {
  // An empty span may have no address, which SQLite would take for NULL.
  const void* data = bytes.empty() ? "" : static_cast<const void*>(bytes.data());
  return bound(sqlite3_bind_blob64(stmt_, next_parameter_, data, bytes.size(), SQLITE_STATIC));
}

Statement& Statement::bind(std::string_view text) {
  return bound(sqlite3_bind_text64(stmt_, next_parameter_, text.empty() ? "" : text.data(), text.size(),
                                   SQLITE_STATIC, SQLITE_UTF8));
}

Statement& Statement::bind(std::int64_t number) {
  return bound(sqlite3_bind_int64(stmt_, next_parameter_, number));
}

Statement& Statement::bind(std::optional<std::int64_t> number) {
  return number ? bind(*number) : bound(sqlite3_bind_null(stmt_, next_parameter_));
}

Result<bool> Statement::step() {
  if (code_ != SQLITE_OK) return std::unexpected(error_of(code_));
  const int code = sqlite3_step(stmt_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  code_ = code;
  return std::unexpected(error_of(code));
}

Result<> Statement::run() {
  for (;;) {
    const auto row = step();
    if (!row) return fail(row);
    if (!*row) return {};
  }
}

std::int64_t Statement::number(int column) const { return sqlite3_column_int64(stmt_, column); }

std::optional<std::int64_t> Statement::optional_number(int column) const {
  if (sqlite3_column_type(stmt_, column) == SQLITE_NULL) return std::nullopt;
  return number(column);
}

ByteView Statement::bytes(int column) const {
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(stmt_, column));
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(stmt_, column))};
}

std::string_view Statement::text(int column) const { return as_text(bytes(column)); }

}  // namespace candour::storage
