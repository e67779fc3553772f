// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/fingerprint.h"

#include <algorithm>

#include "crypto/core/hash.h"
#include "crypto/core/labels.h"
#include "protocol/words.h"

namespace candour {

std::array<std::string_view, 8> fingerprint_words(std::string_view text) {
  Sha256 hash;
  hash.update(as_bytes(label::fingerprint));
  hash.update(as_bytes(text));
  const Digest digest = hash.finish();

  // Long division of the 13-byte big-endian number by 7776, eight times: the remainders are the digits.
  std::array<std::uint8_t, 13> number{};
  std::copy_n(digest.begin(), number.size(), number.begin());
  std::array<std::string_view, 8> words;
  for (auto word = words.rbegin(); word != words.rend(); ++word) {
    std::size_t remainder = 0;
    for (auto& byte : number) {
      const std::size_t part = remainder * 256 + byte;
      byte = static_cast<std::uint8_t>(part / words_total);
      remainder = part % words_total;
    }
    *word = word_list()[remainder];
  }
  return words;
}

std::string fingerprint(std::string_view text) {
  std::string joined;
  for (const auto word : fingerprint_words(text)) {
    if (!joined.empty()) joined += ' ';
    joined += word;
  }
  return joined;
}

}  // namespace candour
