// SPDX-License-Identifier: AGPL-3.0-or-later
// Untrusted text on a terminal. A report or a server may hold escape sequences that move the cursor,
// rewrite earlier lines or the clipboard, and direction overrides that make `gpj.exe` read as `exe.jpg`.
// Here they become visible (`\u{1b}`) and harmless; everything else, in any script, stays as it is.
#pragma once

#include <string>
#include <string_view>

namespace candour::cli {

// One line: line feeds and tabs are made visible too.
std::string visible_line(std::string_view untrusted);

// Several lines: line feeds stay, each line starts with `indent`.
std::string visible_text(std::string_view untrusted, std::string_view indent);

}  // namespace candour::cli
