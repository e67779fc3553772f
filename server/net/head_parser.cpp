// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/net/head_parser.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "server/http/fields.h"

namespace candour::server {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;

constexpr unsigned kHttp11 = 11;
constexpr std::string_view kEnd = "\r\n\r\n";
// Each carries 32 bytes.
constexpr std::size_t kDropHeaderDigits = 64;
constexpr std::array<std::string_view, 4> kDropHeaders{"Candour-Address", "Candour-Deletion",
                                                       "Candour-Replace", "Candour-Work"};

Method method_of(http::verb verb) {
  switch (verb) {
    case http::verb::get:
      return Method::get;
    case http::verb::head:
      return Method::head;
    case http::verb::put:
      return Method::put;
    case http::verb::post:
      return Method::post;
    case http::verb::delete_:
      return Method::delete_;
    default:
      return Method::other;
  }
}

// Empty when the header is not there.
template <class Name>
std::string value_of(const http::fields& fields, Name name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string() : std::string(found->value());
}

// Beast's parser, set to read a head and nothing else.
struct Parser : http::request_parser<http::empty_body> {
  Parser() {
    header_limit(static_cast<std::uint32_t>(head_bytes_max));
    body_limit(boost::none);  // the router decides, by the route
    eager(false);
  }
};

// Beast takes "Content-Length: 5, 5" and folded lines (RFC 9112, 5.2): another reader in front may not.
bool is_ambiguous(const http::request_parser<http::empty_body>& parser, std::string_view head) {
  const auto& message = parser.get();
  const std::string length = value_of(message, http::field::content_length);
  return (message.count(http::field::content_length) != 0 && !parse_decimal(length)) ||
         head.find("\r\n ") != std::string_view::npos || head.find("\r\n\t") != std::string_view::npos;
}

std::expected<RequestHead, Problem> checked(const Parser& parser, std::size_t bytes) {
  const auto& message = parser.get();
  if (message.count(http::field::transfer_encoding) != 0) return std::unexpected(Problem::length_required);
  const auto hosts = message.count(http::field::host);
  if (hosts > 1 || (hosts == 0 && message.version() == kHttp11)) return std::unexpected(Problem::bad_request);
  if (message.count(http::field::content_length) > 1 || message.count(http::field::authorization) > 1 ||
      message.count(http::field::range) > 1 || message.count("Candour-Audience") > 1 ||
      message.count(http::field::content_type) > 1 || message.count("Sec-Fetch-Site") > 1 ||
      message.count(http::field::origin) > 1 || message.count(http::field::upgrade) > 0) {
    return std::unexpected(Problem::bad_request);
  }
  for (const std::string_view name : kDropHeaders) {
    const auto times = message.count(name);
    if (times > 1 || (times == 1 && !is_hex(value_of(message, name), kDropHeaderDigits)))
      return std::unexpected(Problem::bad_request);
  }
  const auto target = parse_target(std::string_view(message.target().data(), message.target().size()));
  if (!target) return std::unexpected(Problem::bad_request);

  const bool expects_continue = beast::iequals(value_of(message, http::field::expect), "100-continue");
  return RequestHead{
      .request = {.method = method_of(message.method()),
                  .path = target->path,
                  .query = target->query,
                  .captured = {},
                  .audience = value_of(message, "Candour-Audience"),
                  .authorization = value_of(message, http::field::authorization),
                  .range = value_of(message, http::field::range),
                  .address = value_of(message, kDropHeaders[0]),
                  .deletion = value_of(message, kDropHeaders[1]),
                  .replace = value_of(message, kDropHeaders[2]),
                  .work = value_of(message, kDropHeaders[3]),
                  .content_type = value_of(message, http::field::content_type),
                  .host = value_of(message, http::field::host),
                  .origin = value_of(message, http::field::origin),
                  .fetch_site = value_of(message, "Sec-Fetch-Site"),
                  .body_bytes = parser.content_length().value_or(0),
                  .body = {}},
      .bytes = bytes,
      .keep_alive = message.version() == kHttp11 && parser.keep_alive(),
      .expects_continue = expects_continue,
  };
}

}  // namespace

std::expected<std::optional<RequestHead>, Problem> parse_head(ByteView so_far) {
  std::string_view text = as_text(so_far.first(std::min(so_far.size(), head_bytes_max)));
  // Parsed once, when it is whole: a peer that sends byte by byte must not cost a parse each.
  const std::size_t end = text.find(kEnd);
  if (end == std::string_view::npos) {
    if (so_far.size() >= head_bytes_max) return std::unexpected(Problem::headers_too_large);
    return std::nullopt;
  }
  text = text.substr(0, end + kEnd.size());
  Parser parser;
  boost::system::error_code error;
  const std::size_t used = parser.put(boost::asio::buffer(text.data(), text.size()), error);
  if (error || !parser.is_header_done() || used != text.size() || is_ambiguous(parser, text)) {
    return std::unexpected(Problem::bad_request);
  }
  auto head = checked(parser, used);
  if (!head) return std::unexpected(head.error());
  return std::optional(std::move(*head));
}

}  // namespace candour::server
