// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/state/roster_memory.h"

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>

#include "client-cli/files/new_file.h"
#include "crypto/sign/note.h"
#include "crypto/sign/signing_key.h"
#include "file_state.h"
#include "protocol/default_form.h"
#include "protocol/roster_draft.h"

namespace candour::cli {
namespace {

const Day today = Day::parse("2026-11-23").value();

struct Steward {
  sign::SigningKey key = sign::SigningKey::make_random();
  std::string name = "candour/root-key/main";
  Pin pin = Pin::of(1, {make_note_verifier_key(name, key.verify_key())}).value();

  std::string note(std::uint64_t version, const std::string& service = "Test",
                   Day until = today.plus(10)) const {
    Roster roster;
    roster.service = service;
    roster.public_name = "Notes";
    roster.version = version;
    roster.valid_from = until.plus(-20);
    roster.valid_until = until;
    roster.desks.push_back({DeskId::parse("legal").value(), "Legal desk", "Solicitors", 1});
    roster.receipt_key = make_note_verifier_key("candour/receipt/main", key.verify_key());
    roster.form_json = default_form_json();
    roster.form = parse_form(roster.form_json).value();
    return sign::sign_note(encode_roster(roster), name, key).value();
  }
};

struct State {
  State() { ::setenv("XDG_STATE_HOME", folder.path("state").c_str(), 1); }
  test::TemporaryFolder folder;
};

TEST_CASE("an older roster, or another of the same version, is refused in its own words") {
  const State state;
  const Steward steward;
  const auto memory = RosterMemory::of_user(steward.pin).value();
  REQUIRE(memory.accept(steward.note(3), today));
  REQUIRE(memory.accept(steward.note(3), today));
  CHECK(memory.accept(steward.note(2), today).error().code == Errc::outdated);
  CHECK(memory.accept(steward.note(3, "Other"), today).error().code == Errc::conflict);
  REQUIRE(memory.accept(steward.note(4), today));
  CHECK(memory.accept(steward.note(3), today).error().code == Errc::outdated);
  CHECK(memory.last().value()->roster().version == 4);
}

TEST_CASE("what is not accepted is not remembered") {
  const State state;
  const Steward steward;
  const Steward stranger;
  const auto memory = RosterMemory::of_user(steward.pin).value();
  CHECK(memory.accept(stranger.note(9), today).error().code == Errc::no_match);
  CHECK(memory.accept(steward.note(9, "Test", today.plus(-1)), today).error().code == Errc::expired);
  CHECK_FALSE(memory.last().value().has_value());
  REQUIRE(memory.accept(steward.note(1), today));
}

TEST_CASE("two pins have two memories, and no memory leaves no trace") {
  const State state;
  const Steward one;
  const Steward two;
  REQUIRE(RosterMemory::none(one.pin).accept(one.note(5), today));
  CHECK(state.folder.entries() == 0);
  REQUIRE(RosterMemory::of_user(one.pin).value().accept(one.note(5), today));
  REQUIRE(RosterMemory::of_user(two.pin).value().accept(two.note(1), today));
}

TEST_CASE("a memory that somebody else wrote is not believed") {
  const State state;
  const Steward steward;
  const Steward stranger;
  const auto memory = RosterMemory::of_user(steward.pin).value();
  REQUIRE(memory.accept(steward.note(1), today));
  for (const auto& entry : std::filesystem::recursive_directory_iterator(state.folder.path("state"))) {
    if (entry.is_regular_file()) REQUIRE(replace_file(entry.path().string(), as_bytes(stranger.note(9))));
  }
  CHECK_FALSE(memory.last());
  CHECK_FALSE(memory.accept(steward.note(1), today));
}

}  // namespace
}  // namespace candour::cli
