// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/evidence/page.h"

#include <fmt/format.h>

#include <utility>

#include "client-cli/terminal/visible.h"
#include "server/http/html.h"

namespace candour::cli {
namespace {

constexpr std::string_view head_begin =
    "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'\">\n"
    "<meta name=\"referrer\" content=\"no-referrer\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";
constexpr std::string_view head_end =
    "</title>\n<style>\n"
    "body { font: 1rem/1.5 sans-serif; color: #111; background: #fff; max-width: 50rem; margin: 2rem auto; "
    "padding: 0 1rem; }\n"
    "h1, h2, h3 { line-height: 1.25; margin: 2rem 0 .5rem; overflow-wrap: anywhere; }\n"
    "h2 { border-top: 2px solid #111; padding-top: 1rem; }\n"
    "blockquote { white-space: pre-wrap; unicode-bidi: plaintext; overflow-wrap: anywhere; margin: .25rem 0 "
    "1rem; padding: .25rem 1rem; "
    "border-inline-start: 4px solid #767676; }\n"
    "table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }\n"
    "th, td { border: 1px solid #767676; padding: .25rem .5rem; text-align: start; vertical-align: top; "
    "overflow-wrap: anywhere; }\n"
    "th { background: #f0f0f0; }\n"
    "@media print { body { margin: 0; max-width: none; } tr, blockquote { break-inside: avoid; } }\n"
    "</style>\n</head>\n<body>\n";

// Nothing in it can end its element, act, or turn what stands beside it.
std::string words(std::string_view text) {
  return "<bdi>" + server::escape_html(visible_line(text)) + "</bdi>";
}

// Several lines, each in its own direction.
std::string lines(std::string_view text) {
  std::string shown = visible_text(text, "");
  shown.pop_back();  // its last line feed
  return server::escape_html(shown);
}

}  // namespace

Page::Page(std::string_view title)
    : html_(fmt::format("{}{}{}", head_begin, server::escape_html(visible_line(title)), head_end)) {
  heading(1, title);
}

void Page::heading(unsigned level, std::string_view text) {
  html_ += fmt::format("<h{0}>{1}</h{0}>\n", level, words(text));
}
void Page::say(std::string_view text) { html_ += fmt::format("<p>{}</p>\n", words(text)); }
void Page::quote(std::string_view text) {
  html_ += fmt::format("<blockquote dir=\"auto\">{}</blockquote>\n", lines(text));
}
void Page::begin_list() { html_ += "<ul>\n"; }
void Page::item(std::string_view text) { html_ += fmt::format("<li>{}</li>\n", words(text)); }
void Page::end_list() { html_ += "</ul>\n"; }
void Page::begin_table(std::initializer_list<std::string_view> head) {
  html_ += "<table>\n<tr>";
  for (const std::string_view cell : head) html_ += fmt::format("<th scope=\"col\">{}</th>", words(cell));
  html_ += "</tr>\n";
}
void Page::row(std::initializer_list<std::string_view> cells) {
  html_ += "<tr>";
  for (const std::string_view cell : cells) html_ += fmt::format("<td>{}</td>", words(cell));
  html_ += "</tr>\n";
}
void Page::end_table() { html_ += "</table>\n"; }
std::string Page::finish() { return std::move(html_) + "</body>\n</html>\n"; }

}  // namespace candour::cli
