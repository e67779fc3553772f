// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/shared_key.h"

#include <algorithm>

#include "crypto/core/encoding.h"
#include "crypto/open/shares.h"

namespace candour::cli {
namespace {

constexpr Literal damaged = "a record of a shared key is not of its form";

Result<SharedKey::Own> parse_own(const json::Value& value) {
  const auto fields = json::Fields::of(value, damaged);
  if (!fields) return candour::fail(fields);
  const auto x = fields->whole("x", damaged);
  const auto share = fields->line("share", 24, damaged);
  const auto audience = fields->line("audience", 64, damaged);
  SharedKey::Own own;
  if (!x || *x < 1 || *x > key_share_x_max || !share || !audience || !base64_decode_into(*share, own.share) ||
      !hex_decode_into(*audience, own.audience_sha256))
    return candour::fail(Errc::malformed, damaged);
  own.x = static_cast<std::uint8_t>(*x);
  return own;
}

}  // namespace

bool SharedKey::is_share(std::uint8_t x, const std::array<std::uint8_t, 16>& share) const {
  const auto at = commitments.find(x);
  return at != commitments.end() && at->second == share_commitment({x, FileKey::copy_of(share)});
}

Result<std::optional<SharedKey>> read_shared_key(ByteView beginning,
                                                 std::span<const open::Identity> identities) {
  const auto header = parse_age_header(beginning);
  if (!header || !*header || !is_threshold_header((*header)->stanzas)) return std::nullopt;
  const auto together = parse_threshold_header((*header)->stanzas);
  if (!together) return candour::fail(together);
  SharedKey key{.needs = together->threshold,
                .header_sha256 = sha256(beginning.first((*header)->size_bytes)),
                .commitments = {},
                .own = {}};
  for (const ShareStanza& stanza : together->shares) key.commitments[stanza.x] = stanza.commitment;
  const auto own = open::unwrap_share(identities, *together);
  if (!own) return candour::fail(own);
  if (*own) {
    key.own = SharedKey::Own{(*own)->share.x, {}, (*own)->audience_sha256};
    std::ranges::copy((*own)->share.y.reveal(), key.own->share.begin());
  }
  return key;
}

json::Object to_json(const SharedKey& key) {
  json::Array commitments;
  for (const auto& [x, commitment] : key.commitments)
    commitments.push_back(
        json::Value{json::Object{{"x", json::number(x)}, {"sha256", {hex_encode(commitment)}}}});
  json::Object object{{"needs", json::number(key.needs)},
                      {"header", {hex_encode(key.header_sha256)}},
                      {"commitments", json::Value{std::move(commitments)}}};
  if (key.own)
    object.push_back(
        {"own", json::Value{json::Object{{"x", json::number(key.own->x)},
                                         {"share", {base64_encode(key.own->share)}},
                                         {"audience", {hex_encode(key.own->audience_sha256)}}}}});
  return object;
}

Result<SharedKey> parse_shared_key(const json::Value& value) {
  const auto fields = json::Fields::of(value, damaged);
  if (!fields) return candour::fail(fields);
  const auto needs = fields->whole("needs", damaged);
  const auto header = fields->line("header", 64, damaged);
  const auto list = fields->array("commitments", key_share_x_max, damaged);
  SharedKey key;
  if (!needs || *needs < 2 || *needs > key_shares_max || !header || !list ||
      !hex_decode_into(*header, key.header_sha256))
    return candour::fail(Errc::malformed, damaged);
  key.needs = static_cast<unsigned>(*needs);
  for (const json::Value& one : **list) {
    const auto entry = json::Fields::of(one, damaged);
    const auto x = entry ? entry->whole("x", damaged) : Result<std::uint64_t>(candour::fail(entry));
    const auto hex = entry ? entry->line("sha256", 64, damaged) : Result<std::string>(candour::fail(entry));
    Digest commitment{};
    if (!x || *x < 1 || *x > key_share_x_max || !hex || !hex_decode_into(*hex, commitment))
      return candour::fail(Errc::malformed, damaged);
    key.commitments[static_cast<std::uint8_t>(*x)] = commitment;
  }
  if (const json::Value* own = fields->find("own")) {
    auto hers = parse_own(*own);
    if (!hers) return candour::fail(hers);
    key.own = *std::move(hers);
  }
  return key;
}

}  // namespace candour::cli
