// SPDX-License-Identifier: AGPL-3.0-or-later
// candour statistics: how many cases there are of what kind, with small numbers hidden (docs/spec/cli.md "Statistics").
#include "client-cli/cases/statistics.h"
#include "client-cli/cases/case_desk.h"
#include "client-cli/commands/commands.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"

namespace candour::cli {
namespace {

struct Options {
  CaseDeskOptions desk;
  bool json = false;
};

std::string shown(const ShownCount& cell) {
  return cell.count ? std::to_string(*cell.count) : cell.few ? "fewer than 5" : "5 or more";
}

json::Value table_json(const ShownTable& table) {
  json::Array cells;
  for (const ShownCount& cell : table.cells)
    cells.push_back(
        json::Value{json::Object{{"name", {cell.name}},
                                 {"count", cell.count ? json::number(*cell.count) : json::Value{nullptr}},
                                 {"shown", {shown(cell)}}}});
  return json::Value{std::move(cells)};
}

void print(const Statistics& all) {
  say("Cases: {}{}", all.total ? std::to_string(*all.total) : "fewer than 5",
      all.rounded && all.total ? " (rounded down to a multiple of 5)" : "");
  for (const auto& [name, table] : all.tables) {
    say("\nBy {}", name);
    for (const ShownCount& cell : table.cells) say("{:>12}  {}", shown(cell), visible_line(cell.name));
    if (table.cells.empty()) say("{:>12}", "none");
  }
}

Outcome<> run(const Options& options) {
  auto desk = CaseDesk::open(options.desk);
  if (!desk) return fail(desk);
  const Statistics all = statistics_of(desk->cases());
  if (!options.json) {
    print(all);
    return {};
  }
  json::Object object{{"total", all.total ? json::number(*all.total) : json::Value{nullptr}},
                      {"rounded", {all.rounded}}};
  for (const auto& [name, table] : all.tables) object.push_back({name, table_json(table)});
  say_json(std::move(object));
  return {};
}

}  // namespace

void add_statistics(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      parent.add_subcommand("statistics", "count your cases, with every number from 1 to 4 hidden");
  options->desk.add_to(*command);
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
