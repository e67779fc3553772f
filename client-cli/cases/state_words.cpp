// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/cases/state_words.h"

#include <fmt/format.h>

#include "crypto/core/encoding.h"

namespace candour::cli {

std::optional<event::Cover::Stand> cover_of(const CaseFile& one, Day today) {
  auto cover = cover_on(one.state, today);
  return cover && one.is_reader(cover->by) ? cover : std::nullopt;
}

std::string lead_words(const CaseFile& one, Day today) {
  const CaseState& state = one.state;
  if (!state.lead) return "nobody";
  std::string words = state.lead->text();
  if (const auto cover = cover_of(one, today))
    words += fmt::format(" ({} until {})", cover->by.text(), cover->until.encode());
  return words + (one.is_reader(*state.lead) ? "" : ", who takes no part any more");
}

std::string status_words(const CaseState& state) {
  std::string words(name_of(state.status));
  const auto closure = state.sign_offs.find(SignOff::closure);
  if (closure != state.sign_offs.end() && !closure->second.signed_by) words += ", not signed off";
  return words;
}

json::Value cover_json(const CaseFile& one, Day today) {
  const auto cover = cover_of(one, today);
  if (!cover) return {nullptr};
  return {json::Object{{"by", {cover->by.text()}}, {"until", {cover->until.encode()}}}};
}

json::Value signed_off_json(const CaseState& state) {
  json::Object object;
  for (const auto& [what, one] : state.sign_offs)
    if (one.signed_by) object.push_back({std::string(name_of(what)), {one.signed_by->text()}});
  return {std::move(object)};
}

json::Value to_sign_off_json(const CaseState& state) {
  json::Object object;
  for (const auto& [what, one] : state.sign_offs)
    if (!one.signed_by)
      object.push_back({std::string(name_of(what)),
                        {json::Object{{"event", {hex_encode(one.event)}}, {"by", {one.said_by.text()}}}}});
  return {std::move(object)};
}

json::Value risk_sheet_json(const CaseState& state) {
  json::Object object;
  for (const std::string_view field : risk_sheet_fields)
    if (const auto line = state.risk_sheet.find(field); line != state.risk_sheet.end())
      object.push_back({line->first, {line->second}});
  return {std::move(object)};
}

}  // namespace candour::cli
