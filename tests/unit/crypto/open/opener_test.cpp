// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/open/opener.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "crypto/core/age_stream.h"
#include "crypto/core/encoding.h"
#include "tests/unit/crypto/open/age_fixture.h"

using namespace candour;
using test::Reader;

namespace {

// A file of one tiny chunk, sealed so that every byte of it can be tried.
struct Small {
  Reader reader = Reader::x25519();
  Bytes sealed = seal::seal_bytes({&reader.recipient, 1}, as_bytes("small")).value();
};

std::string armored(ByteView binary, std::string_view line_end = "\n") {
  std::string out = "-----BEGIN AGE ENCRYPTED FILE-----" + std::string(line_end);
  const std::string text = base64_encode(binary);
  for (std::size_t at = 0; at < text.size(); at += 64) out += text.substr(at, 64) + std::string(line_end);
  return out + "-----END AGE ENCRYPTED FILE-----" + std::string(line_end);
}

}  // namespace

TEST_CASE(
    "A file key that was handed on opens this file and no other, and a wrong one beside it does no harm") {
  const Reader reader = Reader::hybrid();
  const Bytes sealed = seal::seal_bytes({&reader.recipient, 1}, as_bytes("small"), {.places = 3}).value();
  const auto key = open::file_key_of(reader.identities, sealed);
  REQUIRE(key);
  const auto given = [&](bool wrong_first, bool right) {
    std::vector<open::Identity> identities = std::move(Reader::hybrid().identities);
    if (wrong_first) identities.emplace_back(open::GivenFileKey{FileKey::make_random()});
    if (right) identities.emplace_back(open::GivenFileKey{FileKey::copy_of(key->reveal())});
    return identities;
  };
  const auto opened = open::open_bytes(given(true, true), sealed);
  REQUIRE(opened);
  CHECK(as_text(opened->reveal()) == "small");
  CHECK(open::open_bytes(given(true, false), sealed).error().code == Errc::no_match);
  CHECK(open::file_key_of(given(true, false), sealed).error().code == Errc::no_match);
  const Bytes another = seal::seal_bytes({&reader.recipient, 1}, as_bytes("other"), {.places = 3}).value();
  CHECK(open::open_bytes(given(false, true), another).error().code == Errc::no_match);
  // Handed on once more: taken out by who was given it.
  CHECK(open::file_key_of(given(true, true), sealed));
  // A changed header is found out, whoever opens.
  Bytes changed = sealed;
  changed[30] = static_cast<std::uint8_t>(changed[30] == 'A' ? 'B' : 'A');
  CHECK_FALSE(open::open_bytes(given(false, true), changed));
  CHECK(open::file_key_of(reader.identities, ByteView(sealed).first(100)).error().code == Errc::truncated);
}

TEST_CASE("Every changed bit of a sealed file is an error, and releases nothing") {
  const Small file;
  for (std::size_t i = 0; i < file.sealed.size(); ++i) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      Bytes changed = file.sealed;
      changed[i] = static_cast<std::uint8_t>(changed[i] ^ (1U << bit));
      const auto opened = test::open_in_pieces(file.reader.identities, changed, changed.size());
      INFO("byte " << i << " bit " << bit);
      CHECK_FALSE(opened.outcome);
      CHECK(opened.released.empty());
    }
  }
}

TEST_CASE("Every changed byte of a post-quantum file is an error") {
  const Reader reader = Reader::hybrid();
  const Bytes sealed = seal::seal_bytes({&reader.recipient, 1}, as_bytes("small")).value();
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes changed = sealed;
    changed[i] ^= 0x04;
    CHECK_FALSE(open::open_bytes(reader.identities, changed));
  }
}

TEST_CASE("Every cut and every addition is an error") {
  const Small file;
  for (std::size_t size = 0; size < file.sealed.size(); ++size) {
    const auto opened = test::open_in_pieces(file.reader.identities, ByteView(file.sealed).first(size), 1000);
    CHECK_FALSE(opened.outcome);
    CHECK(opened.released.empty());
  }
  for (std::size_t more = 1; more < 40; ++more) {
    Bytes longer = file.sealed;
    longer.resize(longer.size() + more);
    CHECK_FALSE(open::open_bytes(file.reader.identities, longer));
  }
}

