// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/roster_matching.h"

#include <algorithm>
#include <string>

#include "crypto/core/encoding.h"
#include "crypto/core/labels.h"
#include "protocol/contains.h"
#include "protocol/limits.h"

namespace candour {
namespace {

using json::Fields;

Result<std::array<std::uint8_t, 32>> read_32_bytes(const Fields& fields, std::string_view name,
                                                   Literal otherwise) {
  constexpr std::size_t text_bytes = 44;
  const auto text = fields.line(name, text_bytes, otherwise);
  if (!text) return fail(text);
  std::array<std::uint8_t, 32> bytes{};
  if (!base64_decode_into(*text, bytes)) return fail(Errc::malformed, otherwise);
  return bytes;
}

Result<KeyHolder> read_holder(const json::Value& value) {
  const auto fields = Fields::of(value, "roster: one of \"holders\" is no object");
  if (!fields) return fail(fields);
  constexpr Literal number_message = "roster: a holder's \"number\" is one from 1 to 16";
  const auto number = fields->whole("number", number_message);
  if (!number) return fail(number);
  if (*number < 1 || *number > limits::key_holders_max) return fail(Errc::malformed, number_message);
  const auto share =
      read_32_bytes(*fields, "public_share", "roster: a holder's \"public_share\" is missing or wrong");
  if (!share) return fail(share);
  const auto access = read_32_bytes(*fields, "access", "roster: a holder's \"access\" is missing or wrong");
  if (!access) return fail(access);
  return KeyHolder{.number = static_cast<std::uint8_t>(*number), .public_share = *share, .access = *access};
}

Result<std::vector<CaseworkerId>> read_group(const Fields& fields) {
  constexpr Literal message = "roster: \"group\" is a list of 1 to 32 caseworkers, sorted, none twice";
  const auto array = fields.array("group", limits::places_max, message);
  if (!array) return fail(array);
  std::vector<CaseworkerId> group;
  for (const json::Value& item : **array) {
    if (item.text() == nullptr) return fail(Errc::malformed, message);
    auto id = CaseworkerId::parse(*item.text());
    if (!id || (!group.empty() && !(group.back() < *id))) return fail(Errc::malformed, message);
    group.push_back(std::move(*id));
  }
  if (group.empty()) return fail(Errc::malformed, message);
  return group;
}

Result<RosterMatching> read_keys(const Fields& fields) {
  RosterMatching matching;
  const auto key =
      read_32_bytes(fields, "public_key", "roster: matching's \"public_key\" is missing or wrong");
  if (!key) return fail(key);
  matching.public_key = *key;
  constexpr Literal holders_message =
      "roster: \"holders\" is a list of 1 to 16 by their numbers, none twice, each with a key of its own";
  const auto array = fields.array("holders", limits::key_holders_max, holders_message);
  if (!array) return fail(array);
  for (const json::Value& item : **array) {
    auto holder = read_holder(item);
    if (!holder) return fail(holder);
    const auto same = [&](const KeyHolder& other) {
      return other.public_share == holder->public_share || other.access == holder->access;
    };
    if (!matching.holders.empty() && matching.holders.back().number >= holder->number)
      return fail(Errc::malformed, holders_message);
    if (std::ranges::any_of(matching.holders, same)) return fail(Errc::malformed, holders_message);
    matching.holders.push_back(*holder);
  }
  if (matching.holders.empty()) return fail(Errc::malformed, holders_message);
  constexpr Literal threshold_message =
      "roster: matching's \"threshold\" is a number from 1 to that of its holders";
  const auto threshold = fields.whole("threshold", threshold_message);
  if (!threshold) return fail(threshold);
  if (*threshold < 1 || *threshold > matching.holders.size()) return fail(Errc::malformed, threshold_message);
  matching.threshold = static_cast<unsigned>(*threshold);
  return matching;
}

json::Object encode_keys(const RosterMatching& matching) {
  json::Array holders;
  for (const KeyHolder& holder : matching.holders) {
    holders.push_back({json::Object{{"number", json::number(holder.number)},
                                    {"public_share", {base64_encode(holder.public_share)}},
                                    {"access", {base64_encode(holder.access)}}}});
  }
  return {{"public_key", {base64_encode(matching.public_key)}},
          {"threshold", json::number(matching.threshold)},
          {"holders", {std::move(holders)}}};
}

}  // namespace

Digest holder_access(const Secret<32>& token) {
  Sha256 hash;
  hash.update(as_bytes(label::holder_access));
  hash.update(token.reveal());
  return hash.finish();
}

Result<RosterMatching> read_roster_matching(const json::Value& value) {
  const auto fields = Fields::of(value, "roster: \"matching\" is not an object");
  if (!fields) return fail(fields);
  auto matching = read_keys(*fields);
  if (!matching) return fail(matching);
  auto group = read_group(*fields);
  if (!group) return fail(group);
  matching->group = std::move(*group);
  return matching;
}

json::Value encode_roster_matching(const RosterMatching& matching) {
  json::Array group;
  for (const CaseworkerId& id : matching.group) group.push_back({id.text()});
  json::Object object{{"group", {std::move(group)}}};
  std::ranges::move(encode_keys(matching), std::back_inserter(object));
  return {std::move(object)};
}

Result<RosterMatching> parse_holder_list(std::string_view text) {
  const auto value = json::parse(text, limits::holder_list_bytes_max, limits::json_depth_max);
  if (!value) return fail(value);
  const auto fields = Fields::of(*value, "a list of key holders is a JSON object");
  if (!fields) return fail(fields);
  return read_keys(*fields);
}

std::string encode_holder_list(const RosterMatching& matching) {
  return json::encode({encode_keys(matching)}, json::Layout::indented) + '\n';
}

}  // namespace candour
