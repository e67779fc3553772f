// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/commands/export_redacted.h"

#include <fmt/ranges.h>

#include <algorithm>

#include "client-cli/desk/fetched_report.h"
#include "client-cli/evidence/redacted_page.h"
#include "client-cli/files/new_file.h"
#include "client-cli/files/read_file.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"

namespace candour::cli {
namespace {

constexpr std::size_t phrases_bytes_max = std::size_t{1} << 20;

Outcome<Phrases> read_phrases(const std::string& path) {
  const auto lines = read_text_file(path, phrases_bytes_max);
  if (!lines) return fail(lines);
  auto phrases = Phrases::parse(*lines);
  if (!phrases) return fail_about(visible_line(path), phrases);
  return phrases;
}

// Those that were named, or all of the case, in its order.
Outcome<std::vector<const KnownReport*>> reports_of(const RedactedExport& options, const CaseDesk& desk,
                                                    const CaseFile& one) {
  std::vector<const KnownReport*> reports;
  for (const std::string& id : options.ids) {
    const auto same = desk.find(id);
    if (!same) return fail(same);
    if (*same != &one)
      return fail_with(Errc::refused,
                       "these reports are not of one case. Make a page for each. Nothing was written.");
  }
  for (const KnownReport* report : one.reports) {
    const auto is_named = [&](const std::string& id) {
      return report->id.encode().starts_with(id) || one.id.encode().starts_with(id);
    };
    if (options.follow_ups || std::ranges::any_of(options.ids, is_named)) reports.push_back(report);
  }
  return reports;
}

Outcome<> add_account(RedactedCase& all, CaseDesk& desk, const KnownReport& report) {
  const auto read = read_report(desk.desk().session, desk.access_to(report.id), *desk.listed(report.id));
  if (!read && read.error().code == Errc::unsupported)
    return fail_with(
        Errc::refused,
        fmt::format("the report {} was sealed as a single file: there are no answers in it that could be "
                    "redacted. Nothing was written.",
                    report.id.encode()));
  if (!read) return fail_about("report " + report.id.encode(), read);
  all.accounts.push_back(account_to_redact(read->opened.report, report.arrived, desk.roster()->form));
  return {};
}

void add_notes(RedactedCase& all, const CaseFile& one) {
  for (const VerifiedEvent* event : one.state.timeline) {
    const auto* note = std::get_if<event::Note>(&(*event)->body);
    if (note != nullptr && !note->privileged)
      all.notes.push_back({(*event)->day.encode(), (*event)->author.text(), note->text});
  }
}

Outcome<> check_found(const Phrases& phrases, bool may_miss) {
  std::vector<std::string> missed;
  for (const std::string& typed : phrases.never_found()) missed.push_back('"' + visible_line(typed) + '"');
  if (missed.empty()) return {};
  const std::string words = fmt::format("{}: found nowhere.", fmt::join(missed, ", "));
  if (!may_miss)
    return fail_with(
        Errc::no_match,
        words +
            " Is it misspelt, or written otherwise there? Mend the file; with --redact-may-miss it goes "
            "on all the same. Nothing was written.");
  warn("{}", words);
  return {};
}

void show(const RedactedExport& options, const RedactedCase& all, const Phrases& phrases) {
  if (options.json) {
    const std::vector<std::string> typed = phrases.never_found();
    json::Array missed(typed.size());
    std::ranges::transform(typed, missed.begin(), [](const std::string& one) { return json::Value{one}; });
    return say_json({{"file", {options.out}},
                     {"accounts", json::number(all.accounts.size())},
                     {"notes", json::number(all.notes.size())},
                     {"passages", json::number(phrases.passages())},
                     {"never_found", {std::move(missed)}}});
  }
  say("{}: accounts {}, notes {}, passages struck out {}.", visible_line(options.out), all.accounts.size(),
      all.notes.size(), phrases.passages());
  put(stdout,
      "It is for reading, and no evidence. Read all of it before you hand it on: only what was listed is "
      "struck "
      "out, not another spelling of it, and nothing that would let somebody guess.\n");
}

}  // namespace

Outcome<> export_redacted(const RedactedExport& options) {
  auto phrases = read_phrases(options.phrases);
  if (!phrases) return fail(phrases);
  auto file = NewFile::create(options.out);
  if (!file) return fail(file);
  auto desk = CaseDesk::open(options.desk);
  if (!desk) return fail(desk);
  const auto one = desk->find(options.ids.front());
  if (!one) return fail(one);
  const auto reports = reports_of(options, *desk, **one);
  if (!reports) return fail(reports);
  RedactedCase all{.accounts = {}, .notes = {}, .with_notes = options.notes, .by = desk->me().text()};
  for (const KnownReport* report : *reports)
    if (auto added = add_account(all, *desk, *report); !added) return added;
  if (options.notes) add_notes(all, **one);
  strike_out(all, *phrases);
  if (auto good = check_found(*phrases, options.may_miss); !good) return good;
  if (auto written = file->write(as_bytes(redacted_page(all, today(), phrases->passages()))); !written)
    return written;
  if (auto done = file->commit(); !done) return done;
  show(options, all, *phrases);
  return {};
}

}  // namespace candour::cli
