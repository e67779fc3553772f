// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/sealing_key_note.h"

#include <array>
#include <cstdint>
#include <span>
#include <utility>

#include "crypto/core/bech32.h"
#include "crypto/core/labels.h"
#include "protocol/limits.h"
#include "protocol/lines.h"

namespace candour {
namespace {

constexpr std::size_t recipient_bytes = 1216;  // X-Wing public key

Result<SealingKey> parse_sealing_key(std::string_view text) {
  Lines lines(text);
  if (!lines.take(label::sealing_key))
    return fail(Errc::malformed, "this note does not certify a sealing key");
  const auto caseworker = lines.field("caseworker");
  const auto recipient = lines.field("recipient");
  const auto from = lines.field("from");
  const auto until = lines.field("until");
  if (!caseworker || !recipient || !from || !until || !lines.at_end()) {
    return fail(Errc::malformed, "a sealing key note has the lines caseworker, recipient, from, until");
  }
  auto id = CaseworkerId::parse(*caseworker);
  if (!id) return fail(id);
  if (!is_post_quantum_recipient(*recipient)) {
    return fail(Errc::malformed, "the recipient of a sealing key note is not an age1pq1 recipient");
  }
  const auto first = Day::parse(*from);
  const auto last = Day::parse(*until);
  if (!first) return fail(first);
  if (!last) return fail(last);
  if (*last < *first) return fail(Errc::malformed, "a sealing key ends before it begins");
  return SealingKey{std::move(*id), std::string(*recipient), *first, *last};
}

// FIPS 203, 7.2: every 12-bit coefficient of an ML-KEM key is below q. Nobody can seal to a key that breaks this, so
// one such card would shut a desk.
bool is_reduced(std::span<const std::uint8_t, recipient_bytes> key) {
  constexpr std::size_t coefficients_bytes = 1152;
  constexpr unsigned q = 3329;
  for (std::size_t at = 0; at < coefficients_bytes; at += 3) {
    const unsigned low = key[at] | ((key[at + 1] & 0x0FU) << 8U);
    const unsigned high = (key[at + 1] >> 4U) | (static_cast<unsigned>(key[at + 2]) << 4U);
    if (low >= q || high >= q) return false;
  }
  return true;
}

}  // namespace

bool is_post_quantum_recipient(std::string_view text) {
  // Upper-case bech32 is the same key in another text; only the form that age prints is accepted.
  if (!text.starts_with("age1pq1")) return false;
  std::array<std::uint8_t, recipient_bytes> key{};
  return bech32_decode_into(text, "age1pq", key).has_value() && is_reduced(key);
}

std::string encode_sealing_key(const SealingKey& key) {
  return std::string(label::sealing_key) + "\ncaseworker " + key.caseworker.text() + "\nrecipient " +
         key.recipient + "\nfrom " + key.from.encode() + "\nuntil " + key.until.encode() + '\n';
}

Result<SealingKey> verify_sealing_key(std::string_view note, const NoteVerifierKey& signing_key) {
  if (note.size() > limits::small_note_bytes_max)
    return fail(Errc::too_large, "the sealing key note is too long");
  const auto owner = CaseworkerId::from_key_name(signing_key.name);
  if (!owner) return fail(owner);
  const auto verified = verify_note(note, {&signing_key, 1});
  if (!verified) return fail(verified);
  auto key = parse_sealing_key(verified->text());
  if (key && key->caseworker != *owner) {
    return fail(Errc::not_authentic, "the sealing key is certified for another caseworker");
  }
  return key;
}

}  // namespace candour
