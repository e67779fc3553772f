// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/evidence/history.h"

#include <map>
#include <vector>

#include "client-cli/evidence/page.h"
#include "crypto/core/labels.h"
#include "protocol/json.h"

namespace candour::cli {
namespace {

std::string json_of(std::span<const HistoryEntry> entries, Privileged privileged) {
  json::Array list;
  for (const HistoryEntry& entry : entries) {
    list.push_back({json::Object{{"day", {entry.day.encode()}},
                                 {"who", {entry.who}},
                                 {"kind", {entry.kind}},
                                 {"text", {entry.text}},
                                 {"privileged", {entry.privileged}}}});
  }
  const char* word = privileged == Privileged::included ? "included" : "left out";
  return json::encode({json::Object{{"format", {std::string(label::evidence_history)}},
                                    {"privileged", {std::string(word)}},
                                    {"entries", {std::move(list)}}}},
                      json::Layout::indented) +
         "\n";
}

std::string page_of(std::span<const HistoryEntry> entries, Privileged privileged) {
  Page page("What happened to the reports");
  page.say("As the caseworker's program knew it at the export. Days are in UTC; nothing finer is kept.");
  page.say(privileged == Privileged::included
               ? "Privileged entries are included, and marked: do not hand this on without a lawyer's advice."
               : "Privileged entries, if there are any, are left out.");
  page.begin_table({"Day", "Who", "What", "In words"});
  for (const HistoryEntry& entry : entries) {
    page.row({entry.day.encode(), entry.who, entry.privileged ? entry.kind + " (privileged)" : entry.kind,
              entry.text});
  }
  page.end_table();
  return page.finish();
}

}  // namespace

History history_of(std::span<const HistoryEntry> entries, Privileged privileged) {
  std::multimap<Day, HistoryEntry> by_day;  // equal days stay in the order in which they were put there
  for (const HistoryEntry& entry : entries)
    if (!entry.privileged || privileged == Privileged::included) by_day.emplace(entry.day, entry);
  std::vector<HistoryEntry> shown;
  for (auto& [day, entry] : by_day) shown.push_back(std::move(entry));
  return {json_of(shown, privileged), page_of(shown, privileged)};
}

}  // namespace candour::cli
