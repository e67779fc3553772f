// SPDX-License-Identifier: AGPL-3.0-or-later
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "crypto/core/encoding.h"
#include "crypto/sign/note.h"
#include "protocol/card.h"
#include "protocol/receipt.h"
#include "protocol/sealing_key_note.h"
#include "protocol/session_note.h"
#include "support.h"

namespace candour {
namespace {

using test::at;
using test::text_at;

struct Vector {
  explicit Vector(std::string_view name) : value(at(test::read_vectors("notes.json"), name)) {}
  json::Value value;
  std::string note = text_at(value, "note");
  std::string text = text_at(value, "text");
  NoteVerifierKey key = parse_note_verifier_key(text_at(value, "key")).value();
  sign::SigningKey signer = sign::SigningKey::from_seed(test::secret_of_hex(text_at(value, "seed")));
  std::string sign(const std::string& other) const {
    return sign::sign_note(other, key.name, signer).value();
  }
};

// Properly signed, and still not the text of the specification.
std::vector<std::string> damaged(const std::string& text) {
  std::vector<std::string> all{text + "\n", text + "more\n", text + text, "\n" + text};
  for (std::size_t at_line = text.find('\n'); at_line != std::string::npos;
       at_line = text.find('\n', at_line + 1)) {
    if (at_line + 1 < text.size()) all.push_back(text.substr(0, at_line + 1));
    auto blank = text;
    blank.insert(at_line, " ");
    all.push_back(blank);
    auto doubled = text;
    const auto space = text.find(' ', at_line);
    if (space != std::string::npos) all.push_back(doubled.insert(space, " "));
  }
  return all;
}

TEST_CASE("receipt: vector, short code, and everything else refused") {
  const Vector vector("receipt");
  const auto receipt = verify_receipt(vector.note, vector.key);
  REQUIRE(receipt);
  CHECK(receipt->report.encode() == text_at(vector.value, "report"));
  CHECK(hex_encode(receipt->sha256) == text_at(vector.value, "sha256"));
  CHECK(receipt->day.encode() == text_at(vector.value, "day"));
  CHECK(encode_receipt(*receipt) == vector.text);
  CHECK(vector.sign(encode_receipt(*receipt)) == vector.note);

  const auto code = short_code(receipt->sha256);
  CHECK(code == text_at(vector.value, "short_code"));
  CHECK(matches_short_code(code, receipt->sha256) == true);
  CHECK(matches_short_code("0000-0000-0000-0000", receipt->sha256) == false);
  CHECK_FALSE(matches_short_code("0000-0000-0000-000", receipt->sha256));

  for (const auto& text : damaged(vector.text)) {
    INFO(text);
    CHECK_FALSE(verify_receipt(vector.sign(text), vector.key));
  }
  for (std::size_t i = 0; i < vector.note.size(); ++i) {
    auto flipped = vector.note;
    flipped[i] = static_cast<char>(flipped[i] ^ 1);
    REQUIRE_FALSE(verify_receipt(flipped, vector.key));
  }
  auto other = vector.key;
  other = make_note_verifier_key(other.name, sign::SigningKey::make_random().verify_key());
  CHECK(verify_receipt(vector.note, other).error().code == Errc::no_match);
}

TEST_CASE("sealing key: vector, and a certificate is for its signer alone") {
  const Vector vector("sealing_key");
  const auto key = verify_sealing_key(vector.note, vector.key);
  REQUIRE(key);
  CHECK(key->caseworker.text() == "ada");
  CHECK(key->recipient == text_at(vector.value, "recipient"));
  CHECK(encode_sealing_key(*key) == vector.text);
  CHECK_FALSE(key->is_valid_on(key->from.plus(-1)));
  CHECK(key->is_valid_on(key->from));
  CHECK(key->is_valid_on(key->until));
  CHECK_FALSE(key->is_valid_on(key->until.plus(1)));
  for (const auto& text : damaged(vector.text))
    CHECK_FALSE(verify_sealing_key(vector.sign(text), vector.key));

  auto for_bo = *key;
  for_bo.caseworker = CaseworkerId::parse("bo").value();
  CHECK(verify_sealing_key(vector.sign(encode_sealing_key(for_bo)), vector.key).error().code ==
        Errc::not_authentic);
  auto backwards = *key;
  backwards.until = backwards.from.plus(-1);
  CHECK_FALSE(verify_sealing_key(vector.sign(encode_sealing_key(backwards)), vector.key));
  auto classic = *key;
  classic.recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
  CHECK_FALSE(verify_sealing_key(vector.sign(encode_sealing_key(classic)), vector.key));
}

TEST_CASE("card: round trip, and the sealing key must be certified by the card's own key") {
  const Vector vector("sealing_key");
  const Card card{CaseworkerId::parse("ada").value(), "Ada \"A\"", vector.key, vector.note};
  const auto parsed = parse_card(encode_card(card));
  REQUIRE(parsed);
  CHECK(parsed->card.name == card.name);
  CHECK(parsed->sealing_key.caseworker == card.id);

  auto stolen = card;
  stolen.signing_key =
      make_note_verifier_key(card.id.key_name(), sign::SigningKey::make_random().verify_key());
  CHECK_FALSE(parse_card(encode_card(stolen)));
  auto renamed = card;
  renamed.id = CaseworkerId::parse("bo").value();
  CHECK_FALSE(parse_card(encode_card(renamed)));
  CHECK_FALSE(parse_card(encode_card(card) + "x"));
  CHECK_FALSE(parse_card("{}"));
}

TEST_CASE("session: vector, who claims it, and one signature only") {
  const Vector vector("session");
  const auto request = verify_session(vector.note, vector.key);
  REQUIRE(request);
  CHECK(request->origin == text_at(vector.value, "origin"));
  CHECK(base64_encode(request->nonce) == text_at(vector.value, "nonce"));
  CHECK(request->expires_unix_seconds == at(vector.value, "expires").whole());
  CHECK(encode_session(*request) == vector.text);
  CHECK(claimed_caseworker(vector.note).value().text() == "ada");
  for (const auto& text : damaged(vector.text)) CHECK_FALSE(verify_session(vector.sign(text), vector.key));

  const auto twice =
      sign::add_note_signature(vector.note, "candour/caseworker/bo", sign::SigningKey::make_random());
  REQUIRE(twice);
  CHECK_FALSE(verify_session(*twice, vector.key));
  // One note never passes for another kind.
  CHECK_FALSE(verify_session(Vector("sealing_key").note, vector.key));
}

}  // namespace
}  // namespace candour
