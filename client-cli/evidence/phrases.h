// SPDX-License-Identifier: AGPL-3.0-or-later
// Words and phrases that are struck out of a text before it is handed on (docs/spec/evidence.md "A redacted page"). Found without regard to
// case (fold_case.h), to how wide a blank is or whether a line ends there, to which hyphen or apostrophe was typed, and to marks that nobody
// sees. Each stands for itself wherever it is, within a word, too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client-cli/outcome.h"

namespace candour::cli {

// What stands in the place of whatever was struck out: always of one width, so that it does not tell how long that was.
inline constexpr std::string_view struck_out = "\u2588\u2588\u2588\u2588\u2588";

class Phrases {
 public:
  // One a line; empty lines are passed over. Refused where there is none, or one that nothing is left of.
  static Outcome<Phrases> parse(std::string_view lines);

  // `text` without them.
  std::string strike(std::string_view text);
  // How many were struck out so far.
  std::size_t passages() const { return passages_; }
  // As they were typed.
  std::vector<std::string> never_found() const;

 private:
  struct Phrase {
    std::string typed;
    std::u32string folded;
    bool found = false;
  };
  std::vector<Phrase> phrases_;
  std::size_t passages_ = 0;
};

}  // namespace candour::cli
