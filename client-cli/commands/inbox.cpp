// SPDX-License-Identifier: AGPL-3.0-or-later
// candour inbox: everything that the server holds for you, nothing left out.
#include <algorithm>

#include "client-cli/commands/commands.h"
#include "client-cli/desk/desk_options.h"
#include "client-cli/desk/listing.h"
#include "client-cli/terminal/say.h"

namespace candour::cli {
namespace {

struct Options {
  DeskOptions desk;
  bool json = false;
};

void print_json(const std::vector<ListedReport>& reports) {
  json::Array all;
  for (const ListedReport& report : reports) all.push_back({to_json(report)});
  say_json({{"reports", {std::move(all)}}});
}

void print_words(const std::vector<ListedReport>& reports) {
  if (reports.empty()) {
    say("No reports.");
    return;
  }
  for (const ListedReport& report : reports) {
    const std::string marks = marks_of(report);
    say("{}  {}  {:>9} KiB  {}{}{}", report.seen ? "   " : "new", report.day.encode(),
        (report.bytes + 1023) / 1024, report.id.encode(), marks.empty() ? "" : "  ", marks);
  }
  const auto unseen =
      std::count_if(reports.begin(), reports.end(), [](const ListedReport& r) { return !r.seen; });
  say("{} reports, {} new. Read one with: candour open ID --out FOLDER", reports.size(), unseen);
}

Outcome<> run(const Options& options) {
  auto desk = sign_in(options.desk);
  if (!desk) return fail(desk);
  auto reports = desk->session.list();
  if (!reports) return fail(reports);
  // New ones first, then the latest day first; ids say nothing of when.
  std::stable_sort(reports->begin(), reports->end(), [](const ListedReport& a, const ListedReport& b) {
    return a.seen != b.seen ? b.seen : b.day < a.day;
  });
  options.json ? print_json(*reports) : print_words(*reports);
  return {};
}

}  // namespace

void add_inbox(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand("inbox", "list the reports that are for you");
  options->desk.add_to(*command);
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
