// SPDX-License-Identifier: AGPL-3.0-or-later
// What the reporter listener's answers look like from outside, whoever asks: the headers that every one carries, the
// type of each kind of file, and what single files carry beside. The server sends them, `candour verify-site` and the
// page's manifest (client-web/build.mjs) compare with them. Spec: docs/spec/http.md "Headers". Literals, no state.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace candour {

struct SiteHeader {
  std::string_view name;
  std::string_view value;
};

// Where "Exit this page" leads; the page's own script has the same (client-web/src/neutral_site.ts).
inline constexpr std::string_view neutral_site = "https://www.bbc.co.uk/weather";

// One policy, without a comma, the same on every answer: what WEBCAT asks for.
std::string_view content_security_policy();

// Every answer of the reporter listener, in this order.
std::span<const SiteHeader> reporter_headers();
// Every answer to the desk page on a caseworker's own machine.
std::span<const SiteHeader> desk_headers();
// Every answer of any other listener: nothing there is a page.
std::span<const SiteHeader> strict_headers();

// `extension`: with its dot. Nothing for a kind of file that the page does not have.
std::optional<std::string_view> page_type(std::string_view extension);
// What this file of the page carries beside the headers above, if anything.
std::optional<SiteHeader> page_header(std::string_view path);

}  // namespace candour
