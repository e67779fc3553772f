// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/evidence/phrases.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "client-cli/evidence/fold_case.h"
#include "client-cli/terminal/visible.h"
#include "crypto/core/utf8.h"

namespace candour::cli {
namespace {

constexpr std::size_t phrases_max = 1000;
constexpr char32_t not_utf8 = 0x110000;  // and the byte: like nothing that is

bool is_blank(char32_t code) {
  return code == U' ' || (code >= 0x09 && code <= 0x0d) || code == 0x85 || code == 0xa0 || code == 0x1680 ||
         (code >= 0x2000 && code <= 0x200a) || code == 0x2028 || code == 0x2029 || code == 0x202f ||
         code == 0x205f || code == 0x3000;
}

// Marks of direction, joiners, soft hyphens: within a name they would hide it.
bool is_unseen(char32_t code) {
  return code == 0xad || code == 0x61c || code == 0x180e || (code >= 0x200b && code <= 0x200f) ||
         (code >= 0x202a && code <= 0x202e) || (code >= 0x2060 && code <= 0x206f) ||
         (code >= 0xfe00 && code <= 0xfe0f) || code == 0xfeff || (code >= 0xe0000 && code <= 0xe007f);
}

char32_t folded(char32_t code) {
  if (code == 0x2018 || code == 0x2019 || code == 0x2bc || code == 0x60 || code == 0xb4) return U'\'';
  if ((code >= 0x2010 && code <= 0x2015) || code == 0x2212) return U'-';
  return fold_case(code);
}

// A text as it is searched, and where each part of it stands in what was written.
struct Searched {
  struct Place {
    std::size_t begin, end;
  };
  std::u32string codes;
  std::vector<Place> places;
  explicit Searched(std::string_view text) {
    const std::string_view all = text;
    while (!text.empty()) {
      const std::size_t begin = all.size() - text.size();
      std::optional<char32_t> code = take_code_point(text);
      if (!code) {
        code = not_utf8 + static_cast<unsigned char>(text.front());
        text.remove_prefix(1);
      }
      add(*code, {begin, all.size() - text.size()});
    }
  }
  void add(char32_t code, Place place) {
    if (is_unseen(code)) return;
    if (is_blank(code)) {
      if (!codes.empty() && codes.back() == U' ') {
        places.back().end = place.end;
        return;
      }
      code = U' ';
    }
    codes.push_back(folded(code));
    places.push_back(place);
  }
};

// As it is looked for: no blank before or after it.
std::u32string folded_phrase(std::string_view typed) {
  const Searched searched(typed);
  const std::u32string_view codes = searched.codes;
  const auto first = std::min(codes.find_first_not_of(U' '), codes.size());
  const auto last = codes.find_last_not_of(U' ');
  return std::u32string(codes.substr(first, last == codes.npos ? 0 : last - first + 1));
}

}  // namespace

Outcome<Phrases> Phrases::parse(std::string_view lines) {
  if (!is_valid_utf8(lines))
    return fail_with(Errc::malformed,
                     "the words to strike out are not UTF-8. Save the file as plain text in UTF-8.");
  Phrases phrases;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    std::string_view line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
    Phrase phrase{std::string(line), folded_phrase(line), false};
    if (phrase.folded.empty())
      return fail_with(Errc::malformed,
                       fmt::format("\"{}\" has nothing in it that could be seen. Take this line out.",
                                   visible_line(phrase.typed)));
    if (phrases.phrases_.size() == phrases_max)
      return fail_with(Errc::too_large, "there are more than 1000 phrases to strike out. Give fewer.");
    phrases.phrases_.push_back(std::move(phrase));
  }
  if (phrases.phrases_.empty())
    return fail_with(Errc::malformed,
                     "there is nothing to strike out in it. Write one word or phrase a line.");
  return phrases;
}

std::string Phrases::strike(std::string_view text) {
  const Searched searched(text);
  std::vector<Searched::Place> struck;
  for (Phrase& phrase : phrases_) {
    for (std::size_t at = searched.codes.find(phrase.folded); at != std::u32string::npos;
         at = searched.codes.find(phrase.folded, at + 1)) {
      phrase.found = true;
      struck.push_back({searched.places[at].begin, searched.places[at + phrase.folded.size() - 1].end});
    }
  }
  std::ranges::sort(struck, {}, &Searched::Place::begin);
  std::string out;
  std::size_t done = 0;
  for (std::size_t i = 0; i < struck.size();) {
    std::size_t end = struck[i].end;
    const std::size_t begin = struck[i].begin;
    for (++i; i < struck.size() && struck[i].begin <= end; ++i) end = std::max(end, struck[i].end);
    out.append(text.substr(done, begin - done)).append(struck_out);
    done = end;
    ++passages_;
  }
  return out.append(text.substr(done));
}

std::vector<std::string> Phrases::never_found() const {
  std::vector<std::string> all;
  for (const Phrase& phrase : phrases_)
    if (!phrase.found) all.push_back(phrase.typed);
  return all;
}

}  // namespace candour::cli
