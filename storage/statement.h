// SPDX-License-Identifier: AGPL-3.0-or-later
// One use of a prepared SQL statement: bind, step, read columns. Borrowed from its Connection's cache and
// given back, reset and unbound, by the destructor. Bound bytes and text are not copied: they must live
// until then. A failed bind shows at the next step. Internal to storage/; one thread, that of the connection.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "crypto/core/bytes.h"
#include "crypto/core/result.h"
#include "protocol/ids.h"

struct sqlite3_stmt;

namespace candour::storage {

// What a SQLite result code means for an operator, in words.
Error error_of(int sqlite_code);

class Statement {
 public:
  Statement(sqlite3_stmt* stmt, int prepare_code) : stmt_(stmt), code_(prepare_code) {}
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  Statement& bind(ByteView bytes);
  Statement& bind(const ReportId& id) { return bind(ByteView(id.bytes)); }
  Statement& bind(std::string_view text);
  Statement& bind(std::int64_t number);
  Statement& bind(std::optional<std::int64_t> number);

  Result<bool> step();  // true: there is a row
  Result<> run();       // steps to the end

  // Columns of the present row; bytes and text are valid until the next step.
  std::int64_t number(int column) const;
  std::optional<std::int64_t> optional_number(int column) const;
  ByteView bytes(int column) const;
  std::string_view text(int column) const;

 private:
  Statement& bound(int code);
  sqlite3_stmt* stmt_;
  int code_;
  int next_parameter_ = 1;
};

}  // namespace candour::storage
