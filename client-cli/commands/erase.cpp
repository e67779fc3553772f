// SPDX-License-Identifier: AGPL-3.0-or-later
// candour erase, lift: what takes two caseworkers of a report (docs/spec/retention.md "The two notes").
#include "client-cli/cases/case_desk.h"
#include "client-cli/commands/commands.h"
#include "client-cli/desk/desk_options.h"
#include "client-cli/desk/fetched_report.h"
#include "client-cli/desk/joint_signing.h"
#include "client-cli/terminal/say.h"
#include "protocol/joint_note.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

struct Options {
  JointAct act = JointAct::erasure;
  DeskOptions desk;
  PinOption pin;
  std::string id;
  JointFile file;
};

// A reporter's request marks what she sent first. What she added has ids that nobody can ask for (docs/spec/drops.md "Coming
// back"), so that whoever may read both looks whether they are hers alike.
Outcome<> check_withdrawn(const Options& options, const std::shared_ptr<SignedIn>& signed_in,
                          const ListedReport& report) {
  SignedIn& desk = *signed_in;
  const auto all = desk.session.list();
  if (!all) return fail(all);
  const auto me = owner_of(desk.key);
  if (!me) return fail(me);
  const auto cases = CaseDesk::at_if_pinned(options.pin, signed_in);
  if (!cases) return fail(cases);
  const auto access_to = [&](const ReportId& id) {
    return *cases ? (*cases)->access_to(id) : own_access(desk.key, *me, id);
  };
  std::optional<VerifyKey> author;
  for (const ListedReport& other : *all) {
    if (other.id == report.id || !other.withdrawn) continue;
    const Day until = other.withdrawn->plus(limits::withdrawal_grace_days);
    if (today() >= until) continue;
    if (!author) {
      const auto read = read_report(desk.session, access_to(report.id), report);
      if (!read && read.error().code == Errc::unsupported) return {};  // sealed without an author
      if (!read) return fail(read);
      author = read->opened.report.authorship_key;
    }
    const auto read = read_report(desk.session, access_to(other.id), other);
    if (!read && read.error().code == Errc::unsupported) continue;
    if (!read && read.error().code == Errc::no_match) {
      warn(
          "its reporter asked on {} to withdraw the report {}, which you cannot open: if it is of the same "
          "author, "
          "she may have been made to. Erase nothing of hers then before {}.",
          other.withdrawn->encode(), other.id.encode().substr(0, 12), until.encode());
      continue;
    }
    if (!read) return fail(read);
    if (read->opened.report.authorship_key != *author) continue;
    return fail_with(
        Errc::refused,
        fmt::format("its reporter asked on {} to withdraw what she sent first, and may have been "
                    "made to; this was added by her. Nothing of hers is erased before {}.",
                    other.withdrawn->encode(), until.encode()));
  }
  return {};
}

Outcome<std::shared_ptr<SignedIn>> signed_in_for(const Options& options) {
  auto signed_in = sign_in(options.desk);
  if (!signed_in) return fail(signed_in);
  return std::make_shared<SignedIn>(*std::move(signed_in));
}

Outcome<> sign_first(const Options& options) {
  auto out = NewFile::create(options.file.out);
  if (!out) return fail(out);
  const auto desk = signed_in_for(options);
  if (!desk) return fail(desk);
  const auto report = (*desk)->session.find(options.id);
  if (!report) return fail(report);
  if (options.act == JointAct::erasure)
    if (auto kept = check_withdrawn(options, *desk, *report); !kept) return kept;
  const JointNote what{
      .act = options.act, .report = report->id, .day = today(), .hold_mark = report->hold_mark};
  return options.file.sign_first(*out, what, (*desk)->key, report->id.encode());
}

Outcome<> sign_second(const Options& options) {
  const auto first = options.file.read(options.act);
  if (!first) return fail(first);
  const auto desk = signed_in_for(options);
  if (!desk) return fail(desk);
  const auto report = (*desk)->session.find(options.id);
  if (!report) return fail(report);
  if (first->what.report != report->id)
    return options.file.fail_note(
        Errc::refused,
        fmt::format("is for the report {}. Nothing was signed. Ask your colleague which she means.",
                    first->what.report.encode()));
  if (options.act == JointAct::erasure)
    if (auto kept = check_withdrawn(options, *desk, *report); !kept) return kept;
  const auto both = options.file.sign_second(*first, (*desk)->key);
  if (!both) return fail(both);
  if (auto done = (*desk)->session.send_note(first->what, *both); !done) return done;
  if (options.act == JointAct::erasure)
    say("Erased from the server. Backups and copies that were fetched are still there.");
  else
    say("No hold is left.");
  return {};
}

Outcome<> run(const Options& options) {
  if (auto may = options.file.check(); !may) return may;
  return options.file.is_first() ? sign_first(options) : sign_second(options);
}

void add(CLI::App& parent, Action& chosen, JointAct act, const char* name, const char* words) {
  auto options = std::make_shared<Options>();
  options->act = act;
  CLI::App* command = parent.add_subcommand(name, words);
  add_report_id(*command, options->id);
  options->file.add_to(*command);
  options->desk.add_to(*command);
  options->pin.add_to(*command);
  on_chosen(*command, chosen, options, run);
}

}  // namespace

void add_erase(CLI::App& parent, Action& chosen) {
  add(parent, chosen, JointAct::erasure, "erase", "erase a report for good: two caseworkers sign");
}

void add_lift(CLI::App& parent, Action& chosen) {
  add(parent, chosen, JointAct::hold_lift, "lift", "lift all holds on a report: two caseworkers sign");
}

}  // namespace candour::cli
