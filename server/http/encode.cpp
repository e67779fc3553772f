// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/http/encode.h"

#include <fmt/format.h>

#include <cstdint>
#include <span>

#include "protocol/site.h"

namespace candour::server {
namespace {

std::string lines_of(std::span<const SiteHeader> headers) {
  std::string lines;
  for (const SiteHeader& header : headers) lines += fmt::format("{}: {}\r\n", header.name, header.value);
  return lines;
}

std::string_view reason_of(std::uint16_t status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 411:
      return "Length Required";
    case 413:
      return "Content Too Large";
    case 416:
      return "Range Not Satisfiable";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 503:
      return "Service Unavailable";
    case 507:
      return "Insufficient Storage";
    default:
      return "Internal Server Error";
  }
}

}  // namespace

std::string_view fixed_headers(Listens listens) {
  static const std::string reporter = lines_of(reporter_headers());
  static const std::string desk = lines_of(desk_headers());
  static const std::string strict = lines_of(strict_headers());
  switch (listens) {
    case Listens::to_reporters:
      return reporter;
    case Listens::to_desk_page:
      return desk;
    default:
      return strict;
  }
}

std::string encode_head(const Response& response, bool keep_alive, Listens listens) {
  std::string head = fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason_of(response.status));
  for (const Header& header : response.headers) head += fmt::format("{}: {}\r\n", header.name, header.value);
  if (response.status != 204) head += fmt::format("Content-Length: {}\r\n", response.body_bytes());
  if (!keep_alive) head += "Connection: close\r\n";
  head += fixed_headers(listens);
  head += "\r\n";
  return head;
}

}  // namespace candour::server
