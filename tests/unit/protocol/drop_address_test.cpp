// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/drop_address.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/core/encoding.h"
#include "crypto/core/hash.h"
#include "protocol/drop_text.h"
#include "support.h"

namespace candour {
namespace {

using test::at;
using test::secret_of_hex;
using test::text_at;

// One entry of the vectors.
void check(const json::Value& vector, const DropAddress& address, const DeletionToken& token) {
  CHECK(hex_encode(address.reveal()) == text_at(vector, "address"));
  CHECK(drop_tag(address).encode() == text_at(vector, "tag"));
  CHECK(hex_encode(token.reveal()) == text_at(vector, "token"));
  CHECK(hex_encode(deletion_verifier(token)) == text_at(vector, "verifier"));
}

}  // namespace

TEST_CASE("addresses, tags and tokens of the vectors") {
  const auto file = test::read_vectors("drops.json");
  const auto root = secret_of_hex(text_at(file, "mailbox_root"));
  const auto diary = secret_of_hex(text_at(file, "diary_root"));
  const auto own = [&](const json::Value& vector, const DropAddress& address) {
    check(vector, address, diary_deletion_token(diary, drop_tag(address)));
  };
  REQUIRE(at(file, "replies").array()->size() == 4);
  const auto ada_seed = secret_of_hex(text_at(at(file, "reply"), "seed"));
  for (const auto& vector : *at(file, "replies").array()) {
    const auto who = CaseworkerId::parse(text_at(vector, "caseworker")).value();
    const auto address = reply_address(root, who, at(vector, "number").whole().value());
    CHECK(hex_encode(address.reveal()) == text_at(vector, "address"));
    if (who.text() == "ada") check(vector, address, reply_deletion_token(ada_seed, drop_tag(address)));
  }
  REQUIRE(at(file, "diary_entries").array()->size() == 3);
  for (const auto& vector : *at(file, "diary_entries").array())
    own(vector, diary_entry_address(diary, at(vector, "number").whole().value()));
  REQUIRE(at(file, "drafts").array()->size() == 3);
  for (const auto& vector : *at(file, "drafts").array()) {
    const auto address = draft_address(diary, at(vector, "generation").whole().value(),
                                       at(vector, "fragment").whole().value());
    check(vector, address, draft_deletion_token(diary, drop_tag(address), text_at(vector, "save")));
  }
  own(at(file, "last_opened"), last_opened_address(diary));
}

TEST_CASE("the plaintext of a drop is a text and zeros") {
  const auto plain = fill_drop("words").value();
  CHECK(plain.size() == drop_plain_bytes);
  CHECK(text_of_drop(plain.reveal()).value() == "words");
  CHECK(text_of_drop(fill_drop("").value().reveal()).value().empty());
  const std::string all(drop_plain_bytes, 'x');
  CHECK(text_of_drop(fill_drop(all).value().reveal()).value() == all);
  CHECK(fill_drop(all + "x").error().code == Errc::too_large);
  CHECK(fill_drop(std::string_view("a\0b", 3)).error().code == Errc::malformed);
  Bytes changed(plain.reveal().begin(), plain.reveal().end());
  changed.back() = 1;
  CHECK(text_of_drop(changed).error().code == Errc::malformed);
  CHECK(text_of_drop(ByteView(changed).first(drop_plain_bytes - 1)).error().code == Errc::malformed);
}

}  // namespace candour
