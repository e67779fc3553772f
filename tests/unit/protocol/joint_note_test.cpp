// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/joint_note.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/sign/note.h"
#include "protocol/limits.h"
#include "support.h"

namespace candour {
namespace {

using test::at;
using test::text_at;

// Three caseworkers and the note of vectors/notes.json that two of them signed.
struct People {
  json::Value vector = at(test::read_vectors("notes.json"), "erasure");
  std::string note = text_at(vector, "note");
  std::string text = text_at(vector, "text");
  std::vector<sign::SigningKey> signers;
  Roster roster;

  People() {
    for (const auto* name : {"ada", "bo", "cy"}) {
      const auto key = parse_note_verifier_key(text_at(at(vector, "keys"), name)).value();
      signers.push_back(sign::SigningKey::from_seed(test::secret_of_hex(text_at(at(vector, "seeds"), name))));
      roster.caseworkers.push_back({.id = CaseworkerId::parse(name).value(),
                                    .name = name,
                                    .desks = {},
                                    .signing_key = key,
                                    .sealing_key_note = {},
                                    .revoked = false,
                                    .sealing_key = std::nullopt});
    }
  }
  std::string signed_by(const std::string& what, std::initializer_list<std::size_t> who) const {
    std::string out;
    for (const std::size_t one : who) {
      const auto& name = roster.caseworkers[one].signing_key.name;
      out = (out.empty() ? sign::sign_note(what, name, signers[one])
                         : sign::add_note_signature(out, name, signers[one]))
                .value();
    }
    return out;
  }
};

}  // namespace

TEST_CASE("erasure note: vector, and both kinds back and forth") {
  const People people;
  CHECK(people.signed_by(people.text, {0, 1}) == people.note);
  const auto verified = verify_joint(people.note, people.roster);
  REQUIRE(verified);
  CHECK(verified->what.act == JointAct::erasure);
  CHECK(verified->what.report.encode() == text_at(people.vector, "report"));
  CHECK(verified->what.day.encode() == text_at(people.vector, "day"));
  REQUIRE(verified->signers.size() == 2);
  CHECK(verified->signers[0].text() == "ada");
  CHECK(verified->signers[1].text() == "bo");
  CHECK(encode_joint(verified->what) == people.text);
  for (const auto act : {JointAct::erasure, JointAct::hold_lift}) {
    auto other = verified->what;
    other.act = act;
    if (act == JointAct::hold_lift) other.hold_mark = {1, 2, 3, 4, 5, 6, 7, 8};
    CHECK(parse_joint(encode_joint(other)) == other);
  }
}

TEST_CASE("a joint note needs two different people of the roster, and no wrong signature") {
  People people;
  const auto code = [&](const std::string& note) {
    const auto verified = verify_joint(note, people.roster);
    return verified ? Errc::internal : verified.error().code;
  };
  CHECK(code(people.signed_by(people.text, {0})) == Errc::no_match);
  CHECK(verify_joint(people.signed_by(people.text, {0, 1, 2}), people.roster)->signers.size() == 3);
  // The same signature twice is one person.
  const auto once = people.signed_by(people.text, {0});
  const auto line = once.substr(once.find("\n\n") + 2);
  CHECK(code(once + line) != Errc::internal);
  // A stranger counts for nothing, and harms nothing.
  const auto stranger = sign::SigningKey::make_random();
  CHECK(code(sign::add_note_signature(once, "candour/caseworker/di", stranger).value()) == Errc::no_match);
  CHECK(verify_joint(sign::add_note_signature(people.note, "candour/caseworker/di", stranger).value(),
                     people.roster));
  // Somebody else's text under her signature.
  auto altered = people.note;
  altered.replace(altered.find("\nday ") + 5, 4, "2027");
  CHECK(code(altered) == Errc::not_authentic);
  people.roster.caseworkers[1].revoked = true;
  CHECK(code(people.note) == Errc::no_match);
}

TEST_CASE("a joint note of any other form is refused, properly signed or not") {
  const People people;
  std::vector<std::string> bad{people.text + "\n", people.text + people.text, "\n" + people.text,
                               people.text.substr(0, people.text.find("day"))};
  for (std::size_t end = people.text.find('\n'); end != std::string::npos;
       end = people.text.find('\n', end + 1)) {
    auto blank = people.text;
    bad.push_back(blank.insert(end, " "));
  }
  auto lift = people.text;
  lift.replace(lift.find("erasure"), 7, "hold-lift");
  bad.insert(bad.end(), {lift, lift + "hold 0011\n", lift + "hold 00112233445566GG\n",
                         people.text + "hold 0011223344556677\n"});
  auto receipt = people.text;
  bad.push_back(receipt.replace(receipt.find("erasure"), 7, "receipt"));
  for (const auto& text : bad) {
    INFO(text);
    CHECK_FALSE(parse_joint(text));
    CHECK_FALSE(verify_joint(people.signed_by(text, {0, 1}), people.roster));
  }
  CHECK(verify_joint(std::string(limits::small_note_bytes_max + 1, 'x'), people.roster).error().code ==
        Errc::too_large);
}

TEST_CASE("a note that erases events: back and forth, as many as there may be within a note's bytes") {
  const People people;
  JointNote note{.act = JointAct::event_erasure, .day = Day::parse("2026-11-26").value()};
  for (std::size_t n = 0; n < limits::events_erased_max; ++n) {
    EventId id;
    id.bytes[1] = static_cast<std::uint8_t>(n);
    note.events.push_back(id);
    CHECK(parse_joint(encode_joint(note)) == note);
  }
  const auto verified = verify_joint(people.signed_by(encode_joint(note), {0, 1}), people.roster);
  REQUIRE(verified);
  CHECK(verified->what == note);
  CHECK(verified->signers.size() == 2);
}

TEST_CASE("a note that erases events in any other form is refused, properly signed or not") {
  const People people;
  const std::string head = "candour/v1/event-erasure\nday 2026-11-26\n";
  const auto line = [](char digit) { return "event " + std::string(64, digit) + '\n'; };
  const std::string good = head + line('1') + line('2');
  REQUIRE(encode_joint(parse_joint(good).value()) == good);
  std::string too_many = head;
  for (std::size_t n = 0; n <= limits::events_erased_max; ++n) {
    EventId id;
    id.bytes[1] = static_cast<std::uint8_t>(n);
    too_many += "event " + id.encode() + '\n';
  }
  auto upper = good;
  upper.replace(upper.find('2', head.size()), 1, "A");
  const std::string report = "report " + std::string(64, '1') + '\n';
  for (const auto& text :
       {head, head + line('2') + line('1'), head + line('1') + line('1'), good + "\n", '\n' + good, upper,
        good.substr(0, good.size() - 1), head + line('1') + report, head + report,
        good + "hold 0011223344556677\n", "candour/v1/event-erasure\n" + line('1'),
        "candour/v1/event-erasure\n" + line('1') + "day 2026-11-26\n",
        "candour/v1/event-erasure\n" + report + "day 2026-11-26\n" + line('1'),
        "candour/v1/erasure\nday 2026-11-26\n" + line('1'),
        "candour/v1/erasure\n" + report + "day 2026-11-26\n" + line('1'),
        "candour/v1/event-erasure\nday 2026-13-26\n" + line('1'), too_many}) {
    INFO(text);
    CHECK_FALSE(parse_joint(text));
    // Without its last line feed nothing can be signed.
    if (text.ends_with('\n')) CHECK_FALSE(verify_joint(people.signed_by(text, {0, 1}), people.roster));
  }
}

TEST_CASE("a joint note is good from the day before to a week after") {
  const JointNote note{.report = {}, .day = Day(1000)};
  for (int offset = -20; offset <= 20; ++offset)
    CHECK(note.is_good_on(Day(1000 + offset)) == (offset >= -1 && offset <= 7));
}

}  // namespace candour
