// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/age_recipient.h"

#include <algorithm>

#include "crypto/core/bech32.h"

namespace candour {
namespace {

constexpr std::string_view hybrid_hrp = "age1pq";
constexpr std::string_view x25519_hrp = "age";

// Upper case would be valid bech32, but then one key had two texts, and a comparison of texts could be
// fooled.
bool has_upper_case(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

template <class Recipient>
Result<Recipient> parse(std::string_view text, std::string_view hrp) {
  if (has_upper_case(text))
    return fail(Errc::malformed, "A recipient is written in lower case. Copy it again, without changes.");
  Recipient recipient;
  if (auto done = bech32_decode_into(text, hrp, recipient.bytes); !done) return fail(done);
  return recipient;
}

}  // namespace

Result<HybridRecipient> parse_hybrid_recipient(std::string_view text) {
  return parse<HybridRecipient>(text, hybrid_hrp);
}
Result<X25519Recipient> parse_x25519_recipient(std::string_view text) {
  return parse<X25519Recipient>(text, x25519_hrp);
}
std::string encode_recipient(const HybridRecipient& recipient) {
  return bech32_encode(hybrid_hrp, recipient.bytes);
}
std::string encode_recipient(const X25519Recipient& recipient) {
  return bech32_encode(x25519_hrp, recipient.bytes);
}

}  // namespace candour
