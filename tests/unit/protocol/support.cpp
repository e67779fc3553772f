// SPDX-License-Identifier: AGPL-3.0-or-later
#include "support.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <iterator>

#include "crypto/core/encoding.h"
#include "crypto/core/init.h"
#include "crypto/sign/note.h"

namespace candour::test {
namespace {

// Before the first secret of any test.
[[maybe_unused]] const bool crypto_is_ready = init_crypto().has_value();

}  // namespace

json::Value read_vectors(std::string_view file) {
  std::ifstream in(std::string(CANDOUR_VECTORS) + '/' + std::string(file));
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  auto value = json::parse(text, 1 << 20, 16);
  REQUIRE(value);
  return std::move(*value);
}

const json::Value& at(const json::Value& object, std::string_view name) {
  REQUIRE(object.object() != nullptr);
  const auto found = std::ranges::find(*object.object(), name, &json::Member::name);
  REQUIRE(found != object.object()->end());
  return found->value;
}

const std::string& text_at(const json::Value& object, std::string_view name) {
  const auto* text = at(object, name).text();
  REQUIRE(text != nullptr);
  return *text;
}

Secret<32> secret_of_hex(std::string_view hex) {
  Secret<32> secret;
  REQUIRE(hex_decode_into(hex, secret.writable()));
  return secret;
}

std::string Sample::note() const {
  return sign::sign_note(encode_manifest(manifest), author_key_name, author).value();
}

}  // namespace candour::test
