// SPDX-License-Identifier: AGPL-3.0-or-later
// Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. Thread-safe.
#pragma once

#include <optional>
#include <string_view>

namespace candour {

bool is_valid_utf8(std::string_view text);

// Takes one code point off the front; nothing where the text is empty or not UTF-8 there.
std::optional<char32_t> take_code_point(std::string_view& text);

}  // namespace candour
