// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/event_body_daily.h"

#include <algorithm>

#include "crypto/core/encoding.h"
#include "protocol/contains.h"
#include "protocol/limits.h"

namespace candour {
namespace {

constexpr Literal wrong_sheet =
    "a risk sheet says something in one of its lines, each of 1 to 1000 bytes without control characters: "
    "strangled, threats_to_kill, weapons, stalking, separation, suicidal, fear, children, protective, plan";
constexpr Literal wrong_sign_off =
    "who signs off says of what (closure, risk or plan), by its hash, and in 1 to 1000 bytes without control "
    "characters what she found";
constexpr Literal wrong_cover =
    "a cover says for whom, and by whom until which day, or null and null; nobody covers for herself";

constexpr std::array<std::string_view, 3> sign_off_names{"closure", "risk", "plan"};

json::Value text(std::string_view words) { return {std::string(words)}; }

Result<std::optional<CaseworkerId>> id_or_null(const json::Fields& fields, std::string_view name) {
  const json::Value* value = fields.find(name);
  if (value != nullptr && value->is_null()) return std::optional<CaseworkerId>();
  const auto line = fields.line(name, limits::id_bytes_max, wrong_cover);
  if (!line) return fail(line);
  auto id = CaseworkerId::parse(*line);
  if (!id) return fail(id);
  return std::optional(*std::move(id));
}

bool is_reason(const std::string& line) { return json::is_line(line, event_reason_bytes_max); }

bool is_sheet(const event::RiskSheet& sheet) {
  return !sheet.lines.empty() && std::ranges::all_of(sheet.lines, [](const auto& entry) {
    return contains(risk_sheet_fields, entry.first) && (!entry.second || is_reason(*entry.second));
  });
}

}  // namespace

std::string_view name_of(SignOff what) { return sign_off_names[static_cast<std::size_t>(what)]; }

Result<SignOff> parse_sign_off(std::string_view name) {
  const auto at = std::ranges::find(sign_off_names, name);
  if (at == sign_off_names.end()) return fail(Errc::malformed, "what is signed off is closure, risk or plan");
  return static_cast<SignOff>(at - sign_off_names.begin());
}

json::Object to_json(const event::RiskSheet& body) {
  json::Object object;
  for (const std::string_view field : risk_sheet_fields)
    if (const auto line = body.lines.find(field); line != body.lines.end())
      object.push_back({line->first, line->second ? text(*line->second) : json::Value{nullptr}});
  return object;
}

json::Object to_json(const event::SignedOff& body) {
  return {{"what", text(name_of(body.what))}, {"of", text(hex_encode(body.of))}, {"text", text(body.text)}};
}

json::Object to_json(const event::Cover& body) {
  return {{"for", text(body.lead.text())},
          {"by", body.stand ? text(body.stand->by.text()) : json::Value{nullptr}},
          {"until", body.stand ? text(body.stand->until.encode()) : json::Value{nullptr}}};
}

Result<EventBody> read_risk_sheet(const json::Fields& fields) {
  event::RiskSheet sheet;
  for (const std::string_view field : risk_sheet_fields) {
    const json::Value* value = fields.find(field);
    if (value == nullptr) continue;
    if (!value->is_null() && value->text() == nullptr) return fail(Errc::malformed, wrong_sheet);
    sheet.lines.emplace(field, value->is_null() ? std::nullopt : std::optional(*value->text()));
  }
  return sheet;
}

Result<EventBody> read_signed_off(const json::Fields& fields) {
  const auto name = fields.line("what", 16, wrong_sign_off);
  const auto what = parse_sign_off(name ? *name : "");
  const auto hex = fields.line("of", 64, wrong_sign_off);
  auto words = fields.line("text", event_reason_bytes_max, wrong_sign_off);
  event::SignedOff body;
  if (!what || !hex || !words || !hex_decode_into(*hex, body.of))
    return fail(Errc::malformed, wrong_sign_off);
  body.what = *what;
  body.text = *std::move(words);
  return body;
}

Result<EventBody> read_cover(const json::Fields& fields) {
  const auto line = fields.line("for", limits::id_bytes_max, wrong_cover);
  auto lead = CaseworkerId::parse(line ? *line : "");
  auto by = id_or_null(fields, "by");
  const json::Value* until = fields.find("until");
  if (!lead || !by || until == nullptr || until->is_null() == by->has_value())
    return fail(Errc::malformed, wrong_cover);
  if (!*by) return event::Cover{*std::move(lead), std::nullopt};
  const auto day = Day::parse(until->text() == nullptr ? "" : *until->text());
  if (!day) return fail(day);
  return event::Cover{*std::move(lead), event::Cover::Stand{**std::move(by), *day}};
}

Result<> check_daily_body(const EventBody& body) {
  if (const auto* sheet = std::get_if<event::RiskSheet>(&body); sheet != nullptr && !is_sheet(*sheet))
    return fail(Errc::malformed, wrong_sheet);
  if (const auto* signed_off = std::get_if<event::SignedOff>(&body);
      signed_off != nullptr && !is_reason(signed_off->text))
    return fail(Errc::malformed, wrong_sign_off);
  if (const auto* cover = std::get_if<event::Cover>(&body);
      cover != nullptr && cover->stand && cover->stand->by == cover->lead)
    return fail(Errc::malformed, wrong_cover);
  return {};
}

}  // namespace candour
