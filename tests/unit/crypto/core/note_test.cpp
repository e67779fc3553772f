// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/note.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/sign/note.h"

using namespace candour;

namespace {

// The example of c2sp.org/signed-note.
constexpr std::string_view example_key =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
constexpr std::string_view example_note =
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

struct Signer {
  explicit Signer(std::string_view key_name) : name(key_name) {}
  std::string name;
  sign::SigningKey key = sign::SigningKey::make_random();
  NoteVerifierKey verifier() const { return make_note_verifier_key(name, key.verify_key()); }
};

}  // namespace

TEST_CASE("The example of the signed-note specification verifies") {
  const auto key = parse_note_verifier_key(example_key);
  REQUIRE(key);
  CHECK(encode_note_verifier_key(*key) == example_key);
  const auto note = verify_note(example_note, {&*key, 1});
  REQUIRE(note);
  CHECK(note->text() == "This is an example message.\n");
  REQUIRE(note->signers().size() == 1);
  CHECK(note->signers()[0] == *key);
}

TEST_CASE("A changed note is never believed") {
  const auto key = parse_note_verifier_key(example_key).value();
  for (std::size_t i = 0; i < example_note.size(); ++i) {
    for (const char flip : {'\x01', '\x20'}) {
      std::string changed(example_note);
      changed[i] = static_cast<char>(changed[i] ^ flip);
      CHECK_FALSE(verify_note(changed, {&key, 1}));
    }
    CHECK_FALSE(verify_note(example_note.substr(0, i), {&key, 1}));
  }
  std::string wrong(example_note);
  wrong[0] = 't';
  CHECK(verify_note(wrong, {&key, 1}).error().code == Errc::not_authentic);
}

TEST_CASE("A verifier key that was mistyped is refused") {
  for (std::size_t i = 0; i < example_key.size(); ++i) {
    std::string changed(example_key);
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    CHECK_FALSE(parse_note_verifier_key(changed));
    CHECK_FALSE(parse_note_verifier_key(example_key.substr(0, i)));
  }
  CHECK_FALSE(parse_note_verifier_key(std::string(example_key) + "\n"));
}

TEST_CASE("Signing and verifying meet, with several signatures") {
  const Signer anna("candour/root-key/anna");
  const Signer beth("candour/root-key/beth");
  const Signer cara("candour/root-key/cara");
  const std::string text = "first line\n\nthird line, après-midi\n";
  const std::string one = sign::sign_note(text, anna.name, anna.key).value();
  const std::string two = sign::add_note_signature(one, beth.name, beth.key).value();
  CHECK(sign::add_note_signature(two, beth.name, beth.key).error().code == Errc::conflict);

  const NoteVerifierKey all[] = {anna.verifier(), beth.verifier(), cara.verifier()};
  const auto note = verify_note(two, all, 2);
  REQUIRE(note);
  CHECK(note->text() == text);
  CHECK(note->signers().size() == 2);
  CHECK(verify_note(two, all, 3).error().code == Errc::no_match);
  CHECK(verify_note(one, all, 2).error().code == Errc::no_match);
  CHECK(verify_note(one, std::span(all).subspan(1), 1).error().code == Errc::no_match);
  CHECK_FALSE(verify_note(one, all, 0));
}

TEST_CASE("One key under two names, or listed twice, is one signer") {
  const Signer anna("candour/root-key/anna");
  Signer alias("candour/root-key/alias");
  alias.key = sign::SigningKey::from_seed(anna.key.seed());
  const std::string note =
      sign::add_note_signature(sign::sign_note("text\n", anna.name, anna.key).value(), alias.name, alias.key)
          .value();
  const NoteVerifierKey keys[] = {anna.verifier(), alias.verifier(), anna.verifier()};
  CHECK(verify_note(note, keys, 1));
  CHECK(verify_note(note, keys, 2).error().code == Errc::no_match);
}

TEST_CASE("A repeated signature line counts once, and an unknown one not at all") {
  const Signer anna("candour/root-key/anna");
  const Signer stranger("candour/root-key/stranger");
  const std::string one = sign::sign_note("text\n", anna.name, anna.key).value();
  const std::string line = one.substr(one.find("\n\n") + 2);
  const NoteVerifierKey keys[] = {anna.verifier()};
  CHECK(verify_note(one + line, keys, 1));
  CHECK(verify_note(one + line, keys, 2).error().code == Errc::no_match);
  CHECK(verify_note(sign::add_note_signature(one, stranger.name, stranger.key).value(), keys, 1));
  const std::string by_stranger = sign::sign_note("text\n", stranger.name, stranger.key).value();
  CHECK(verify_note(by_stranger, keys, 1).error().code == Errc::no_match);
}

TEST_CASE("A bad signature of a known key spoils a note that others have signed well") {
  const Signer anna("candour/root-key/anna");
  const Signer beth("candour/root-key/beth");
  const std::string good = sign::sign_note("text\n", anna.name, anna.key).value();
  const std::string other = sign::sign_note("another\n", beth.name, beth.key).value();
  const std::string mixed = good + other.substr(other.find("\n\n") + 2);
  const NoteVerifierKey keys[] = {anna.verifier(), beth.verifier()};
  CHECK(verify_note(mixed, keys, 1).error().code == Errc::not_authentic);
}

TEST_CASE("What is not a note is refused") {
  const std::string signature(example_note.substr(example_note.find("\n\n") + 2));
  for (const std::string& wrong :
       {std::string(), std::string("\n"), std::string("text\n"), std::string("text\n\n"),
        "text\n" + signature, "text\n\n" + signature.substr(0, signature.size() - 1),
        "text\n\n" + signature + "\n", "te\rxt\n\n" + signature, "te\txt\n\n" + signature,
        "te\xFFxt\n\n" + signature, std::string("te\0xt\n\n", 7) + signature,
        std::string("text\n\n- example.com/foo AAAAAAA=\n"), std::string("text\n\n— example.com/foo\n"),
        std::string("text\n\n— a+b AAAAAAAA\n"), std::string("text\n\n—  AAAAAAAA\n"),
        std::string("text\n\n— a AAAA\n")}) {
    INFO(wrong);
    CHECK(parse_note(wrong).error().code == Errc::malformed);
  }
  CHECK(parse_note("a\n\n" + std::string(note_bytes_max, 'a')).error().code == Errc::too_large);
  std::string many = "text\n\n";
  for (std::size_t i = 0; i <= note_signatures_max; ++i) many += signature;
  CHECK(parse_note(many).error().code == Errc::too_large);
}

TEST_CASE("Nothing is signed that no verifier would accept") {
  const Signer anna("candour/root-key/anna");
  CHECK_FALSE(sign::sign_note("no line feed", anna.name, anna.key));
  CHECK_FALSE(sign::sign_note("", anna.name, anna.key));
  CHECK_FALSE(sign::sign_note("tab\there\n", anna.name, anna.key));
  CHECK_FALSE(sign::sign_note("bad \xC0\x80\n", anna.name, anna.key));
  for (const char* name : {"", "a b", "a+b",
                           "a\xC2\xA0"
                           "b",
                           "a\xE2\x80\xA8"
                           "b",
                           "a\nb"}) {
    CHECK_FALSE(sign::sign_note("text\n", name, anna.key));
  }
}
