// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/cases/case_search.h"

#include <algorithm>

namespace candour::cli {
namespace {

std::string in_lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

}  // namespace

std::vector<std::string> words_to_find(std::string_view text) {
  std::vector<std::string> words;
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    if (text.empty()) return words;
    const std::size_t end = std::min(text.find(' '), text.size());
    words.push_back(in_lower_case(text.substr(0, end)));
    text.remove_prefix(end);
  }
}

void strike_out(std::vector<std::string>& words, std::string_view text) {
  if (words.empty()) return;
  const std::string lower = in_lower_case(text);
  std::erase_if(words, [&](const std::string& word) { return lower.contains(word); });
}

void strike_out(std::vector<std::string>& words, const CaseFile& one) {
  strike_out(words, one.id.encode());
  strike_out(words, one.accused());
  for (const std::string& label : one.state.labels) strike_out(words, label);
  for (const auto& [name, day] : one.state.deadlines) strike_out(words, name);
  for (const KnownReport* report : one.reports) {
    strike_out(words, report->id.encode());
    if (report->by_author)
      for (const auto& [identifier, value] : report->by_author->accused) strike_out(words, value);
  }
  for (const VerifiedEvent* event : one.state.timeline)
    if (const auto* note = std::get_if<event::Note>(&(*event)->body)) strike_out(words, note->text);
}

}  // namespace candour::cli
