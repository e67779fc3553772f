// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/src.hpp>
#include <utility>

#include "protocol/json.h"

namespace candour::json {
namespace {

// Receives the events of one document and builds the tree. What is open stands on a stack, its depth bounded by the
// parser's.
class TreeBuilder {
 public:
  constexpr static std::size_t max_object_size = std::size_t(-1);
  constexpr static std::size_t max_array_size = std::size_t(-1);
  constexpr static std::size_t max_key_size = std::size_t(-1);
  constexpr static std::size_t max_string_size = std::size_t(-1);
  using error_code = boost::system::error_code;
  using view = boost::json::string_view;

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_array_begin(error_code&) { return open(Value{Array{}}); }
  bool on_object_begin(error_code&) { return open(Value{Object{}}); }
  bool on_array_end(std::size_t, error_code&) { return close(); }
  bool on_object_end(std::size_t, error_code& ec) {
    if (has_duplicate_names(std::get<Object>(stack_.back().value.is))) {
      ec = boost::json::make_error_code(boost::json::error::syntax);
      return false;
    }
    return close();
  }
  bool on_key_part(view part, std::size_t, error_code&) { return collect(part); }
  bool on_key(view part, std::size_t, error_code&) {
    collect(part);
    stack_.back().name = std::exchange(collected_, {});
    return true;
  }
  bool on_string_part(view part, std::size_t, error_code&) { return collect(part); }
  bool on_string(view part, std::size_t, error_code&) {
    collect(part);
    return add(Value{std::exchange(collected_, {})});
  }
  bool on_number_part(view part, error_code&) { return collect(part); }
  bool on_int64(std::int64_t, view part, error_code&) { return on_number(part); }
  bool on_uint64(std::uint64_t, view part, error_code&) { return on_number(part); }
  bool on_double(double, view part, error_code&) { return on_number(part); }
  bool on_bool(bool b, error_code&) { return add(Value{b}); }
  bool on_null(error_code&) { return add(Value{nullptr}); }
  bool on_comment_part(view, error_code&) { return true; }
  bool on_comment(view, error_code&) { return true; }

  Value take() { return std::move(result_); }

 private:
  struct Open {
    Value value;
    std::string name;  // of the member that is being read, in an object
  };

  static bool has_duplicate_names(const Object& object) {
    std::vector<std::string_view> names;
    names.reserve(object.size());
    for (const Member& member : object) names.push_back(member.name);
    std::ranges::sort(names);
    return std::ranges::adjacent_find(names) != names.end();
  }
  bool collect(view part) {
    collected_.append(part.data(), part.size());
    return true;
  }
  bool on_number(view part) {
    collect(part);
    return add(Value{Number{std::exchange(collected_, {})}});
  }
  bool open(Value value) {
    stack_.push_back({std::move(value), {}});
    return true;
  }
  bool close() {
    Value done = std::move(stack_.back().value);
    stack_.pop_back();
    return add(std::move(done));
  }
  bool add(Value value) {
    if (stack_.empty()) {
      result_ = std::move(value);
    } else if (auto* array = std::get_if<Array>(&stack_.back().value.is)) {
      array->push_back(std::move(value));
    } else {
      std::get<Object>(stack_.back().value.is)
          .push_back({std::exchange(stack_.back().name, {}), std::move(value)});
    }
    return true;
  }

  std::vector<Open> stack_;
  std::string collected_;
  Value result_;
};

}  // namespace

Result<Value> parse(std::string_view text, std::size_t bytes_max, std::size_t depth_max) {
  if (text.size() > bytes_max) return fail(Errc::too_large, "the JSON text is too long");
  boost::json::parse_options options;
  options.max_depth = depth_max;
  boost::json::basic_parser<TreeBuilder> parser(options);
  boost::system::error_code ec;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), ec);
  if (ec || used != text.size()) {
    return fail(Errc::malformed, "not well-formed JSON, nested too deeply, or a name comes twice");
  }
  return parser.handler().take();
}

}  // namespace candour::json
