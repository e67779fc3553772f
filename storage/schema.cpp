// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/schema.h"

#include <array>

namespace candour::storage {
namespace {

// Never edited once released: a change is a new migration at the end.
constexpr std::array migrations = {
    // 1: reports, uploads, the roster.
    Literal(R"(
      CREATE TABLE arrival (            -- reports of days that are not closed
        key      INTEGER PRIMARY KEY,   -- in order of arrival
        id       BLOB NOT NULL,         -- 32 bytes, chosen by the reporter
        audience TEXT NOT NULL,         -- caseworkers, sorted, joined by commas
        bytes    INTEGER NOT NULL,      -- of the sealed report
        day      INTEGER NOT NULL,      -- of arrival, days since 1970
        upload   INTEGER,               -- where its parts are; null: in `body`
        body     BLOB);
      CREATE TABLE arrival_seen (       -- marks on them
        key        INTEGER PRIMARY KEY,
        id         BLOB NOT NULL,
        caseworker TEXT NOT NULL);
      CREATE TABLE upload (             -- begun and not finished
        id       BLOB PRIMARY KEY,
        number   INTEGER NOT NULL,      -- random, 1 to 2^46
        audience TEXT NOT NULL,
        bytes    INTEGER NOT NULL,      -- promised
        day      INTEGER NOT NULL       -- of its beginning
      ) WITHOUT ROWID;
      CREATE TABLE upload_part (        -- parts of open uploads, and of finished ones in `arrival`
        key  INTEGER PRIMARY KEY,       -- upload number × 2^16 + part index
        body BLOB NOT NULL);
      CREATE TABLE report (             -- reports of closed days
        id       BLOB PRIMARY KEY,
        audience TEXT NOT NULL,
        bytes    INTEGER NOT NULL,
        day      INTEGER NOT NULL
      ) WITHOUT ROWID;
      CREATE TABLE reader (             -- the same by caseworker
        caseworker TEXT NOT NULL,
        id         BLOB NOT NULL,
        seen       INTEGER NOT NULL,
        PRIMARY KEY (caseworker, id)
      ) WITHOUT ROWID;
      CREATE TABLE part (               -- their bytes, and parts that open uploads received on closed days
        id    BLOB NOT NULL,
        place INTEGER NOT NULL,         -- from 0
        body  BLOB NOT NULL,
        PRIMARY KEY (id, place)
      ) WITHOUT ROWID;
      CREATE TABLE erasing (            -- listed nowhere any more; parts are still being blanked
        id     BLOB PRIMARY KEY,
        upload INTEGER                  -- number of its upload, if it had one
      ) WITHOUT ROWID;
      CREATE TABLE roster (             -- the one accepted last
        one     INTEGER PRIMARY KEY CHECK (one = 1),
        version INTEGER NOT NULL,
        note    TEXT NOT NULL);
      PRAGMA application_id = 1129202770;
      PRAGMA user_version = 1;
    )"),
    // 2: the marks of cases (marks.h). Every row gets its own at once, so that a later change finds them in place.
    Literal(R"(
      ALTER TABLE report ADD COLUMN marks BLOB NOT NULL DEFAULT x'000000000000000000000000';
      UPDATE report SET marks = zeroblob(12);
      CREATE TABLE arrival_marks (      -- of reports of days that are not closed
        key   INTEGER PRIMARY KEY,      -- of the row of `arrival`
        marks BLOB NOT NULL);
      CREATE TABLE calendar (           -- what retention is counted by
        one     INTEGER PRIMARY KEY CHECK (one = 1),
        day     INTEGER NOT NULL,       -- that counts
        seen    INTEGER NOT NULL,       -- the latest of the clock
        stirred BLOB NOT NULL);         -- random: what a withdrawal writes where there is no report
      INSERT INTO calendar (one, day, seen, stirred) VALUES (1, 0, 0, zeroblob(8));
      PRAGMA user_version = 2;
    )"),
    // 3: drops.
    Literal(R"(
      CREATE TABLE drop_arrival (       -- put since a day was last closed
        key      INTEGER PRIMARY KEY,   -- in order of arrival
        tag      BLOB NOT NULL,         -- 8 bytes
        ends     INTEGER NOT NULL,      -- the day it goes, days since 1970
        verifier BLOB NOT NULL,         -- SHA-256 of its deletion token
        body     BLOB NOT NULL);
      CREATE TABLE drop_settled (       -- the others, but for their bytes
        tag      BLOB PRIMARY KEY,
        ends     INTEGER NOT NULL,
        verifier BLOB NOT NULL
      ) WITHOUT ROWID;
      CREATE TABLE drop_body (
        tag  BLOB PRIMARY KEY,
        body BLOB NOT NULL
      ) WITHOUT ROWID;
      CREATE TABLE dummy (              -- which of all those are the server's own
        tag BLOB PRIMARY KEY
      ) WITHOUT ROWID;
      PRAGMA user_version = 3;
    )"),
    // 4: marks also say which hold was set last.
    Literal(R"(
      UPDATE report SET marks = marks || zeroblob(8);
      UPDATE arrival_marks SET marks = marks || zeroblob(8);
      PRAGMA user_version = 4;
    )"),
    // 5: events of cases.
    Literal(R"(
      CREATE TABLE event_arrival (      -- put since a day was last closed
        key      INTEGER PRIMARY KEY,   -- in order of arrival
        id       BLOB NOT NULL,         -- 32 bytes, of the sealed bytes
        audience TEXT NOT NULL,         -- caseworkers, sorted, joined by commas
        day      INTEGER NOT NULL,      -- of arrival, days since 1970
        ends     BLOB NOT NULL,         -- the day it goes, 4 bytes, big-endian
        body     BLOB NOT NULL);
      CREATE TABLE event_settled (      -- the others, but for their bytes
        id       BLOB PRIMARY KEY,
        audience TEXT NOT NULL,
        day      INTEGER NOT NULL,
        ends     BLOB NOT NULL
      ) WITHOUT ROWID;
      CREATE TABLE event_reader (       -- the same by caseworker and day
        caseworker TEXT NOT NULL,
        day        INTEGER NOT NULL,
        id         BLOB NOT NULL,
        PRIMARY KEY (caseworker, day, id)
      ) WITHOUT ROWID;
      CREATE TABLE event_body (
        id   BLOB PRIMARY KEY,
        body BLOB NOT NULL
      ) WITHOUT ROWID;
      PRAGMA user_version = 5;
    )"),
    // 6: readers who were admitted later, of reports of open and closed days alike.
    Literal(R"(
      CREATE TABLE admitted (
        id    BLOB PRIMARY KEY,         -- of the report
        names TEXT NOT NULL             -- caseworkers in the order in which they were admitted, joined by commas
      ) WITHOUT ROWID;
      PRAGMA user_version = 6;
    )"),
    // 7: evaluations, by which reports get their companions.
    Literal(R"(
      CREATE TABLE evaluation_arrival ( -- made or changed since a day was last closed
        id        BLOB PRIMARY KEY,     -- of the report
        day       INTEGER NOT NULL,     -- of the report
        hash      BLOB NOT NULL,        -- SHA-256 of the batch
        answered  INTEGER,              -- by whom, one bit for each number; null once the companion is there
        batch     BLOB NOT NULL,        -- empty once the companion is there
        answers   BLOB NOT NULL,        -- number and evaluation of each, by number; the same
        companion BLOB NOT NULL         -- id of its event; empty until then
      ) WITHOUT ROWID;
      CREATE TABLE evaluation_settled ( -- the others
        id        BLOB PRIMARY KEY,
        day       INTEGER NOT NULL,
        hash      BLOB NOT NULL,
        answered  INTEGER,
        batch     BLOB NOT NULL,
        answers   BLOB NOT NULL,
        companion BLOB NOT NULL
      ) WITHOUT ROWID;
      CREATE INDEX evaluation_arrival_hash ON evaluation_arrival (hash);
      CREATE INDEX evaluation_settled_hash ON evaluation_settled (hash);
      CREATE INDEX evaluation_arrival_waiting ON evaluation_arrival (day, id, answered)
        WHERE answered IS NOT NULL;
      CREATE INDEX evaluation_settled_waiting ON evaluation_settled (day, id, answered)
        WHERE answered IS NOT NULL;
      CREATE VIEW evaluation AS
        SELECT * FROM evaluation_arrival UNION ALL SELECT * FROM evaluation_settled;
      PRAGMA user_version = 7;
    )"),
};

constexpr std::int64_t application_id = 1129202770;  // "CNDR" in ASCII

}  // namespace

Result<std::int64_t> schema_version(Connection& db) {
  const auto version = db.number("PRAGMA user_version");
  if (!version) return fail(version);
  const auto tables = db.number("SELECT count(*) FROM sqlite_schema");
  if (!tables) return fail(tables);
  const auto application = db.number("PRAGMA application_id");
  if (!application) return fail(application);
  if (*tables != 0 && *application != application_id)
    return fail(Errc::unsupported, "This database is not a Candour store. Check the data directory.");
  if (*version < 0 || *version > static_cast<std::int64_t>(migrations.size()))
    return fail(Errc::unsupported,
                "This store was written by a newer Candour. Install that version again, or a later one.");
  return *version;
}

Result<> migrate(Connection& db) {
  const auto version = schema_version(db);
  if (!version) return fail(version);
  const auto known = static_cast<std::int64_t>(migrations.size());
  for (auto next = *version; next < known; ++next) {
    if (auto begun = db.begin(); !begun) return begun;
    auto done = db.run(migrations[static_cast<std::size_t>(next)]);
    if (done) done = db.commit();
    if (!done) {
      if (db.in_transaction()) (void)db.run("ROLLBACK");
      return done;
    }
  }
  return {};
}

}  // namespace candour::storage
