// SPDX-License-Identifier: AGPL-3.0-or-later
// The custody history in a bag (docs/spec/evidence.md "What is in it"): what happened to the reports, as JSON and as a page. It is
// given its entries, wherever they come from, and decides one thing: what is privileged is left out unless somebody asked for it.
// Pure functions; the texts may come from anybody.
#pragma once

#include <span>
#include <string>

#include "protocol/day.h"

namespace candour::cli {

struct HistoryEntry {
  Day day;
  std::string who;   // a caseworker's id, "author" or "server"
  std::string kind;  // a word: "arrived", "note" …
  std::string text;
  bool privileged = false;
};

enum class Privileged : bool { left_out, included };

struct History {
  std::string json, page;
};
// By day; those of one day in the order given. The words are the same whether anything was left out or not.
History history_of(std::span<const HistoryEntry> entries, Privileged privileged);

}  // namespace candour::cli
