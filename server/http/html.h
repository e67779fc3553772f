// SPDX-License-Identifier: AGPL-3.0-or-later
// Text inside HTML. What a steward wrote into the roster, or anybody into a form, is text and stays text: five
// characters are escaped, so it can neither begin an element nor end an attribute in quotes. `bdi` also keeps a
// right-to-left override in a name from turning the words after it. Pure functions.
#pragma once

#include <string>
#include <string_view>

namespace candour::server {

// For element content and for attributes in double or single quotes; nowhere else (no script, no style, no address).
std::string escape_html(std::string_view text);
// A name inside a sentence.
std::string bdi(std::string_view name);

}  // namespace candour::server
