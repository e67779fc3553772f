// SPDX-License-Identifier: AGPL-3.0-or-later
// identifier_driver: protocol/identifier as a program, for the test that sets it against the page's.
// Each line of stdin is a JSON array, the kind and then a text for each field; each line of stdout what became of it: the bytes
// with a tab for every line feed, or the field and why it was refused.
#include <fmt/core.h>

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "protocol/identifier.h"
#include "protocol/json.h"

using namespace candour;

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const auto value = json::parse(line, 1 << 20, 2);
    if (!value) return 1;
    std::vector<std::string> typed;
    for (const auto& text : *value->array()) typed.push_back(*text.text());
    const auto kind = identifier_kind(typed.front());
    if (!kind) return 1;
    typed.erase(typed.begin());
    const auto identifier = Identifier::normalise(*kind, typed);
    if (!identifier) {
      fmt::print("{} {}\n", identifier.error().field, name_of(identifier.error().fault));
      continue;
    }
    auto text = identifier->encode();
    std::ranges::replace(text, '\n', '\t');
    fmt::print("{}\n", text);
  }
}
