// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/cases/risk_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "client-cli/cases/state_words.h"
#include "client-cli/terminal/visible.h"

namespace candour::cli {
namespace {

constexpr std::size_t columns = 76;
constexpr std::string_view indent = "    ";

// In the order of risk_sheet_fields.
constexpr std::array<std::string_view, risk_sheet_fields.size()> titles{"Strangled or choked",
                                                                        "Threats to kill",
                                                                        "Weapons",
                                                                        "Stalking, following, tracking",
                                                                        "Separation",
                                                                        "Talk of suicide",
                                                                        "What she is afraid of",
                                                                        "Children",
                                                                        "What protects her",
                                                                        "Safety plan"};

// Broken between words, so that a printer loses nothing at the margin.
std::string wrapped(std::string_view untrusted) {
  const std::string line = visible_line(untrusted);
  std::string out;
  std::size_t used = columns;
  for (std::string_view left = line; !left.empty();) {
    const std::size_t end = std::min(left.find(' '), left.size());
    const std::string_view word = left.substr(0, end);
    left.remove_prefix(std::min(end + 1, left.size()));
    if (word.empty()) continue;
    if (used + 1 + word.size() > columns) {
      out += out.empty() ? "" : "\n";
      out += indent;
      used = indent.size();
    } else {
      out += ' ';
      ++used;
    }
    out += word;
    used += word.size();
  }
  return out + "\n";
}

std::vector<std::pair<Day, std::string>> by_day(const std::map<std::string, Day>& deadlines) {
  std::vector<std::pair<Day, std::string>> all;
  for (const auto& [name, day] : deadlines) all.emplace_back(day, name);
  std::ranges::sort(all);
  return all;
}

}  // namespace

std::string risk_sheet_words(const CaseFile& one, Day today) {
  const CaseState& state = one.state;
  std::string out = fmt::format(
      "RISK SHEET\nCase {}\nPrinted on {}. Led by {}.\n\nRisk: {}. {}\n\n", one.id.encode(), today.encode(),
      lead_words(one, today), name_of(state.risk),
      one.danger() ? "She indicated danger in her account." : "No answer in her account speaks of danger.");
  for (std::size_t i = 0; i < titles.size(); ++i) {
    const auto line = state.risk_sheet.find(risk_sheet_fields[i]);
    out += fmt::format("{}\n{}", titles[i],
                       wrapped(line == state.risk_sheet.end() ? "(nothing written down)" : line->second));
  }
  out += "\nDeadlines\n";
  for (const auto& [day, name] : by_day(state.deadlines))
    out += wrapped(fmt::format("{}  {}{}", day.encode(), name, day < today ? "  (overdue)" : ""));
  if (state.deadlines.empty()) out += wrapped("none");
  out += "\nWho may be told\n";
  for (const auto& [to, answer] : state.consents) out += wrapped(fmt::format("{}: {}", to, name_of(answer)));
  if (state.consents.empty()) out += wrapped("nothing written down: ask her");
  out += "\nAgreed to be told\n";
  bool any = false;
  for (const DisclosureState& told : state.disclosures) {
    if (!told.agreed_by) continue;
    any = true;
    out += wrapped(fmt::format("{}: {}. {}", told.what.to, told.what.what,
                               told.outcome ? "Outcome: " + *told.outcome : std::string("Not done yet.")));
  }
  if (!any) out += wrapped("nothing");
  for (const auto& [what, sign_off] : state.sign_offs)
    out += fmt::format("\n{}: {}",
                       what == SignOff::risk   ? "Risk"
                       : what == SignOff::plan ? "Safety plan"
                                               : "Closure",
                       sign_off.signed_by ? "signed off by " + sign_off.signed_by->text()
                                          : std::string("not signed off by a second caseworker"));
  return out + (state.sign_offs.empty() ? "" : "\n");
}

json::Object risk_sheet_page_json(const CaseFile& one) {
  const CaseState& state = one.state;
  json::Object deadlines, consents;
  for (const auto& [name, day] : state.deadlines) deadlines.push_back({name, {day.encode()}});
  for (const auto& [to, answer] : state.consents) consents.push_back({to, {std::string(name_of(answer))}});
  json::Array agreed;
  for (const DisclosureState& told : state.disclosures)
    if (told.agreed_by)
      agreed.push_back(
          {json::Object{{"to", {told.what.to}},
                        {"what", {told.what.what}},
                        {"outcome", told.outcome ? json::Value{*told.outcome} : json::Value{nullptr}}}});
  return {{"id", {one.id.encode()}},
          {"risk", {std::string(name_of(state.risk))}},
          {"danger", {one.danger()}},
          {"risk_sheet", risk_sheet_json(state)},
          {"deadlines", {std::move(deadlines)}},
          {"consents", {std::move(consents)}},
          {"agreed", {std::move(agreed)}},
          {"signed_off", signed_off_json(state)}};
}

std::vector<EventBody> risk_sheet_again(const CaseState& state) {
  std::vector<EventBody> all;
  event::RiskSheet sheet;
  for (const auto& [field, line] : state.risk_sheet) {
    event::RiskSheet more = sheet;
    more.lines.emplace(field, line);
    if (!check_event_body(more)) {
      all.emplace_back(std::exchange(sheet, {}));
      sheet.lines.emplace(field, line);
    } else {
      sheet = std::move(more);
    }
  }
  if (!sheet.lines.empty()) all.emplace_back(std::move(sheet));
  return all;
}

}  // namespace candour::cli
