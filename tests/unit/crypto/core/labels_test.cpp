// SPDX-License-Identifier: AGPL-3.0-or-later
// The labels are written down three times; this compares them all, so that no client derives another key.
#include "crypto/core/labels.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

namespace {

std::set<std::string> labels_in(const std::string& path, const std::regex& form) {
  std::ifstream file(std::string(CANDOUR_SOURCE_DIR) + path);
  REQUIRE(file);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::set<std::string> labels;
  for (std::sregex_iterator it(text.begin(), text.end(), form), end; it != end; ++it) {
    INFO((*it)[1].str());
    CHECK(labels.insert((*it)[1].str()).second);
  }
  return labels;
}

}  // namespace

TEST_CASE("Specification, C++ and TypeScript have the same labels, each once") {
  const auto spec = labels_in("/docs/spec/labels.md", std::regex("\\| `(candour/v1/[a-z/-]+)` \\|"));
  const auto here = labels_in("/crypto/core/labels.h", std::regex("= \"(candour/v1/[a-z/-]+)\""));
  const auto browser =
      labels_in("/client-web/src/protocol/labels.ts", std::regex("[\"'`](candour/v1/[a-z/-]+)[\"'`]"));
  CHECK(spec.size() > 15);
  CHECK(here == spec);
  CHECK(browser == spec);
}
