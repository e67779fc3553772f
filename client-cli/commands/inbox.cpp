// SPDX-License-Identifier: AGPL-3.0-or-later
// candour inbox: everything that the server holds for you, nothing left out.
#include <algorithm>
#include <boost/json.hpp>

#include "client-cli/commands/commands.h"
#include "client-cli/desk/desk_options.h"
#include "client-cli/keys.h"
#include "client-cli/terminal/say.h"

namespace candour::cli {
namespace {

struct Options {
  DeskOptions desk;
  bool json = false;
};

boost::json::object to_json(const ListedReport& report) {
  boost::json::array audience;
  for (const CaseworkerId& who : report.audience) audience.emplace_back(who.text());
  return {{"id", report.id.encode()},
          {"bytes", report.bytes},
          {"day", report.day.encode()},
          {"seen", report.seen},
          {"audience", std::move(audience)}};
}

void print_json(const std::vector<ListedReport>& reports) {
  boost::json::array all;
  for (const ListedReport& report : reports) all.emplace_back(to_json(report));
  put(stdout, boost::json::serialize(boost::json::object{{"reports", std::move(all)}}) + "\n");
}

void print_words(const std::vector<ListedReport>& reports) {
  if (reports.empty()) {
    say("No reports.");
    return;
  }
  for (const ListedReport& report : reports) {
    say("{}  {}  {:>9} KiB  {}", report.seen ? "   " : "new", report.day.encode(),
        (report.bytes + 1023) / 1024, report.id.encode());
  }
  const auto unseen =
      std::count_if(reports.begin(), reports.end(), [](const ListedReport& r) { return !r.seen; });
  say("{} reports, {} new. Read one with: candour open ID --out FOLDER", reports.size(), unseen);
}

Outcome<> run(const Options& options) {
  auto key = unlock_key_file(options.desk.key);
  if (!key) return fail(key);
  auto desk = sign_in(options.desk, *key);
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
