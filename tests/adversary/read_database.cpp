// SPDX-License-Identifier: AGPL-3.0-or-later
// What somebody reads who has copied the data folder and the database key:
//   read_database DATABASE KEY_FILE PAGES_OUT
// writes every page of file and WAL decrypted, free ones included, in their order on disk, and prints JSON: for each table that
// has report ids or tags of drops, these in the table's own order. And
//   read_database DATABASE KEY_FILE
// prints JSON: for each table what its rows look like, each a list of "TYPE LENGTH" of its columns, without what is in them.
#include <fmt/core.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <string>

#include "crypto/core/init.h"
#include "storage/sqlcipher.h"
#include "tests/unit/storage/raw_pages.h"

using namespace candour;
using namespace candour::storage;

namespace {

[[noreturn]] void give_up(const char* why) {
  fmt::print(stderr, "read_database: {}\n", why);
  std::exit(1);
}

using Row = int (*)(void*, int, char**, char**);

void run(sqlite3* db, const std::string& sql, Row row = nullptr, void* to = nullptr) {
  if (sqlite3_exec(db, sql.c_str(), row, to, nullptr) != SQLITE_OK) give_up(sqlite3_errmsg(db));
}

int add_first(void* to, int /*columns*/, char** values, char** /*names*/) {
  static_cast<std::vector<std::string>*>(to)->emplace_back(values[0]);
  return 0;
}

std::vector<std::string> first_column(sqlite3* db, const std::string& sql) {
  std::vector<std::string> found;
  run(db, sql, add_first, &found);
  return found;
}

void print_ids(sqlite3* db) {
  std::string line = "{";
  for (const std::string column : {"id", "tag"}) {
    const auto tables =
        first_column(db,
                     "SELECT name FROM sqlite_schema s WHERE type = 'table' AND EXISTS (SELECT "
                     "1 FROM pragma_table_info(s.name) WHERE name = '" +
                         column + "')");
    for (const auto& table : tables) {
      line += fmt::format("{}\"{}\": [", line.size() > 1 ? ", " : "", table);
      const auto ids = first_column(db, "SELECT lower(hex(" + column + ")) FROM " + table);
      for (const auto& id : ids) line += fmt::format("{}\"{}\"", line.back() == '[' ? "" : ", ", id);
      line += "]";
    }
  }
  fmt::print("{}}}\n", line);
}

// Of an integer the type alone.
void print_shapes(sqlite3* db) {
  std::string line = "{";
  for (const auto& table : first_column(db, "SELECT name FROM sqlite_schema WHERE type = 'table'")) {
    std::string row;
    for (const auto& column : first_column(db, "SELECT name FROM pragma_table_info('" + table + "')")) {
      if (!row.empty()) row += " || ', ' || ";
      row +=
          fmt::format("typeof({0}) || iif(typeof({0}) IN ('blob', 'text'), ' ' || length({0}), '')", column);
    }
    line += fmt::format("{}\"{}\": [", line.size() > 1 ? ", " : "", table);
    for (const auto& shape : first_column(db, "SELECT " + row + " FROM " + table))
      line += fmt::format("{}\"{}\"", line.back() == '[' ? "" : ", ", shape);
    line += "]";
  }
  fmt::print("{}}}\n", line);
}

}  // namespace

int main(int argc, char** argv) {
  if ((argc != 3 && argc != 4) || !init_crypto())
    give_up("usage: read_database DATABASE KEY_FILE [PAGES_OUT]");
  const auto raw_key = test::file_bytes(argv[2]);
  DatabaseKey key;
  if (raw_key.size() != key.writable().size()) give_up("the key file is not 32 bytes");
  std::ranges::copy(raw_key, key.writable().begin());

  // Before SQLite looks: opening may copy the WAL into the file.
  if (argc == 4) {
    const auto pages = test::raw_pages(argv[1], key);
    std::ofstream(argv[3], std::ios::binary)
        .write(reinterpret_cast<const char*>(pages.data()), static_cast<std::streamsize>(pages.size()));
  }
  sqlite3* db = nullptr;
  if (sqlite3_open(argv[1], &db) != SQLITE_OK) give_up("cannot open the database");
  std::string hex;
  for (const auto byte : raw_key) hex += fmt::format("{:02x}", byte);
  run(db, "PRAGMA key = \"x'" + hex + "'\"");
  run(db, "PRAGMA cipher_page_size = 16384");
  run(db, "PRAGMA cipher_hmac_algorithm = HMAC_SHA256");
  argc == 4 ? print_ids(db) : print_shapes(db);
  sqlite3_close(db);
  return 0;
}
