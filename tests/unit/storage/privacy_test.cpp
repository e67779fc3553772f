// SPDX-License-Identifier: AGPL-3.0-or-later
#include "raw_pages.h"
#include "storage/connection.h"
#include "store_fixture.h"

using namespace candour;
using namespace candour::storage;
using namespace candour::storage::test;

TEST_CASE("neither database nor WAL shows plaintext or the mark of a plain database") {
  StoreFixture f;
  auto bytes = blob(65536, 1);
  append(bytes, as_bytes("words that somebody searches the disk for"));
  REQUIRE(f.accept(1, bytes, audience({"unmistakable-caseworker"})));
  const auto database = f.directory.path() / "candour.db";
  // While open, everything new is in the WAL; the decrypted pages prove that the search would find it.
  for (const bool closed : {false, true}) {
    if (closed) f.store.reset();
    CHECK(holds(raw_pages(database, key_of(1)), as_bytes("words that somebody")));
    for (const auto& entry : std::filesystem::directory_iterator(f.directory.path())) {
      const auto raw = file_bytes(entry.path());
      CHECK_FALSE(holds(raw, as_bytes("SQLite format 3")));
      CHECK_FALSE(holds(raw, as_bytes("words that somebody")));
      CHECK_FALSE(holds(raw, as_bytes("unmistakable-caseworker")));
      CHECK_FALSE(holds(raw, ByteView(id_of(1).bytes).first(16)));
      CHECK(std::filesystem::status(entry).permissions() == std::filesystem::perms(0600));
    }
  }
}

TEST_CASE(
    "a stored report is id, audience, size, day and bytes, a drop tag, last day, verifier and bytes, an "
    "event "
    "id, audience, day, last day and bytes, an evaluation report, day, hash, batch, answers and companion, "
    "and nothing else") {
  StoreFixture f;
  f.store.reset();
  auto db = Connection::open(f.directory.path() / "candour.db", key_of(1), Connection::Use::read);
  REQUIRE(db);
  std::string columns;
  auto query = db->statement(
      "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' ORDER "
      "BY t.name, c.cid");
  for (auto row = query.step(); row && *row; row = query.step())
    columns += std::string(query.text(0)) + "." + std::string(query.text(1)) + " ";
  CHECK(
      columns ==
      "admitted.id admitted.names arrival.key arrival.id arrival.audience arrival.bytes arrival.day "
      "arrival.upload arrival.body "
      "arrival_marks.key arrival_marks.marks arrival_seen.key arrival_seen.id arrival_seen.caseworker "
      "calendar.one calendar.day calendar.seen calendar.stirred drop_arrival.key drop_arrival.tag "
      "drop_arrival.ends drop_arrival.verifier "
      "drop_arrival.body drop_body.tag drop_body.body drop_settled.tag drop_settled.ends "
      "drop_settled.verifier "
      "dummy.tag erasing.id erasing.upload evaluation_arrival.id evaluation_arrival.day "
      "evaluation_arrival.hash "
      "evaluation_arrival.answered evaluation_arrival.batch evaluation_arrival.answers "
      "evaluation_arrival.companion evaluation_settled.id evaluation_settled.day evaluation_settled.hash "
      "evaluation_settled.answered evaluation_settled.batch evaluation_settled.answers "
      "evaluation_settled.companion event_arrival.key event_arrival.id event_arrival.audience "
      "event_arrival.day event_arrival.ends event_arrival.body event_body.id event_body.body "
      "event_reader.caseworker event_reader.day event_reader.id event_settled.id event_settled.audience "
      "event_settled.day event_settled.ends part.id part.place "
      "part.body "
      "reader.caseworker reader.id reader.seen report.id report.audience report.bytes report.day "
      "report.marks "
      "roster.one roster.version roster.note upload.id upload.number upload.audience upload.bytes upload.day "
      "upload_part.key upload_part.body ");
}
