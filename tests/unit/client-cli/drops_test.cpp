// SPDX-License-Identifier: AGPL-3.0-or-later
// The check-in's index and slots, and which of the drops in them are shown (docs/spec/drops.md).
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "client-cli/drops/drop_index.h"
#include "client-cli/drops/received.h"
#include "client-cli/drops/sealed_drop.h"
#include "crypto/core/encoding.h"
#include "crypto/sign/note.h"
#include "protocol/drop_address.h"
#include "protocol/drop_text.h"
#include "protocol/json.h"

namespace candour::cli {
namespace {

const Day today = Day::parse("2026-11-25").value();

DropTag tag_of(std::uint32_t number) {
  DropTag tag;
  for (std::size_t i = 0; i < 4; ++i) tag.bytes[i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
  return tag;
}

// Tags 0, 2, 4 …: odd ones are not there.
Bytes index_of(std::size_t count) {
  Bytes bytes;
  for (std::uint32_t i = 0; i < count; ++i) append(bytes, tag_of(2 * i).bytes);
  return bytes;
}

// A caseworker, and what she puts where.
struct Poster {
  sign::SigningKey key = sign::SigningKey::make_random();
  Caseworker caseworker;

  explicit Poster(std::string_view id)
      : caseworker{.id = CaseworkerId::parse(id).value(),
                   .name = std::string(id),
                   .desks = {},
                   .signing_key = {},
                   .sealing_key_note = {},
                   .revoked = false,
                   .sealing_key = std::nullopt} {
    caseworker.signing_key = make_note_verifier_key(caseworker.id.key_name(), key.verify_key());
  }
  std::string note(const ReporterKeys& to, std::uint64_t number, Day day = today) const {
    const Reply reply{.report = to.report_id(0),
                      .to = to.reply_recipient(),
                      .number = number,
                      .day = day,
                      .words = "words"};
    return sign::sign_note(encode_reply(reply), caseworker.id.key_name(), key).value();
  }
};

struct Box {
  ReporterKeys keys = ReporterKeys::derive(Codename::make_random());
  Roster roster;
  std::map<DropTag, Bytes> bodies;

  void put(const Poster& place, std::uint64_t number, Bytes body) {
    bodies.insert_or_assign(drop_tag(reply_address(keys.mailbox_root(), place.caseworker.id, number)),
                            std::move(body));
  }
  Bytes sealed(std::string_view text) const { return seal_drop(text, keys.reply_recipient()).value(); }
  std::vector<VerifiedReply> read() const {
    const auto found = find_replies(keys.mailbox_root(), roster,
                                    [this](const DropTag& tag) { return bodies.contains(tag); });
    return read_replies(found, bodies, keys);
  }
};

TEST_CASE("an index that could hide nothing, or is out of order, is refused") {
  CHECK(DropIndex::parse(index_of(1024)).value().size() == 1024);
  CHECK(DropIndex::parse(index_of(4096)));
  for (const std::size_t count : {std::size_t{0}, std::size_t{4}, std::size_t{512}, std::size_t{1025}})
    CHECK(DropIndex::parse(index_of(count)).error().code == Errc::malformed);
  Bytes bytes = index_of(1024);
  bytes.pop_back();
  CHECK_FALSE(DropIndex::parse(bytes));
  bytes = index_of(1024);
  std::copy_n(bytes.begin(), 8, bytes.begin() + 8);
  CHECK_FALSE(DropIndex::parse(bytes));
  const auto index = DropIndex::parse(index_of(1024)).value();
  CHECK(index.has(tag_of(2046)));
  CHECK_FALSE(index.has(tag_of(3)));
}

TEST_CASE("a slot has four different tags of the index, with as many wanted ones as there are, anywhere") {
  const auto index = DropIndex::parse(index_of(1024)).value();
  std::set<std::size_t> places;
  for (int round = 0; round < 300; ++round) {
    for (std::size_t count = 0; count < 7; ++count) {
      std::vector<DropTag> wanted;
      for (std::uint32_t i = 0; i < count; ++i) wanted.push_back(tag_of(2 * i));
      const auto all = wanted;
      const Slot slot = next_slot(wanted, index);
      CHECK(std::set(slot.begin(), slot.end()).size() == slot_bodies);
      CHECK(std::ranges::all_of(slot, [&](const DropTag& tag) { return index.has(tag); }));
      const std::size_t taken = std::min(count, slot_bodies);
      REQUIRE(wanted.size() == count - taken);
      for (std::size_t i = count - taken; i < count; ++i) {
        const auto at = std::ranges::find(slot, all[i]);
        REQUIRE(at != slot.end());
        if (count == 1) places.insert(static_cast<std::size_t>(at - slot.begin()));
      }
    }
  }
  CHECK(places.size() == slot_bodies);
}

TEST_CASE("a drop has one size, and opens to what was sealed") {
  const ReporterKeys keys = ReporterKeys::derive(Codename::make_random());
  const open::Identity identity =
      open::HybridIdentity::from_seed(Secret<32>::copy_of(keys.reply_seed().reveal()));
  for (const std::string& text : {std::string(), std::string("words"), std::string(drop_plain_bytes, 'x')}) {
    const auto body = seal_drop(text, keys.reply_recipient());
    REQUIRE(body);
    CHECK(check_sealed_drop(*body) == SealedProblem::none);
    const auto plain = open_drop(*body, identity);
    REQUIRE(plain);
    CHECK(text_of_drop(plain->reveal()).value() == text);
    CHECK_FALSE(open_drop(*body, open::HybridIdentity::make_random()));
    CHECK_FALSE(open_drop(ByteView(*body).first(drop_bytes - 1), identity));
  }
  CHECK_FALSE(seal_drop(std::string(drop_plain_bytes + 1, 'x'), keys.reply_recipient()));
  // A classic recipient would give another size.
  CHECK_FALSE(seal_drop("words", "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"));
}

TEST_CASE("the sealed drop of the vectors opens") {
  std::ifstream in(std::string(CANDOUR_VECTORS) + "/drops.json");
  const auto file = json::parse(std::string(std::istreambuf_iterator<char>(in), {}), 1 << 20, 16).value();
  const auto fields = json::Fields::of(file, "the vectors are an object").value();
  const auto sealed = json::Fields::of(fields.find("sealed"), "sealed is an object").value();
  Secret<32> seed;
  REQUIRE(hex_decode_into(*sealed.find("identity_seed")->text(), seed.writable()));
  const auto body = base64_decode(*sealed.find("body")->text()).value();
  const auto plain = open_drop(body, open::HybridIdentity::from_seed(std::move(seed)));
  REQUIRE(plain);
  CHECK(text_of_drop(plain->reveal()).value() == *sealed.find("note")->text());
}

TEST_CASE("replies are shown by day; what anybody else put into a place is passed over") {
  Box box;
  const Poster ada("ada"), bo("bo"), gone("gone");
  box.roster.caseworkers = {ada.caseworker, bo.caseworker, gone.caseworker};
  box.roster.caseworkers[2].revoked = true;
  box.put(ada, 0, box.sealed(ada.note(box.keys, 0)));
  box.put(bo, 0, box.sealed(bo.note(box.keys, 0, today.plus(-1))));
  box.put(ada, 1, box.sealed(ada.note(box.keys, 1)));
  // Each of these is wrong in one way.
  box.put(ada, 2, box.sealed(bo.note(box.keys, 2)));   // Bo in Ada's place
  box.put(ada, 3, box.sealed(ada.note(box.keys, 1)));  // a copy of another one
  box.put(ada, 4, Bytes(drop_bytes, 0x5a));            // garbage
  box.put(ada, 5, box.sealed("no note"));
  const ReporterKeys other = ReporterKeys::derive(Codename::make_random());
  box.put(ada, 6, box.sealed(ada.note(other, 6)));  // meant for somebody else
  box.put(ada, 7, seal_drop(ada.note(box.keys, 7), other.reply_recipient()).value());
  box.put(gone, 0, box.sealed(gone.note(box.keys, 0)));  // of somebody revoked
  const auto replies = box.read();
  REQUIRE(replies.size() == 3);
  CHECK(replies[0].caseworker().text() == "bo");
  CHECK(replies[1]->number == 0);
  CHECK(replies[2]->number == 1);
  // The revoked one was right in every other way.
  box.roster.caseworkers[2].revoked = false;
  CHECK(box.read().size() == 4);
}

}  // namespace
}  // namespace candour::cli
