// SPDX-License-Identifier: AGPL-3.0-or-later
// A codename: eight words of the EFF large list, the only thing that a reporter must keep (docs/spec/keys.md
// "Codename and what follows from it"). Secret; held in wiped memory. Any eight words are a codename: there is
// no checksum, so that an invented one betrays nothing.
#pragma once

#include <span>
#include <string_view>
#include <utility>

#include "crypto/core/result.h"
#include "crypto/core/secret.h"

namespace candour {

inline constexpr std::size_t codename_words_total = 8;

class Codename {
 public:
  static Codename make_random();
  // Forgives case and white space. The caller wipes what was typed. Errc::malformed with the reason: a word that is
  // not in the list, or not eight of them.
  static Result<Codename> parse(std::string_view typed);

  // Eight words in lower case, one space between.
  std::string_view reveal() const {
    return {reinterpret_cast<const char*>(text_.reveal().data()), text_.size()};
  }

 private:
  explicit Codename(SecretBytes text) : text_(std::move(text)) {}
  SecretBytes text_;
};

}  // namespace candour
