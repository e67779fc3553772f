// SPDX-License-Identifier: AGPL-3.0-or-later
// candour erase, lift: what takes two caseworkers (docs/spec/retention.md "The two notes"). The first signs a note for
// a colleague, who adds her signature and sends it. Each names the report herself, so that neither can be made to
// sign for another one.
#include "client-cli/cases/case_desk.h"
#include "client-cli/commands/commands.h"
#include "client-cli/desk/desk_options.h"
#include "client-cli/desk/fetched_report.h"
#include "client-cli/files/new_file.h"
#include "client-cli/files/read_file.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"
#include "crypto/sign/note.h"
#include "protocol/joint_note.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

struct Options {
  JointAct act = JointAct::erasure;
  DeskOptions desk;
  PinOption pin;
  std::string id, out, note;
};

const char* verb(JointAct act) { return act == JointAct::erasure ? "erase" : "lift"; }

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

Outcome<> sign_first(const Options& options) {
  auto out = NewFile::create(options.out);
  if (!out) return fail(out);
  auto signed_in = sign_in(options.desk);
  if (!signed_in) return fail(signed_in);
  const auto desk = std::make_shared<SignedIn>(*std::move(signed_in));
  auto report = desk->session.find(options.id);
  if (!report) return fail(report);
  if (options.act == JointAct::erasure)
    if (auto kept = check_withdrawn(options, desk, *report); !kept) return kept;
  const JointNote what{
      .act = options.act, .report = report->id, .day = today(), .hold_mark = report->hold_mark};
  auto note = sign::sign_note(encode_joint(what), desk->key.name, signing_key_of(desk->key));
  if (!note) return fail(note);
  if (auto done = out->write(as_bytes(*note)); !done) return done;
  if (auto done = out->commit(); !done) return done;
  say("{}: signed by {}. Nothing has changed yet: it takes two.", visible_line(options.out), desk->key.name);
  say("Next: a colleague who can read the report, until {}: candour {} {} --note FILE",
      what.day.plus(limits::joint_note_days).encode(), verb(options.act), what.report.encode());
  return {};
}

std::unexpected<Failure> fail_note(const Options& options, Errc code, std::string_view words) {
  return fail_with(code, fmt::format("{}: {}", visible_line(options.note), words));
}

// Everything about a colleague's note that can be told before a passphrase is asked.
Outcome<JointNote> check_note(const Options& options, std::string_view note) {
  const auto parsed = parse_note(note);
  if (!parsed) return fail_about(visible_line(options.note), parsed);
  const auto what = parse_joint(parsed->text);
  if (!what) return fail_about(visible_line(options.note), what);
  if (what->act != options.act) {
    const std::string is_for = what->act == JointAct::event_erasure
                                   ? std::string("erases what was said about a case")
                                   : fmt::format("is for `candour {}`", verb(what->act));
    return fail_note(options, Errc::refused,
                     fmt::format("{}. Nothing was signed. Ask your colleague what she means.", is_for));
  }
  if (!what->is_good_on(today())) {
    return fail_note(options, Errc::expired,
                     fmt::format("was signed on {}, and is taken for a week. Begin again with --out.",
                                 what->day.encode()));
  }
  return *what;
}

Outcome<> sign_second(const Options& options) {
  auto note = read_text_file(options.note, limits::small_note_bytes_max);
  if (!note) return fail(note);
  const auto what = check_note(options, *note);
  if (!what) return fail(what);
  auto signed_in = sign_in(options.desk);
  if (!signed_in) return fail(signed_in);
  const auto desk = std::make_shared<SignedIn>(*std::move(signed_in));
  auto report = desk->session.find(options.id);
  if (!report) return fail(report);
  if (what->report != report->id) {
    return fail_note(
        options, Errc::refused,
        fmt::format("is for the report {}. Nothing was signed. Ask your colleague which she means.",
                    what->report.encode()));
  }
  if (options.act == JointAct::erasure)
    if (auto kept = check_withdrawn(options, desk, *report); !kept) return kept;
  auto both = sign::add_note_signature(*note, desk->key.name, signing_key_of(desk->key));
  if (!both && both.error().code == Errc::conflict) {
    return fail_note(options, Errc::conflict,
                     "you have signed it yourself, and it takes two. Give it to a colleague.");
  }
  if (!both) return fail_about(visible_line(options.note), both);
  if (auto done = desk->session.send_note(*what, *both); !done) return done;
  if (options.act == JointAct::erasure)
    say("Erased from the server. Backups and copies that were fetched are still there.");
  else
    say("No hold is left.");
  return {};
}

Outcome<> run(const Options& options) {
  if (options.out.empty() == options.note.empty()) {
    return fail_with(Errc::refused,
                     "it takes two. Use --out FILE to sign first, or --note FILE to sign what a colleague "
                     "has signed.");
  }
  return options.note.empty() ? sign_first(options) : sign_second(options);
}

void add(CLI::App& parent, Action& chosen, JointAct act, const char* words) {
  auto options = std::make_shared<Options>();
  options->act = act;
  CLI::App* command = parent.add_subcommand(verb(act), words);
  add_report_id(*command, options->id);
  command->add_option("--out", options->out, "sign first: the note to write, for a colleague");
  command->add_option("--note", options->note,
                      "sign second, and do it: the note that a colleague has signed");
  options->desk.add_to(*command);
  options->pin.add_to(*command);
  on_chosen(*command, chosen, options, run);
}

}  // namespace

void add_erase(CLI::App& parent, Action& chosen) {
  add(parent, chosen, JointAct::erasure, "erase a report for good: two caseworkers sign");
}

void add_lift(CLI::App& parent, Action& chosen) {
  add(parent, chosen, JointAct::hold_lift, "lift all holds on a report: two caseworkers sign");
}

}  // namespace candour::cli
