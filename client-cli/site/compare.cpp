// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/site/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "client-cli/terminal/visible.h"
#include "protocol/site.h"

namespace candour::cli {
namespace {

constexpr long ok = 200, not_found = 404;

// Of one answer alone, or added by an HTTPS proxy without changing what a browser does.
constexpr auto harmless =
    std::to_array<std::string_view>({"connection", "content-length", "content-type", "date", "keep-alive",
                                     "server", "strict-transport-security"});

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

void compare_header(const SiteHeader& wanted, const HttpReply& reply, std::vector<std::string>& differences) {
  std::vector<std::string_view> values;
  for (const auto& [name, value] : reply.headers)
    if (name == lower(wanted.name)) values.push_back(value);
  if (values.size() == 1 && values.front() == wanted.value) return;
  if (values.empty()) {
    differences.push_back(
        fmt::format("the header {} is missing. The server, or a proxy before it, has taken a protection "
                    "away: put it back.",
                    wanted.name));
  } else if (values.size() > 1) {
    differences.push_back(
        fmt::format("the header {} comes {} times. Browsers differ in which one they believe: send it once.",
                    wanted.name, values.size()));
  } else {
    differences.push_back(
        fmt::format("the header {} is \"{}\" instead of \"{}\". Set it right in whatever sends it.",
                    wanted.name, visible_line(std::string(values.front())), wanted.value));
  }
}

void compare_headers(const Published& published, std::optional<SiteHeader> own, const HttpReply& reply,
                     std::vector<std::string>& differences) {
  std::vector<SiteHeader> wanted(reporter_headers().begin(), reporter_headers().end());
  if (published.policy) wanted.front().value = *published.policy;
  if (own) wanted.push_back(*own);
  for (const SiteHeader& header : wanted) compare_header(header, reply, differences);
  for (const auto& [name, value] : reply.headers) {
    if (std::ranges::find(harmless, name) != harmless.end()) continue;
    if (std::ranges::any_of(wanted, [&](const SiteHeader& header) { return lower(header.name) == name; }))
      continue;
    differences.push_back(
        fmt::format("there is a header that does not belong to it, {}: \"{}\". It can make a browser load or "
                    "do other things: "
                    "find out what adds it.",
                    visible_line(name), visible_line(value)));
  }
}

}  // namespace

std::vector<std::string> compare_file(std::string_view asked, const PublishedFile& file,
                                      const Published& published, const HttpReply& reply) {
  std::vector<std::string> differences;
  if (reply.status != ok) {
    differences.push_back(fmt::format(
        "is answered with {} instead of the file. The server lacks it: install the release's pages again.",
        reply.status));
    return differences;
  }
  if (sha256(reply.body) != file.sha256) {
    differences.push_back(
        "holds other bytes than were published. Either the server runs another release than this manifest is "
        "of, or "
        "somebody has changed the page: nobody should use it until you know which.");
  }
  const std::string_view path = file.path;
  const auto type = page_type(path.substr(std::min(path.rfind('.'), path.size())));
  if (!type || reply.content_type != *type) {
    differences.push_back(fmt::format(
        "has the type \"{}\" instead of \"{}\". A browser may run or show it as something else.",
        visible_line(reply.content_type), type.value_or("(none: this kind of file is not known)")));
  }
  compare_headers(published, page_header(asked), reply, differences);
  return differences;
}

std::vector<std::string> compare_nothing(const Published& published, const HttpReply& reply) {
  std::vector<std::string> differences;
  if (reply.status != not_found) {
    differences.push_back(fmt::format(
        "an address where nothing is was answered with {} instead of 404. Something else than Candour "
        "answers there: find out what.",
        reply.status));
  }
  compare_headers(published, std::nullopt, reply, differences);
  return differences;
}

}  // namespace candour::cli
