// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/json.h"

#include <algorithm>
#include <charconv>
#include <type_traits>

#include "crypto/core/utf8.h"

namespace candour::json {
namespace {

void put_text(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7f) {
      out += "\\u00";
      out += digits[byte >> 4];
      out += digits[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

class Encoder {
 public:
  explicit Encoder(Layout layout) : indented_(layout == Layout::indented) {}

  void put(const Value& value) {
    std::visit([this](const auto& v) { put_one(v); }, value.is);
  }
  std::string take() { return std::move(out_); }

 private:
  void put_one(std::nullptr_t) { out_ += "null"; }
  void put_one(bool b) { out_ += b ? "true" : "false"; }
  void put_one(const Number& n) { out_ += n.text; }
  void put_one(const std::string& text) { put_text(out_, text); }
  void put_one(const Array& array) {
    put_items(array, '[', ']', [this](const Value& item) { put(item); });
  }
  void put_one(const Object& object) {
    put_items(object, '{', '}', [this](const Member& member) {
      put_text(out_, member.name);
      out_ += indented_ ? ": " : ":";
      put(member.value);
    });
  }

  void put_items(const auto& items, char open, char close, auto&& put_item) {
    out_ += open;
    if (!items.empty()) {
      ++depth_;
      bool first = true;
      for (const auto& item : items) {
        if (!first) out_ += ',';
        first = false;
        break_line();
        put_item(item);
      }
      --depth_;
      break_line();
    }
    out_ += close;
  }
  void break_line() {
    if (!indented_) return;
    out_ += '\n';
    out_.append(2 * depth_, ' ');
  }

  bool indented_;
  std::size_t depth_ = 0;
  std::string out_;
};

}  // namespace

std::optional<std::uint64_t> Value::whole() const {
  constexpr std::uint64_t safe_max = (std::uint64_t{1} << 53) - 1;
  const auto* n = std::get_if<Number>(&is);
  if (n == nullptr) return std::nullopt;
  std::uint64_t value = 0;
  const char* end = n->text.data() + n->text.size();
  const auto [at, error] = std::from_chars(n->text.data(), end, value);
  if (error != std::errc{} || at != end || value > safe_max) return std::nullopt;
  return value;
}

std::string encode(const Value& value, Layout layout) {
  Encoder encoder(layout);
  encoder.put(value);
  return encoder.take();
}

Value number(std::uint64_t n) { return Value{Number{std::to_string(n)}}; }

bool is_line(std::string_view text, std::size_t bytes_max) {
  if (text.empty() || text.size() > bytes_max) return false;
  while (!text.empty()) {
    const auto c = take_code_point(text);
    if (!c || *c < 0x20 || (*c >= 0x7f && *c < 0xa0) || *c == 0x2028 || *c == 0x2029) return false;
  }
  return true;
}

Result<Fields> Fields::of(const Value& value, Literal otherwise) {
  const Object* object = value.object();
  if (object == nullptr) return fail(Errc::malformed, otherwise);
  return Fields(*object);
}

Result<Fields> Fields::of(const Value* value, Literal otherwise) {
  if (value == nullptr) return fail(Errc::malformed, otherwise);
  return of(*value, otherwise);
}

const Value* Fields::find(std::string_view name) const {
  const auto at = std::ranges::find(*object_, name, &Member::name);
  return at == object_->end() ? nullptr : &at->value;
}

Result<std::string> Fields::line(std::string_view name, std::size_t bytes_max, Literal otherwise) const {
  const Value* value = find(name);
  if (value == nullptr || value->text() == nullptr || !is_line(*value->text(), bytes_max)) {
    return fail(Errc::malformed, otherwise);
  }
  return *value->text();
}

Result<std::string> Fields::line_or_empty(std::string_view name, std::size_t bytes_max,
                                          Literal otherwise) const {
  const Value* value = find(name);
  if (value == nullptr || (value->text() != nullptr && value->text()->empty())) return std::string{};
  return line(name, bytes_max, otherwise);
}

Result<std::uint64_t> Fields::whole(std::string_view name, Literal otherwise) const {
  const Value* value = find(name);
  const auto n = value == nullptr ? std::nullopt : value->whole();
  if (!n) return fail(Errc::malformed, otherwise);
  return *n;
}

Result<bool> Fields::boolean(std::string_view name, Literal otherwise) const {
  const Value* value = find(name);
  if (value == nullptr || value->boolean() == nullptr) return fail(Errc::malformed, otherwise);
  return *value->boolean();
}

Result<const Array*> Fields::array(std::string_view name, std::size_t items_max, Literal otherwise) const {
  const Value* value = find(name);
  if (value == nullptr || value->array() == nullptr || value->array()->size() > items_max) {
    return fail(Errc::malformed, otherwise);
  }
  return value->array();
}

}  // namespace candour::json
