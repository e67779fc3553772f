// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/threshold_header.h"

#include <algorithm>
#include <bitset>
#include <charconv>
#include <string>

#include "crypto/core/encoding.h"
#include "crypto/core/labels.h"

namespace candour {
namespace {

constexpr Literal wrong_form = "The header of a report for several readers is not of its form.";

// Decimal, as it would be written.
Result<unsigned> parse_threshold(std::string_view text) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.front() == '0' || number < 2 ||
      number > key_shares_max)
    return fail(Errc::malformed, wrong_form);
  return number;
}

Result<ShareStanza> parse_share(const AgeStanza& stanza, ByteView commitment) {
  ShareStanza share;
  std::array<std::uint8_t, 1> x{};
  if (stanza.type() != label::share_stanza || stanza.arguments.size() != 3 ||
      stanza.body.size() != share.body.size() || !hex_decode_into(stanza.arguments[1], x) || x[0] == 0 ||
      !base64_raw_decode_into(stanza.arguments[2], share.encapsulation))
    return fail(Errc::malformed, wrong_form);
  share.x = x[0];
  std::ranges::copy(stanza.body, share.body.begin());
  std::ranges::copy(commitment, share.commitment.begin());
  return share;
}

}  // namespace

bool is_threshold_header(std::span<const AgeStanza> stanzas) {
  return !stanzas.empty() && stanzas.front().type() == label::threshold_stanza;
}

Result<ThresholdHeader> parse_threshold_header(std::span<const AgeStanza> stanzas) {
  if (!is_threshold_header(stanzas) || stanzas.front().arguments.size() != 2)
    return fail(Errc::malformed, wrong_form);
  const auto threshold = parse_threshold(stanzas.front().arguments[1]);
  if (!threshold) return fail(threshold);
  const ByteView commitments = stanzas.front().body;
  const auto rest = stanzas.subspan(1);
  if (rest.size() < *threshold || commitments.size() != rest.size() * sizeof(Digest))
    return fail(Errc::malformed, wrong_form);
  ThresholdHeader header{.threshold = *threshold, .shares = {}};
  std::bitset<key_share_x_max + 1> there;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    auto share = parse_share(rest[i], commitments.subspan(i * sizeof(Digest), sizeof(Digest)));
    if (!share) return fail(share);
    if (there.test(share->x)) return fail(Errc::malformed, wrong_form);
    there.set(share->x);
    header.shares.push_back(*share);
  }
  return header;
}

std::vector<AgeStanza> encode_threshold_header(const ThresholdHeader& header) {
  Bytes commitments;
  for (const ShareStanza& share : header.shares) append(commitments, share.commitment);
  std::vector<AgeStanza> stanzas;
  stanzas.push_back(
      {{std::string(label::threshold_stanza), std::to_string(header.threshold)}, std::move(commitments)});
  for (const ShareStanza& share : header.shares)
    stanzas.push_back({{std::string(label::share_stanza), hex_encode({&share.x, 1}),
                        base64_raw_encode(share.encapsulation)},
                       Bytes(share.body.begin(), share.body.end())});
  return stanzas;
}

Digest share_commitment(const KeyShare& share) {
  Sha256 hash;
  hash.update(as_bytes(label::share_commitment));
  hash.update({&share.x, 1});
  hash.update(share.y.reveal());
  return hash.finish();
}

}  // namespace candour
