// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/files/file_kind.h"

#include <catch2/catch_test_macros.hpp>

namespace candour::cli {
namespace {

TEST_CASE("a file is called by its name") {
  CHECK(kind_of("candour/v1/pin\nquorum 1\n") == FileKind::pin);
  CHECK(kind_of("candour/root-key/main+00000000+AQ==\n") == FileKind::root_public_key);
  CHECK(kind_of("{\n  \"format\": \"candour/v1/card\",") == FileKind::card);
  CHECK(kind_of("{\n  \"format\": \"candour/v1/roster\",") == FileKind::draft);
  CHECK(kind_of("age-encryption.org/v1\n-> scrypt c2FsdA 18\n") == FileKind::key_file);
  CHECK(kind_of("age-encryption.org/v1\n-> X25519 abc\n") == FileKind::sealed);
  CHECK(kind_of("# created: today\nAGE-SECRET-KEY-1QQ\n") == FileKind::identity);
  CHECK(kind_of("") == FileKind::unknown);
  CHECK(kind_of("{\"format\": \"else\"}") == FileKind::unknown);
}

TEST_CASE(
    "a file of the wrong kind is told what it is and what was expected; another one keeps its own words") {
  const Failure cause(Errc::malformed, "something is wrong.");
  const std::string wrong = fail_as("my.card", "candour/v1/pin\n", FileKind::card, cause).error().text;
  CHECK(wrong.starts_with("my.card: is a pin file, but a caseworker's card is expected here;"));
  const std::string damaged = fail_as("my.pin", "candour/v1/pin\n", FileKind::pin, cause).error().text;
  CHECK(damaged.starts_with("my.pin: something is wrong. What is expected here is a pin file;"));
}

}  // namespace
}  // namespace candour::cli
