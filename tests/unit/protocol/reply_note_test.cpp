// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/reply_note.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "crypto/core/encoding.h"
#include "crypto/sign/note.h"
#include "protocol/drop.h"
#include "protocol/drop_text.h"
#include "protocol/succession_note.h"
#include "support.h"

namespace candour {
namespace {

using test::at;
using test::text_at;

struct Sent {
  json::Value vector = at(test::read_vectors("drops.json"), "reply");
  Caseworker ada{.id = CaseworkerId::parse(text_at(vector, "caseworker")).value(),
                 .name = "Ada",
                 .desks = {},
                 .signing_key = parse_note_verifier_key(text_at(vector, "key")).value(),
                 .sealing_key_note = {},
                 .revoked = false,
                 .sealing_key = std::nullopt};
  sign::SigningKey key = sign::SigningKey::from_seed(test::secret_of_hex(text_at(vector, "seed")));
  std::string to = text_at(vector, "to");

  ReplyPlace place() const { return {ada, at(vector, "number").whole().value(), to}; }
  Reply reply(const json::Value& shown) const {
    Reply reply{.report = ReportId::parse(text_at(vector, "report")).value(),
                .to = to,
                .number = at(vector, "number").whole().value(),
                .day = Day::parse(text_at(vector, "day")).value(),
                .kind = text_at(shown, "kind") == "opened" ? ReplyKind::opened : ReplyKind::message,
                .words = text_at(shown, "words")};
    REQUIRE(hex_decode_into(text_at(vector, "sha256"), reply.sha256));
    return reply;
  }
  std::string signed_text(const std::string& text) const {
    return sign::sign_note(text, ada.id.key_name(), key).value();
  }
};

}  // namespace

TEST_CASE("replies of the vectors are written, and read again, byte for byte") {
  const Sent sent;
  const auto& shown = *at(sent.vector, "shown").array();
  REQUIRE(shown.size() == 5);
  for (const auto& one : shown) {
    INFO(text_at(one, "name"));
    const Reply reply = sent.reply(one);
    CHECK(sent.signed_text(encode_reply(reply)) == text_at(one, "note"));
    const auto verified = verify_reply(text_at(one, "note"), sent.place());
    REQUIRE(verified);
    CHECK(verified->reply() == reply);
    CHECK(verified->caseworker() == sent.ada.id);
    CHECK(text_of_drop(fill_drop(text_at(one, "note")).value().reveal()).value() == text_at(one, "note"));
    CHECK((reply.kind == ReplyKind::opened || check_reply_words(reply.words)));
  }
}

TEST_CASE("what a reader of the vectors must skip is skipped") {
  const Sent sent;
  const auto& skipped = *at(sent.vector, "skipped").array();
  REQUIRE(skipped.size() == 20);
  for (const auto& one : skipped) {
    INFO(text_at(one, "name"));
    const auto& text = text_at(one, "note");
    Bytes plain(drop_plain_bytes);
    REQUIRE(text.size() <= plain.size());
    std::ranges::copy(as_bytes(text), plain.begin());
    const auto note = text_of_drop(plain);
    CHECK_FALSE((note && verify_reply(*note, sent.place())));
  }
}

TEST_CASE("a reply is for one place, one reader, and by somebody who is not revoked") {
  Sent sent;
  const auto& note = text_at(at(sent.vector, "shown").array()->front(), "note");
  const auto code = [&](const ReplyPlace& place) { return verify_reply(note, place).error().code; };
  REQUIRE(verify_reply(note, sent.place()));
  CHECK(code({sent.ada, 1, sent.to}) == Errc::no_match);
  CHECK(code({sent.ada, 0, sent.to.substr(1)}) == Errc::no_match);
  // The same key under another person's name: Ada cannot speak for Bo.
  Caseworker bo = sent.ada;
  bo.id = CaseworkerId::parse("bo").value();
  bo.signing_key = make_note_verifier_key(bo.id.key_name(), sent.key.verify_key());
  CHECK(code({bo, 0, sent.to}) == Errc::no_match);
  sent.ada.revoked = true;
  CHECK(code(sent.place()) == Errc::refused);
}

TEST_CASE("words that no drop or note holds are refused before they are signed") {
  CHECK(check_reply_words(std::string(reply_words_bytes_max, 'x')));
  CHECK(check_reply_words(std::string(reply_words_bytes_max + 1, 'x')).error().code == Errc::too_large);
  CHECK(check_reply_words("").error().code == Errc::malformed);
  for (const char* bad : {"a\tb", "a\r\nb", "\x1b[2J", "\xff"}) {
    INFO(bad);
    CHECK(check_reply_words(bad).error().code == Errc::unsupported);
  }
}

TEST_CASE("succession: vector, and what is refused") {
  const auto vector = at(test::read_vectors("drops.json"), "succession");
  const auto key = sign::SigningKey::from_seed(test::secret_of_hex(text_at(vector, "seed")));
  const auto verified = verify_succession(text_at(vector, "note"), key.verify_key());
  REQUIRE(verified);
  CHECK(verified->thread.encode() == text_at(vector, "thread"));
  CHECK(base64_encode(verified->authorship.bytes) == text_at(vector, "authorship"));
  CHECK(encode_succession(*verified) == text_at(vector, "text"));
  CHECK(sign::sign_note(encode_succession(*verified), author_key_name, key).value() ==
        text_at(vector, "note"));
  REQUIRE(at(vector, "refused").array()->size() == 4);
  for (const auto& one : *at(vector, "refused").array()) {
    INFO(text_at(one, "name"));
    CHECK_FALSE(verify_succession(text_at(one, "note"), key.verify_key()));
  }
}

TEST_CASE("a file with a message is written and read alike, and nothing else is a file") {
  const Sent sent;
  Reply reply = sent.reply(at(sent.vector, "shown").array()->front());
  reply.file = ReplyFile{reply_file_bytes_max, Digest{7}, "Letter, \u00e9 v2.pdf"};
  const std::string text = encode_reply(reply);
  CHECK(parse_reply(text).value() == reply);
  CHECK(reply.file->parts() == reply_file_parts_max);
  CHECK(ReplyFile{drop_plain_bytes + 1, {}, "x"}.parts() == 2);
  CHECK(ReplyFile{1, {}, "x"}.parts() == 1);
  const std::string line = text.substr(text.find("\nfile ") + 1, text.find("\ntext") - text.find("\nfile "));
  const auto with = [&](std::string_view other) {
    std::string changed = text;
    changed.replace(changed.find(line), line.size(), other);
    return parse_reply(changed);
  };
  const std::string hash(64, 'a');
  CHECK(with("file 1 " + hash + " x\n"));
  for (const std::string& wrong :
       {"file 0 " + hash + " x\n", "file 01 " + hash + " x\n", "file 524289 " + hash + " x\n",
        "file -1 " + hash + " x\n", "file 1 " + hash.substr(1) + " x\n", "file 1 " + hash + "\n",
        "file 1 " + hash + " \n", std::string("file 1  x\n"),
        "file 1 " + hash + " " + std::string(201, 'x') + "\n", "file 1 " + hash + " x\tx\n",
        "file 1 " + hash + " x\nfile 1 " + hash + " y\n"}) {
    INFO(wrong);
    CHECK_FALSE(with(wrong));
  }
  std::string opened = text;
  opened.replace(opened.find("kind message"), 12, "kind opened");
  CHECK_FALSE(parse_reply(opened.substr(0, opened.find("\ntext\n") + 6)));
}

TEST_CASE("a message with the longest file name, and as many words as go beside it, fits into a drop") {
  const Sent sent;
  Reply reply = sent.reply(at(sent.vector, "shown").array()->front());
  reply.number = 999;
  reply.file = ReplyFile{reply_file_bytes_max, Digest{7}, std::string(200, 'n')};
  reply.words = std::string(reply_words_beside_file_bytes_max, 'w');
  CHECK(check_reply_words(reply.words, true));
  CHECK_FALSE(check_reply_words(reply.words + 'w', true));
  CHECK(parse_reply(encode_reply(reply)));
  const auto note =
      sign::sign_note(encode_reply(reply), "candour/caseworker/" + std::string(32, 'c'), sent.key);
  CHECK(fill_drop(*note));
}

}  // namespace candour
