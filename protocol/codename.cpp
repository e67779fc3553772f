// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/codename.h"

#include <algorithm>
#include <array>
#include <span>

#include "crypto/core/bytes.h"
#include "crypto/core/random.h"
#include "protocol/words.h"

namespace candour {
namespace {

SecretBytes join(std::span<const std::string_view, codename_words_total> words) {
  std::size_t size = words.size() - 1;
  for (const auto word : words) size += word.size();
  SecretBytes text(size);
  auto out = text.writable().begin();
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i != 0) *out++ = ' ';
    out = std::ranges::copy(words[i], out).out;
  }
  return text;
}

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

}  // namespace

Codename Codename::make_random() {
  std::array<std::string_view, codename_words_total> words;
  for (auto& word : words) word = word_list()[random_below(words_total)];
  return Codename(join(words));
}

Result<Codename> Codename::parse(std::string_view typed) {
  std::array<std::string_view, codename_words_total> words;
  std::size_t count = 0;
  while (true) {
    const auto begin = std::ranges::find_if_not(typed, is_space);
    typed.remove_prefix(static_cast<std::size_t>(begin - typed.begin()));
    if (typed.empty()) break;
    const auto end = static_cast<std::size_t>(std::ranges::find_if(typed, is_space) - typed.begin());
    if (count == codename_words_total)
      return fail(Errc::malformed, "a codename has eight words: these are more");

    // No word of the list has more than nine letters; what was typed is secret, and is compared in wiped memory.
    Secret<16> lower;
    if (end > lower.reveal().size())
      return fail(Errc::malformed, "a word is not in the list: check each word");
    std::ranges::transform(typed.substr(0, end), lower.writable().begin(), [](char c) {
      return static_cast<std::uint8_t>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    });
    const auto index = word_index(as_text(lower.reveal().first(end)));
    if (!index) return fail(Errc::malformed, "a word is not in the list: check each word");
    words[count++] = word_list()[*index];
    typed.remove_prefix(end);
  }
  if (count != codename_words_total)
    return fail(Errc::malformed, "a codename has eight words: some are missing");
  return Codename(join(words));
}

}  // namespace candour
