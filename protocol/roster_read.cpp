// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/roster_read.h"

#include <algorithm>

#include "crypto/core/labels.h"
#include "protocol/contains.h"
#include "protocol/form_read.h"
#include "protocol/json.h"
#include "protocol/limits.h"
#include "protocol/roster_words.h"

namespace candour {
namespace {

using json::Fields;

Result<Desk> read_desk(const json::Value& value) {
  const auto fields = Fields::of(value, "roster: a desk is an object");
  if (!fields) return fail(fields);
  const auto id_text =
      fields->line("id", limits::id_bytes_max, "roster: a desk's \"id\" is missing or wrong");
  if (!id_text) return fail(id_text);
  auto id = DeskId::parse(*id_text);
  if (!id) return fail(id);
  auto name = fields->line("name", limits::name_bytes_max, "roster: a desk's \"name\" is missing or wrong");
  if (!name) return fail(name);
  auto text = fields->line_or_empty("description", limits::text_bytes_max,
                                    "roster: a desk's \"description\" must be one line of text");
  if (!text) return fail(text);
  constexpr Literal threshold_message = "roster: a desk's \"threshold\" is missing or wrong";
  const auto threshold = fields->whole("threshold", threshold_message);
  if (!threshold) return fail(threshold);
  if (*threshold < 1 || *threshold > limits::places_max) return fail(Errc::malformed, threshold_message);
  return Desk{std::move(*id), std::move(*name), std::move(*text), static_cast<unsigned>(*threshold)};
}

Result<std::vector<DeskId>> read_desk_ids(const Fields& caseworker, const Roster& roster) {
  const auto array =
      caseworker.array("desks", limits::desks_max, "roster: a caseworker's \"desks\" is a list of ids");
  if (!array) return fail(array);
  std::vector<DeskId> ids;
  for (const auto& item : **array) {
    if (item.text() == nullptr)
      return fail(Errc::malformed, "roster: a caseworker's \"desks\" is a list of ids");
    auto id = DeskId::parse(*item.text());
    if (!id) return fail(id);
    if (roster.find(*id) == nullptr)
      return fail(Errc::malformed, "roster: a caseworker is at a desk that is not there");
    if (contains(ids, *id)) return fail(Errc::malformed, "roster: a caseworker's \"desks\" names one twice");
    ids.push_back(std::move(*id));
  }
  return ids;
}

Result<Caseworker> read_caseworker(const json::Value& value, const Roster& roster) {
  const auto fields = Fields::of(value, "roster: a caseworker is an object");
  if (!fields) return fail(fields);
  const auto id_text =
      fields->line("id", limits::id_bytes_max, "roster: a caseworker's \"id\" is missing or wrong");
  if (!id_text) return fail(id_text);
  auto id = CaseworkerId::parse(*id_text);
  if (!id) return fail(id);
  auto name =
      fields->line("name", limits::name_bytes_max, "roster: a caseworker's \"name\" is missing or wrong");
  if (!name) return fail(name);
  auto desks = read_desk_ids(*fields, roster);
  if (!desks) return fail(desks);
  const auto key_text =
      fields->line("signing_key", 255, "roster: a caseworker's \"signing_key\" is missing or wrong");
  if (!key_text) return fail(key_text);
  auto key = parse_note_verifier_key(*key_text);
  if (!key) return fail(key);
  if (key->name != id->key_name()) {
    return fail(Errc::malformed, "roster: a caseworker's \"signing_key\" is not named after her id");
  }
  const auto* note = fields->find("sealing_key");
  if (note == nullptr || note->text() == nullptr || note->text()->size() > limits::small_note_bytes_max) {
    return fail(Errc::malformed, "roster: a caseworker's \"sealing_key\" is missing or wrong");
  }
  const auto revoked = fields->boolean("revoked", "roster: a caseworker's \"revoked\" must be true or false");
  if (!revoked) return fail(revoked);
  // A wrong note does not stop the service for everybody else: this caseworker receives nothing.
  std::optional<SealingKey> sealing_key;
  if (auto verified = verify_sealing_key(*note->text(), *key)) sealing_key = std::move(*verified);
  return Caseworker{std::move(*id), std::move(*name), std::move(*desks),     std::move(*key),
                    *note->text(),  *revoked,         std::move(sealing_key)};
}

Result<> read_people(const Fields& fields, Roster& roster) {
  const auto desks = fields.array("desks", limits::desks_max, "roster: \"desks\" is a list of up to 32");
  if (!desks) return fail(desks);
  for (const auto& item : **desks) {
    auto desk = read_desk(item);
    if (!desk) return fail(desk);
    if (roster.find(desk->id) != nullptr)
      return fail(Errc::malformed, "roster: two desks have the same \"id\"");
    roster.desks.push_back(std::move(*desk));
  }
  const auto caseworkers =
      fields.array("caseworkers", limits::caseworkers_max, "roster: \"caseworkers\" is a list of up to 512");
  if (!caseworkers) return fail(caseworkers);
  for (const auto& item : **caseworkers) {
    auto caseworker = read_caseworker(item, roster);
    if (!caseworker) return fail(caseworker);
    if (roster.find(caseworker->id) != nullptr) {
      return fail(Errc::malformed, "roster: two caseworkers have the same \"id\"");
    }
    // Two ids with one key would be one person who counts twice.
    const auto same_key = [&](const Caseworker& other) {
      return other.signing_key.key == caseworker->signing_key.key;
    };
    if (std::ranges::any_of(roster.caseworkers, same_key)) {
      return fail(Errc::malformed, "roster: two caseworkers have the same \"signing_key\"");
    }
    roster.caseworkers.push_back(std::move(*caseworker));
  }
  return {};
}

// A number of days that may be left out: then `days` stays as it is.
Result<> read_days(const Fields& fields, std::string_view name, std::int32_t least, std::int32_t most,
                   Literal otherwise, std::int32_t& days) {
  if (fields.find(name) == nullptr) return {};
  const auto number = fields.whole(name, otherwise);
  if (!number) return fail(number);
  if (*number < static_cast<std::uint64_t>(least) || *number > static_cast<std::uint64_t>(most))
    return fail(Errc::malformed, otherwise);
  days = static_cast<std::int32_t>(*number);
  return {};
}

Result<Policy> read_policy(const json::Value* value) {
  const auto fields = Fields::of(value, "roster: \"policy\" is missing or wrong");
  if (!fields) return fail(fields);
  constexpr Literal count_message = "roster: \"attachments_max\" is a number up to 999";
  const auto count = fields->whole("attachments_max", count_message);
  if (!count) return fail(count);
  if (*count > limits::attachments_max) return fail(Errc::malformed, count_message);
  constexpr Literal bytes_message = "roster: \"attachments_bytes_max\" is a number of bytes, up to 8 GiB - 1";
  const auto bytes = fields->whole("attachments_bytes_max", bytes_message);
  if (!bytes) return fail(bytes);
  if (*bytes > limits::member_bytes_max) return fail(Errc::malformed, bytes_message);
  Policy policy{.attachments_max = *count, .attachments_bytes_max = *bytes};
  constexpr Literal days_message = "roster: \"retention_days\" is a number from 90 to 36500";
  if (auto read = read_days(*fields, "retention_days", limits::retention_days_min, limits::retention_days_max,
                            days_message, policy.retention_days);
      !read)
    return fail(read);
  constexpr Literal spread_message = "roster: \"retention_spread_days\" is a number up to 365";
  if (auto read = read_days(*fields, "retention_spread_days", 0, limits::retention_spread_days_max,
                            spread_message, policy.retention_spread_days);
      !read)
    return fail(read);
  return policy;
}

Result<std::vector<Helpline>> read_helplines(const Fields& fields) {
  const auto array =
      fields.array("helplines", limits::helplines_max, "roster: \"helplines\" is a list of up to 32");
  if (!array) return fail(array);
  std::vector<Helpline> helplines;
  for (const auto& item : **array) {
    const auto line = Fields::of(item, "roster: a helpline is an object");
    if (!line) return fail(line);
    auto name =
        line->line("name", limits::name_bytes_max, "roster: a helpline's \"name\" is missing or wrong");
    if (!name) return fail(name);
    auto phone =
        line->line("phone", limits::name_bytes_max, "roster: a helpline's \"phone\" is missing or wrong");
    if (!phone) return fail(phone);
    auto hours =
        line->line_or_empty("hours", limits::name_bytes_max, "roster: a helpline's \"hours\" is wrong");
    if (!hours) return fail(hours);
    helplines.push_back({std::move(*name), std::move(*phone), std::move(*hours)});
  }
  return helplines;
}

Result<Day> read_day(const Fields& fields, std::string_view name, RosterKind kind, Literal otherwise) {
  if (kind == RosterKind::draft && fields.find(name) == nullptr) return Day{};
  const auto text = fields.line(name, 10, otherwise);
  if (!text) return fail(text);
  const auto day = Day::parse(*text);
  if (!day) return fail(Errc::malformed, otherwise);
  return *day;
}

Result<> read_numbers_and_days(const Fields& fields, RosterKind kind, Roster& roster) {
  const bool draft = kind == RosterKind::draft;
  if (!draft || fields.find("version") != nullptr) {
    const auto version = fields.whole("version", "roster: \"version\" is missing or wrong");
    if (!version) return fail(version);
    if (!draft && *version == 0) return fail(Errc::malformed, "roster: \"version\" begins at 1");
    roster.version = *version;
  }
  if (!draft || fields.find("places") != nullptr) {
    constexpr Literal message = "roster: \"places\" is a number from 1 to 32";
    const auto places = fields.whole("places", message);
    if (!places) return fail(places);
    if (*places < 1 || *places > limits::places_max) return fail(Errc::malformed, message);
    roster.places = *places;
  }
  const auto from = read_day(fields, "valid_from", kind, "roster: \"valid_from\" is missing or not a day");
  if (!from) return fail(from);
  const auto until = read_day(fields, "valid_until", kind, "roster: \"valid_until\" is missing or not a day");
  if (!until) return fail(until);
  roster.valid_from = *from;
  roster.valid_until = *until;
  return {};
}

// What is left to check once every field is well-formed.
Result<> check_consistent(const Roster& roster) {
  if (roster.valid_until < roster.valid_from) {
    return fail(Errc::malformed, "roster: \"valid_until\" is before \"valid_from\"");
  }
  if (days_between(roster.valid_from, roster.valid_until) > limits::roster_days_max) {
    return fail(Errc::malformed, "roster: \"valid_until\" is more than 120 days after \"valid_from\"");
  }
  if (roster.desks.empty()) return fail(Errc::malformed, "roster: \"desks\" is empty");
  for (const Desk& desk : roster.desks) {
    if (roster.desk_size(desk.id) > roster.places) {
      return fail(Errc::malformed, "roster: \"places\" is smaller than a desk");
    }
  }
  if (roster.matching && roster.matching->group.size() > roster.places)
    return fail(Errc::malformed, "roster: \"places\" is smaller than matching's group");
  return {};
}

}  // namespace

Result<Roster> read_roster(std::string_view text, RosterKind kind) {
  const auto value = json::parse(text, limits::roster_bytes_max, limits::json_depth_max);
  if (!value) return fail(value);
  const auto fields = Fields::of(*value, "roster: not a JSON object");
  if (!fields) return fail(fields);
  const auto format = fields->line("format", 100, "roster: \"format\" is missing");
  if (!format) return fail(format);
  if (*format != label::roster)
    return fail(Errc::unsupported, "roster: \"format\" is not one that is known here");

  Roster roster;
  auto service = fields->line("service", limits::name_bytes_max, "roster: \"service\" is missing or wrong");
  if (!service) return fail(service);
  roster.service = std::move(*service);
  auto name =
      fields->line("public_name", limits::name_bytes_max, "roster: \"public_name\" is missing or wrong");
  if (!name) return fail(name);
  roster.public_name = std::move(*name);
  if (auto read = read_numbers_and_days(*fields, kind, roster); !read) return fail(read);
  if (auto read = read_people(*fields, roster); !read) return fail(read);

  const auto key_text = fields->line("receipt_key", 255, "roster: \"receipt_key\" is missing or wrong");
  if (!key_text) return fail(key_text);
  auto key = parse_note_verifier_key(*key_text);
  if (!key) return fail(key);
  if (!is_key_name(key->name, "receipt")) {
    return fail(Errc::malformed, "roster: \"receipt_key\" is not named candour/receipt/LABEL");
  }
  roster.receipt_key = std::move(*key);

  const auto* form_value = fields->find("form");
  if (form_value == nullptr) return fail(Errc::malformed, "roster: \"form\" is missing");
  auto form = read_form(*form_value);
  if (!form) return fail(form);
  roster.form = std::move(*form);
  roster.form_json = json::encode(*form_value, json::Layout::compact);
  const auto policy = read_policy(fields->find("policy"));
  if (!policy) return fail(policy);
  roster.policy = *policy;
  auto helplines = read_helplines(*fields);
  if (!helplines) return fail(helplines);
  roster.helplines = std::move(*helplines);
  auto words = read_roster_words(*fields, roster.form,
                                 kind == RosterKind::draft ? UnknownTexts::refused : UnknownTexts::ignored);
  if (!words) return fail(words);
  roster.words = std::move(*words);

  if (const auto* matching_value = fields->find("matching")) {
    auto matching = read_roster_matching(*matching_value);
    if (!matching) return fail(matching);
    for (const CaseworkerId& id : matching->group)
      if (roster.find(id) == nullptr)
        return fail(Errc::malformed, "roster: \"group\" names a caseworker who is not there");
    roster.matching = std::move(*matching);
  }

  if (kind == RosterKind::signed_text) {
    if (auto consistent = check_consistent(roster); !consistent) return fail(consistent);
  }
  return roster;
}

}  // namespace candour
