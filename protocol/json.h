// SPDX-License-Identifier: AGPL-3.0-or-later
// JSON (RFC 8259) read strictly: bounded size and depth, no duplicate names, valid UTF-8, nothing after the end.
// Read by Boost.JSON's event parser into a small tree of our own, since its DOM silently keeps the last of two
// equal names, which lets two readers see two different documents. Names stay in the order of the text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "crypto/core/result.h"

namespace candour::json {

struct Value;
struct Member;
using Array = std::vector<Value>;
using Object = std::vector<Member>;

// As it stands in the text, so that nothing is lost by rounding.
struct Number {
  std::string text;
};

struct Value {
  std::variant<std::nullptr_t, bool, Number, std::string, Array, Object> is;

  bool is_null() const { return std::holds_alternative<std::nullptr_t>(is); }
  const bool* boolean() const { return std::get_if<bool>(&is); }
  const std::string* text() const { return std::get_if<std::string>(&is); }
  const Array* array() const { return std::get_if<Array>(&is); }
  const Object* object() const { return std::get_if<Object>(&is); }
  // A whole number from 0 to 2^53 - 1, written without sign, fraction or exponent: what every language reads alike.
  std::optional<std::uint64_t> whole() const;
};

struct Member {
  std::string name;
  Value value;
};

// Errc::malformed, Errc::too_large.
Result<Value> parse(std::string_view text, std::size_t bytes_max, std::size_t depth_max);

enum class Layout : std::uint8_t { compact, indented };
std::string encode(const Value& value, Layout layout);

// For writing.
Value number(std::uint64_t n);

// Reads the members of one object. Each reader takes the message to fail with, which names the field.
class Fields {
 public:
  static Result<Fields> of(const Value& value, Literal otherwise);
  static Result<Fields> of(const Value* value, Literal otherwise);

  const Value* find(std::string_view name) const;
  // A string of 1 to `bytes_max` bytes without control characters.
  Result<std::string> line(std::string_view name, std::size_t bytes_max, Literal otherwise) const;
  // The same; empty where the field is missing or empty.
  Result<std::string> line_or_empty(std::string_view name, std::size_t bytes_max, Literal otherwise) const;
  Result<std::uint64_t> whole(std::string_view name, Literal otherwise) const;
  Result<bool> boolean(std::string_view name, Literal otherwise) const;
  // An array of at most `items_max`.
  Result<const Array*> array(std::string_view name, std::size_t items_max, Literal otherwise) const;
  const Object& members() const { return *object_; }

 private:
  explicit Fields(const Object& object) : object_(&object) {}
  const Object* object_;
};

// One line of text: not empty, at most `bytes_max` bytes, no control character.
bool is_line(std::string_view text, std::size_t bytes_max);

}  // namespace candour::json
