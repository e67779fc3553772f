// SPDX-License-Identifier: AGPL-3.0-or-later
// candour inbox: everything that the server holds for you, nothing left out.
#include <algorithm>

#include "client-cli/cases/case_desk.h"
#include "client-cli/cases/match_words.h"
#include "client-cli/commands/commands.h"
#include "client-cli/desk/desk_options.h"
#include "client-cli/desk/listing.h"
#include "client-cli/terminal/say.h"

namespace candour::cli {
namespace {

struct Options {
  DeskOptions desk;
  PinOption pin;
  bool json = false;
};

// Which of them nobody can read yet is known by the cases, and so only with a pin.
void print_json(const std::vector<ListedReport>& reports, const std::optional<CaseDesk>& cases) {
  json::Array all;
  for (const ListedReport& report : reports) {
    json::Object object = to_json(report);
    if (cases) object.push_back({"held", {cases->is_held(report.id)}});
    all.push_back({std::move(object)});
  }
  say_json({{"reports", {std::move(all)}}});
}

void print_words(const std::vector<ListedReport>& reports, const std::optional<CaseDesk>& cases) {
  if (reports.empty()) {
    say("No reports.");
    return;
  }
  for (const ListedReport& report : reports) {
    std::string marks = marks_of(report);
    if (cases && cases->is_held(report.id))
      marks += fmt::format("{}{}", marks.empty() ? "" : "; ", held_words);
    say("{}  {}  {:>9} KiB  {}{}{}", report.seen ? "   " : "new", report.day.encode(),
        (report.bytes + 1023) / 1024, report.id.encode(), marks.empty() ? "" : "  ", marks);
  }
  const auto unseen =
      std::count_if(reports.begin(), reports.end(), [](const ListedReport& r) { return !r.seen; });
  say("{} reports, {} new. Read one with: candour open ID --out FOLDER", reports.size(), unseen);
}

Outcome<> run(const Options& options) {
  auto signed_in = sign_in(options.desk);
  if (!signed_in) return fail(signed_in);
  const auto desk = std::make_shared<SignedIn>(*std::move(signed_in));
  const auto cases = CaseDesk::at_if_pinned(options.pin, desk);
  if (!cases) return fail(cases);
  auto reports = desk->session.list();
  if (!reports) return fail(reports);
  // New ones first, then the latest day first; ids say nothing of when.
  std::stable_sort(reports->begin(), reports->end(), [](const ListedReport& a, const ListedReport& b) {
    return a.seen != b.seen ? b.seen : b.day < a.day;
  });
  options.json ? print_json(*reports, *cases) : print_words(*reports, *cases);
  return {};
}

}  // namespace

void add_inbox(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand("inbox", "list the reports that are for you");
  options->desk.add_to(*command);
  options->pin.add_to(*command);
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
