// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/http/html.h"

namespace candour::server {

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string bdi(std::string_view name) { return "<bdi>" + escape_html(name) + "</bdi>"; }

}  // namespace candour::server
