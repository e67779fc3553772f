// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/identifier.h"

#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "crypto/core/encoding.h"
#include "crypto/core/hash.h"
#include "protocol/identifier_tables.h"
#include "support.h"

namespace candour {
namespace {

using test::at;
using test::text_at;

IdentifierKind kind_at(const json::Value& vector) {
  const auto kind = identifier_kind(text_at(vector, "kind"));
  REQUIRE(kind);
  return *kind;
}

std::vector<std::string> texts_at(const json::Value& vector, std::string_view name) {
  std::vector<std::string> texts;
  for (const auto& item : *at(vector, name).array()) texts.push_back(*item.text());
  return texts;
}

std::string read_source(const std::string& path) {
  std::ifstream in(std::string(CANDOUR_SOURCE_DIR) + "/" + path, std::ios::binary);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST_CASE("identifier vectors: what is accepted, in its normal form, which normalises to itself") {
  const auto file = test::read_vectors("identifiers.json");
  CHECK(text_at(file, "rules") == identifier_rules);
  CHECK(at(file, "accepted").array()->size() > 300);
  for (const auto& vector : *at(file, "accepted").array()) {
    CAPTURE(json::encode(vector, json::Layout::compact));
    const auto kind = kind_at(vector);
    const auto identifier = Identifier::normalise(kind, texts_at(vector, "typed"));
    REQUIRE(identifier);
    CHECK(identifier->kind() == kind);
    CHECK(identifier->values() == texts_at(vector, "values"));
    const auto again = Identifier::normalise(kind, identifier->values());
    REQUIRE(again);
    CHECK(*again == *identifier);
  }
}

TEST_CASE("identifier vectors: what is refused, in which field and why") {
  const auto file = test::read_vectors("identifiers.json");
  std::set<std::string> faults;
  for (const auto& vector : *at(file, "refused").array()) {
    CAPTURE(json::encode(vector, json::Layout::compact));
    const auto identifier = Identifier::normalise(kind_at(vector), texts_at(vector, "typed"));
    REQUIRE_FALSE(identifier);
    CHECK(identifier.error().field == text_at(vector, "field"));
    CHECK(name_of(identifier.error().fault) == text_at(vector, "fault"));
    faults.insert(text_at(vector, "fault"));
  }
  CHECK(faults.size() == identifier_faults_total);
}

TEST_CASE("identifier vectors: the bytes, another for every kind") {
  const auto file = test::read_vectors("identifiers.json");
  std::set<std::string> kinds;
  for (const auto& vector : *at(file, "encoded").array()) {
    const auto identifier = Identifier::normalise(kind_at(vector), texts_at(vector, "typed"));
    REQUIRE(identifier);
    CHECK(identifier->encode() == text_at(vector, "text"));
    kinds.insert(text_at(vector, "kind"));
  }
  CHECK(kinds.size() == 8);
}

TEST_CASE("the tables of identifiers change only together with their vectors") {
  const auto file = test::read_vectors("identifiers.json");
  CHECK(at(file, "tables").object()->size() == 5);
  for (const auto& [name, hash] : *at(file, "tables").object()) {
    INFO(name);
    CHECK(hex_encode(sha256(as_bytes(read_source("protocol/identifiers/" + name)))) == *hash.text());
  }
}

TEST_CASE("every force is known by each of its names, and by no other's") {
  const auto forces = json::parse(read_source("protocol/identifiers/forces.json"), 1 << 20, 16);
  REQUIRE(forces);
  CHECK(forces->array()->size() > 55);
  for (const auto& force : *forces->array()) {
    auto names = texts_at(force, "also");
    names.push_back(text_at(force, "id"));
    names.push_back(text_at(force, "name"));
    for (const auto& name : names) {
      INFO(name);
      const auto* found = identifier::force_named(name);
      REQUIRE(found != nullptr);
      CHECK(found->id == text_at(force, "id"));
    }
  }
}

TEST_CASE("what an identifier is refused with is what the specification says") {
  const auto page = read_source("docs/spec/identifiers.md");
  const std::regex row("\\| `([a-z-]+)` \\| ([^|`]+) \\|\n");
  std::size_t rows = 0;
  for (std::sregex_iterator it(page.begin(), page.end(), row), end; it != end; ++it) {
    const auto fault = static_cast<IdentifierFault>(rows++);
    CHECK(name_of(fault) == (*it)[1].str());
    CHECK(words_of(fault).view() == (*it)[2].str());
  }
  CHECK(rows == identifier_faults_total);
}

TEST_CASE("an identifier is refused where a text is no UTF-8") {
  for (const std::string text : {"\xff", "Exam\xc3", "\xed\xa0\x80"}) {
    const auto identifier = Identifier::normalise(IdentifierKind::phone, std::vector{text});
    REQUIRE_FALSE(identifier);
    CHECK(identifier.error().fault == IdentifierFault::unreadable);
  }
}

}  // namespace
}  // namespace candour
