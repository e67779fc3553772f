// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/terminal/typed_words.h"

#include <unistd.h>

#include "client-cli/files/read_file.h"
#include "client-cli/terminal/say.h"

namespace candour::cli {
namespace {

// More than fits, so that a text that is too long can be measured.
constexpr std::size_t typed_bytes_max = 1 << 20;

}  // namespace

std::string tidy_words(std::string_view typed) {
  std::string words;
  for (const char c : typed) {
    if (c == '\t') words += "    ";
    if (c != '\t' && c != '\r') words += c;
  }
  words.erase(words.find_last_not_of(" \n") + 1);
  words.erase(0, words.find_first_not_of('\n'));
  return words;
}

Outcome<std::string> typed_words(const std::string& given, const char* what) {
  if (!given.empty()) return tidy_words(given);
  if (isatty(STDIN_FILENO) != 0)
    put(stderr, fmt::format("Write your {}. End with Ctrl-D on a line of its own.\n", what));
  const auto text = read_secret(STDIN_FILENO, typed_bytes_max, standard_input);
  if (!text) return fail(text);
  return tidy_words(as_text(text->reveal()));
}

}  // namespace candour::cli
