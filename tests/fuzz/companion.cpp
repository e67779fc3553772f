// SPDX-License-Identifier: AGPL-3.0-or-later
// Companions, unsigned and signed: what is accepted is written back byte for byte, and where two authors send the same slots, of which at
// most one of them can have a share, they are told of and nothing opens.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "crypto/core/init.h"
#include "crypto/sign/note.h"
#include "matching/match.h"
#include "protocol/manifest.h"

using namespace candour;
using namespace candour::matching;

namespace {

// The same text, as each of two authors would have signed it.
std::vector<VerifiedCompanion> sent_by_two(Companion companion) {
  static const sign::SigningKey authors[] = {sign::SigningKey::make_random(),
                                             sign::SigningKey::make_random()};
  std::vector<VerifiedCompanion> sent;
  for (const sign::SigningKey& author : authors) {
    companion.author = author.verify_key();
    const auto note = sign::sign_note(encode_companion(companion), author_key_name, author);
    auto verified = note ? verify_companion(*note) : fail(note);
    if (!verified) std::abort();
    sent.push_back(std::move(*verified));
  }
  return sent;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!init_crypto()) std::abort();
  const std::string_view text = as_text({data, size});
  static_cast<void>(verify_companion(text));
  const auto companion = parse_companion(text);
  if (!companion) return 0;
  if (encode_companion(*companion) != text) std::abort();
  static const CaseworkerId ada = CaseworkerId::parse("ada").value();
  const auto key = oprf::Element::parse(companion->evaluation_key);
  if (!key) return 0;
  // One polynomial has two shares only where somebody knows it: of one slot for two authors at most one is right.
  const auto result = match_companions(sent_by_two(*companion), {.caseworker = ada, .evaluation_key = *key});
  if (!result.matches.empty() || !result.opened.empty() || result.objected.empty()) std::abort();
  return 0;
}
