// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/http/router.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "protocol/limits.h"
#include "server/http/fields.h"
#include "server/http/problem.h"

namespace candour::server {
namespace {

constexpr std::size_t kIdDigits = 64;
constexpr std::size_t kTagDigits = 16;
constexpr std::size_t kNumberDigitsMax = 6;

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= limits::id_bytes_max && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= kNumberDigitsMax && (text == "0" || text.front() != '0') &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Takes the text up to the next '/' off the front.
std::string_view take_segment(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('/'), rest.size());
  const std::string_view segment = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return segment;
}

bool matches(std::string_view pattern, std::string_view path, std::array<std::string, 2>& captured) {
  if (std::ranges::count(pattern, '/') != std::ranges::count(path, '/')) return false;
  std::size_t places = 0;
  while (!pattern.empty() || !path.empty()) {
    const std::string_view wanted = take_segment(pattern);
    const std::string_view given = take_segment(path);
    if (wanted.starts_with('{')) {
      const bool fits = wanted == "{id}"     ? is_hex(given, kIdDigits)
                        : wanted == "{tag}"  ? is_hex(given, kTagDigits)
                        : wanted == "{name}" ? is_name(given)
                                             : is_number(given);
      if (!fits) return false;
      captured.at(places++) = given;
    } else if (wanted != given) {
      return false;
    }
  }
  return true;
}

std::string_view name_of(Method method) {
  switch (method) {
    case Method::get:
      return "GET, HEAD";
    case Method::put:
      return "PUT";
    case Method::post:
      return "POST";
    case Method::delete_:
      return "DELETE";
    default:
      return "";
  }
}

}  // namespace

void Router::add(Route route) { routes_.push_back(std::move(route)); }

std::expected<const Route*, Response> Router::find(Request& request) const {
  const Method wanted = request.method == Method::head ? Method::get : request.method;
  std::string allowed;
  for (const Route& route : routes_) {
    std::array<std::string, 2> captured;
    if (!matches(route.pattern, request.path, captured)) continue;
    if (route.method != wanted) {
      allowed += (allowed.empty() ? "" : ", ") + std::string(name_of(route.method));
      continue;
    }
    request.captured = std::move(captured);
    if (route.gate) {
      if (auto refusal = route.gate(request)) return std::unexpected(std::move(*refusal));
    }
    return &route;
  }
  if (allowed.empty()) return std::unexpected(problem(Problem::not_found));
  Response refusal = problem(Problem::method_not_allowed);
  refusal.headers.push_back({"Allow", allowed});
  return std::unexpected(std::move(refusal));
}

}  // namespace candour::server
