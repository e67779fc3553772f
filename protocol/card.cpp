// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/card.h"

#include "crypto/core/labels.h"
#include "protocol/json.h"
#include "protocol/limits.h"

namespace candour {

std::string encode_card(const Card& card) {
  const json::Value value{json::Object{{"format", {std::string(label::card)}},
                                       {"id", {card.id.text()}},
                                       {"name", {card.name}},
                                       {"signing_key", {encode_note_verifier_key(card.signing_key)}},
                                       {"sealing_key", {card.sealing_key_note}}}};
  return json::encode(value, json::Layout::indented) + '\n';
}

Result<CheckedCard> parse_card(std::string_view text) {
  const auto value = json::parse(text, limits::card_bytes_max, limits::json_depth_max);
  if (!value) return fail(value);
  const auto fields = json::Fields::of(*value, "not a card: it must be a JSON object");
  if (!fields) return fail(fields);
  const auto format = fields->line("format", 100, "not a card: \"format\" is missing");
  if (!format) return fail(format);
  if (*format != label::card) return fail(Errc::unsupported, "not a card of a version that is known here");

  const auto id_text = fields->line("id", limits::id_bytes_max, "the card's \"id\" is missing or wrong");
  if (!id_text) return fail(id_text);
  auto id = CaseworkerId::parse(*id_text);
  if (!id) return fail(id);
  auto name = fields->line("name", limits::name_bytes_max, "the card's \"name\" is missing or wrong");
  if (!name) return fail(name);
  const auto key_text = fields->line("signing_key", 255, "the card's \"signing_key\" is missing or wrong");
  if (!key_text) return fail(key_text);
  auto key = parse_note_verifier_key(*key_text);
  if (!key) return fail(key);
  if (key->name != id->key_name())
    return fail(Errc::malformed, "the card's signing key is not named after its id");

  const json::Value* note = fields->find("sealing_key");
  if (note == nullptr || note->text() == nullptr) {
    return fail(Errc::malformed, "the card's \"sealing_key\" is missing or wrong");
  }
  auto sealing_key = verify_sealing_key(*note->text(), *key);
  if (!sealing_key) return fail(sealing_key);
  return CheckedCard{Card{std::move(*id), std::move(*name), std::move(*key), *note->text()},
                     std::move(*sealing_key)};
}

}  // namespace candour