TEST_CASE("Chunks cannot be dropped, repeated, swapped or taken from another file") {
  const Reader reader = Reader::x25519();
  const Bytes plain = test::random_bytes(4 * age_chunk_plain_bytes);
  const Bytes sealed = seal::seal_bytes({&reader.recipient, 1}, plain).value();
  const Bytes other = seal::seal_bytes({&reader.recipient, 1}, plain).value();
  const std::size_t start = sealed.size() - 4 * age_chunk_sealed_bytes;
  REQUIRE(other.size() == sealed.size());
  const auto chunk = [&](const Bytes& from, std::size_t n) {
    return ByteView(from).subspan(start + n * age_chunk_sealed_bytes, age_chunk_sealed_bytes);
  };
  const auto spliced = [&](std::initializer_list<ByteView> chunks) {
    Bytes file(sealed.begin(), sealed.begin() + static_cast<std::ptrdiff_t>(start));
    for (const ByteView c : chunks) append(file, c);
    return file;
  };
  const auto all = {chunk(sealed, 0), chunk(sealed, 1), chunk(sealed, 2), chunk(sealed, 3)};
  REQUIRE(open::open_bytes(reader.identities, spliced(all)));
  for (const unsigned threads : {1U, 2U}) {
    for (const Bytes& wrong :
         {spliced({chunk(sealed, 1), chunk(sealed, 2), chunk(sealed, 3)}),
          spliced({chunk(sealed, 0), chunk(sealed, 0), chunk(sealed, 1), chunk(sealed, 2), chunk(sealed, 3)}),
          spliced({chunk(sealed, 0), chunk(sealed, 2), chunk(sealed, 1), chunk(sealed, 3)}),
          spliced({chunk(sealed, 0), chunk(sealed, 1), chunk(sealed, 2)}),
          spliced({chunk(sealed, 0), chunk(other, 1), chunk(sealed, 2), chunk(sealed, 3)}),
          spliced(
              {chunk(sealed, 0), chunk(sealed, 1), chunk(sealed, 2), chunk(sealed, 3), chunk(sealed, 3)})}) {
      const auto opened = test::open_in_pieces(reader.identities, wrong, 50'000, {.threads = threads});
      CHECK_FALSE(opened.outcome);
      // What was released is the beginning of what was sealed, and nothing else.
      REQUIRE(opened.released.size() <= plain.size());
      CHECK(std::equal(opened.released.begin(), opened.released.end(), plain.begin()));
    }
  }
}

TEST_CASE("Armor opens with either line end and white space around it") {
  const Small file;
  for (const std::string& text :
       {armored(file.sealed), armored(file.sealed, "\r\n"), "\n \t\r\n" + armored(file.sealed) + "\n\n "}) {
    for (const std::size_t piece : {std::size_t{1}, std::size_t{64}, text.size()}) {
      const auto opened = test::open_in_pieces(file.reader.identities, as_bytes(text), piece);
      REQUIRE(opened.outcome);
      CHECK(as_text(opened.released) == "small");
    }
    CHECK(open::looks_like_age_file(as_bytes(text)));
  }
  CHECK(open::looks_like_age_file(file.sealed));
  CHECK_FALSE(open::looks_like_age_file(as_bytes("AGE-SECRET-KEY-1")));
}

TEST_CASE("Armor that was touched is an error") {
  const Small file;
  const std::string text = armored(file.sealed);
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {  // the last line feed may be missing
    std::string changed = text;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    INFO(i);
    CHECK_FALSE(open::open_bytes(file.reader.identities, as_bytes(changed)));
    CHECK_FALSE(open::open_bytes(file.reader.identities, as_bytes(text).first(i)));
  }
  CHECK_FALSE(open::open_bytes(file.reader.identities, as_bytes(text + text)));
  CHECK_FALSE(open::open_bytes(file.reader.identities, as_bytes(std::string(1025, '\n') + text)));
  CHECK_FALSE(open::open_bytes(file.reader.identities, as_bytes(text + std::string(2000, ' '))));
}

TEST_CASE("What is no age file says so") {
  const Reader reader = Reader::x25519();
  CHECK(open::open_bytes(reader.identities, {}).error().code == Errc::truncated);
  CHECK(open::open_bytes(reader.identities, as_bytes("Dear Sir or Madam")).error().code == Errc::malformed);
  CHECK(open::open_bytes(reader.identities, as_bytes("age-encryption.org/v9\n")).error().code ==
        Errc::unsupported);
  CHECK(open::open_bytes(reader.identities, as_bytes("   ")).error().code == Errc::truncated);
  CHECK(open::open_bytes({}, Small().sealed).error().code == Errc::no_match);
}
