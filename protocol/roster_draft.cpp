// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/roster_draft.h"

#include <algorithm>

#include "crypto/core/labels.h"
#include "protocol/json.h"
#include "protocol/limits.h"
#include "protocol/roster_read.h"
#include "protocol/roster_words.h"

namespace candour {
namespace {

json::Value encode_desks(const Roster& roster) {
  json::Array desks;
  for (const Desk& desk : roster.desks) {
    desks.push_back({json::Object{{"id", {desk.id.text()}},
                                  {"name", {desk.name}},
                                  {"description", {desk.description}},
                                  {"threshold", json::number(desk.threshold)}}});
  }
  return {std::move(desks)};
}

json::Value encode_caseworkers(const Roster& roster) {
  json::Array caseworkers;
  for (const Caseworker& caseworker : roster.caseworkers) {
    json::Array desks;
    for (const DeskId& desk : caseworker.desks) desks.push_back({desk.text()});
    caseworkers.push_back({json::Object{{"id", {caseworker.id.text()}},
                                        {"name", {caseworker.name}},
                                        {"desks", {std::move(desks)}},
                                        {"signing_key", {encode_note_verifier_key(caseworker.signing_key)}},
                                        {"sealing_key", {caseworker.sealing_key_note}},
                                        {"revoked", {caseworker.revoked}}}});
  }
  return {std::move(caseworkers)};
}

json::Value encode_helplines(const Roster& roster) {
  json::Array helplines;
  for (const Helpline& helpline : roster.helplines) {
    helplines.push_back(
        {json::Object{{"name", {helpline.name}}, {"phone", {helpline.phone}}, {"hours", {helpline.hours}}}});
  }
  return {std::move(helplines)};
}

}  // namespace

Result<Roster> parse_roster_draft(std::string_view json) { return read_roster(json, RosterKind::draft); }

std::string encode_roster(const Roster& roster) {
  auto form = json::parse(roster.form_json, limits::form_bytes_max, limits::json_depth_max);
  json::Object object{
      {"format", {std::string(label::roster)}},
      {"service", {roster.service}},
      {"public_name", {roster.public_name}},
      {"version", json::number(roster.version)},
      {"valid_from", {roster.valid_from.encode()}},
      {"valid_until", {roster.valid_until.encode()}},
      {"places", json::number(roster.places)},
      {"desks", encode_desks(roster)},
      {"caseworkers", encode_caseworkers(roster)},
      {"receipt_key", {encode_note_verifier_key(roster.receipt_key)}},
      {"form", form ? std::move(*form) : json::Value{nullptr}},
      {"policy",
       {json::Object{
           {"attachments_max", json::number(roster.policy.attachments_max)},
           {"attachments_bytes_max", json::number(roster.policy.attachments_bytes_max)},
           {"retention_days", json::number(static_cast<std::uint64_t>(roster.policy.retention_days))},
           {"retention_spread_days",
            json::number(static_cast<std::uint64_t>(roster.policy.retention_spread_days))}}}},
      {"helplines", encode_helplines(roster)}};
  encode_roster_words(roster.words, object);
  if (roster.matching) object.push_back({"matching", encode_roster_matching(*roster.matching)});
  return json::encode({std::move(object)}, json::Layout::indented) + '\n';
}

Result<> check_roster(const Roster& roster) {
  const auto parsed = parse_roster(encode_roster(roster));
  if (!parsed) return fail(parsed);
  return {};
}

Result<> fit_places(Roster& roster) {
  for (const Desk& desk : roster.desks) {
    const std::size_t size = roster.desk_size(desk.id);
    if (size > limits::places_max)
      return fail(Errc::refused, "a desk has more than 32 caseworkers: divide it");
    roster.places = std::max(roster.places, size);
  }
  if (roster.matching) roster.places = std::max(roster.places, roster.matching->group.size());
  return {};
}

}  // namespace candour
