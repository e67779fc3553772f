// SPDX-License-Identifier: AGPL-3.0-or-later
// candour open: a report from the server, or from a file on a machine without network, into a new folder.

#include "client-cli/cases/case_desk.h"
#include "client-cli/cases/match_words.h"
#include "client-cli/commands/commands.h"
#include "client-cli/desk/desk_options.h"
#include "client-cli/desk/fetched_report.h"
#include "client-cli/desk/handed_on.h"
#include "client-cli/desk/known_roster.h"
#include "client-cli/desk/people.h"
#include "client-cli/desk/reply_post.h"
#include "client-cli/desk/roster_alarms.h"
#include "client-cli/desk/sealed_file.h"
#include "client-cli/desk/summary.h"
#include "client-cli/files/new_directory.h"
#include "client-cli/keys.h"
#include "client-cli/terminal/say.h"
#include "protocol/contains.h"
#include "protocol/json.h"

namespace candour::cli {
namespace {

struct Options {
  DeskOptions desk;
  PinOption pin;
  std::string id, file, roster, handed_on, out;
  unsigned threads = threads_by_default();
  bool no_seen = false, json = false;
};

void show(const Options& options, const OpenedReport& opened, const KnownRoster& known,
          const std::vector<CaseworkerId>& added, const CaseworkerId& me) {
  std::optional<RosterAlarms> alarms;
  if (known) alarms = roster_alarms(opened, *known, me);
  if (options.json) {
    put(stdout, summary_json(opened, options.out, added, alarms ? &*alarms : nullptr));
  } else {
    put(stdout, summary_of(opened, known ? &(*known)->form : nullptr));
    say("\nSaved in {}: checked, and complete as its author sealed it.", options.out);
  }
  for (const CaseworkerId& who : added) {
    warn(
        "a reader has been added by the server: {0} is listed for this report, but its author did not seal "
        "it to {0}{1}. "
        "Do not share it with {0}, and tell the steward.",
        who.text(),
        known ? ", and nobody who may admitted her"
              : " (with --pin it is known whether a colleague admitted her)");
  }
  if (!alarms) return;
  for (const std::string& words : alarms->words) warn("{}", words);
}

// What came without a manifest: kept as it is, and nothing claimed about it.
void show_unsigned(const Options& options, const std::optional<ReportId>& report, const std::string& file,
                   const std::vector<CaseworkerId>* listed) {
  if (options.json) {
    json::Object object{
        {"signed", {false}},
        {"report", report ? json::Value{report->encode()} : json::Value{nullptr}},
        {"audience_listed", listed != nullptr ? names_json(*listed) : json::Value{json::Array{}}},
        {"directory", {options.out}},
        {"files", {json::Array{{file}}}}};
    put(stdout, json::encode({std::move(object)}, json::Layout::compact) + "\n");
    return;
  }
  say("{}This was sealed as a single file, not by Candour's own page or `candour report`. It is not signed "
      "by an "
      "author and has no manifest.",
      report ? fmt::format("Report {}\n", report->encode()) : "");
  say("So nothing shows who wrote it, for whom it was meant, or that it is still what was sealed first. Its "
      "author "
      "cannot be answered here: look in the file for a way to reach them.");
  say("\nSaved as {}/{}. It may be hostile: open it in Dangerzone or on a spare machine.", options.out, file);
}

// Her author is told once by each who opens it (docs/spec/drops.md "A reply"). The report is open whether that succeeds or not.
void tell_author(const Options& options, SignedIn& desk, const Addressee& author) {
  const auto number = post_reply(desk, author, ReplyKind::opened, {}, today());
  if (!number) {
    warn(
        "its author could not be told that you have opened it: {} To tell her later: candour reply {} "
        "--opened",
        number.error().text, author.report.encode().substr(0, 8));
  } else if (!options.json) {
    say("Within the hour its author can see that you have opened it.");
  }
}

// What is said of her cases, where that can be had: she may read without.
std::optional<CaseDesk> cases_of(const std::shared_ptr<SignedIn>& desk, const KnownRoster& roster,
                                 const std::optional<RosterMemory>& memory) {
  if (!roster) return std::nullopt;
  auto cases = CaseDesk::at(desk, *roster, *memory);
  if (cases) return *std::move(cases);
  warn("what your colleagues say of your cases cannot be had: {}", cases.error().text);
  return std::nullopt;
}

// So that her colleagues see who has read which account, and when (docs/spec/cases.md "Kinds"). It is open whether that succeeds or not.
void log_reading(CaseDesk& cases, const ReportId& report) {
  const auto said = cases.log_reading(report);
  if (!said) warn("your colleagues could not be told that you have read it: {}", said.error().text);
}

Outcome<> open_from_server(const Options& options) {
  std::optional<RosterMemory> memory;
  if (!options.pin.path.empty()) {
    auto found = memory_of(options.pin);
    if (!found) return fail(found);
    memory.emplace(*std::move(found));
  }
  auto directory = NewDirectory::create(options.out);
  if (!directory) return fail(directory);
  auto signed_in = sign_in(options.desk);
  if (!signed_in) return fail(signed_in);
  const auto desk = std::make_shared<SignedIn>(*std::move(signed_in));
  auto me = owner_of(desk->key);
  if (!me) return fail(me);
  auto listed = desk->session.find(options.id);
  if (!listed) return fail(listed);
  const KnownRoster known =
      memory ? known_from_server(*memory, *desk->server, "The report is opened all the same.") : std::nullopt;
  auto cases = cases_of(desk, known, memory);
  const ReportAccess access = cases ? cases->access_to(listed->id) : own_access(desk->key, *me, listed->id);
  if (cases)
    if (const auto together = cases->together(listed->id);
        together && !together->open && !together->has_enough())
      return fail_with(Errc::no_match, words_of(*together, *me) +
                                           (together->trouble.empty() ? "" : ". " + together->trouble));
  if (cases && cases->is_held(listed->id))
    return fail_with(Errc::no_match, fmt::format("this report is {}.", held_words));
  ReportOpener opener(access.identities, access.who, &*directory, options.threads);
  auto sealed_sha256 =
      fetch_report(desk->session, *listed, [&](ByteView sealed) { return opener.update(sealed); });
  if (!sealed_sha256) return fail(sealed_sha256);
  auto unsigned_file = opener.finish_unsigned();
  if (!unsigned_file) return fail(unsigned_file);
  if (*unsigned_file) {
    if (auto kept = directory->commit(); !kept) return kept;
    const auto readers = listed->readers();
    show_unsigned(options, listed->id, **unsigned_file, &readers);
    if (options.no_seen) return {};
    if (const auto seen = desk->session.set_mark(listed->id, "seen", true); !seen) return fail(seen);
    return {};
  }
  auto opened = opener.finish();
  if (!opened) return fail(opened);
  if (auto same = access.check_sealed(*sealed_sha256, opened->manifest.manifest()); !same) return same;
  if (auto kept = directory->commit(); !kept) return kept;
  show(options, *opened, known,
       cases ? cases->unexplained_readers(opened->manifest.manifest(), *listed)
             : added_readers(opened->manifest.manifest(), listed->readers()),
       *me);
  if (options.no_seen) return {};
  // Whether she hears of it is for a person to decide: it would tell her that there is another report.
  const bool by_match = cases && cases->was_opened_by_match(listed->id);
  if (!listed->seen && !by_match) tell_author(options, *desk, addressee_of(*opened, *sealed_sha256));
  if (by_match && !options.json)
    say("A match opened it: its author was not told. See `candour match` before you answer.");
  if (const auto seen = desk->session.set_mark(listed->id, "seen", true); !seen) return fail(seen);
  if (cases) log_reading(*cases, listed->id);
  return {};
}

// With what colleagues handed on, where that was fetched too.
Outcome<ReportAccess> access_to_file(const Options& options, const KeyFile& key, const CaseworkerId& me,
                                     const std::optional<ReportId>& id, const KnownRoster& known) {
  if (options.handed_on.empty()) return own_access(key, me, id);
  if (!known || !id)
    return fail_with(
        Errc::refused,
        "what was handed on is for one report, and believed by the roster. Give the whole ID, --pin FILE "
        "and --roster FILE.");
  const auto handed_on = read_handed_on(options.handed_on, key, me, known->roster());
  if (!handed_on) return fail(handed_on);
  ReportAccess access = access_by(key, me, *id, handed_on->events, known->roster());
  if (handed_on->match_seed) access.identities.push_back(identity_of_seed(*handed_on->match_seed));
  return access;
}

Outcome<> open_from_file(const Options& options) {
  std::optional<ReportId> id;
  if (!options.id.empty()) {
    auto parsed = ReportId::parse(options.id);
    if (!parsed) return fail_about("ID", parsed);
    id = *parsed;
  }
  if (!options.roster.empty() && options.pin.path.empty()) {
    return fail_with(Errc::refused,
                     "--roster is believed only if --pin FILE says who must have signed it. Add --pin.");
  }
  KnownRoster known;
  if (!options.pin.path.empty()) {
    auto memory = memory_of(options.pin);
    if (!memory) return fail(memory);
    auto found = known_from_file(options.roster, *memory);
    if (!found) return fail(found);
    known = *std::move(found);
  }
  auto directory = NewDirectory::create(options.out);
  if (!directory) return fail(directory);
  auto key = unlock_key_file(options.desk.key, KeyOwner::caseworker);
  if (!key) return fail(key);
  auto me = owner_of(*key);
  if (!me) return fail(me);
  const auto access = access_to_file(options, *key, *me, id, known);
  if (!access) return fail(access);
  ReportOpener opener(access->identities, access->who, &*directory, options.threads);
  Sha256 hash;
  if (auto fed = read_sealed_file(options.file,
                                  [&](ByteView sealed) {
                                    hash.update(sealed);
                                    return opener.update(sealed);
                                  });
      !fed)
    return fed;
  auto unsigned_file = opener.finish_unsigned();
  if (!unsigned_file) return fail(unsigned_file);
  if (*unsigned_file) {
    if (auto kept = directory->commit(); !kept) return kept;
    show_unsigned(options, id, **unsigned_file, nullptr);
    return {};
  }
  auto opened = opener.finish();
  if (!opened) return fail(opened);
  if (auto same = access->check_sealed(hash.finish(), opened->manifest.manifest()); !same) return same;
  if (auto kept = directory->commit(); !kept) return kept;
  show(options, *opened, known, {}, *me);
  return {};
}

Outcome<> run(const Options& options) {
  if (options.id.empty() && options.file.empty()) {
    return fail_with(Errc::refused,
                     "no report was named. Give its ID, as `candour inbox` shows it, or a file with --file.");
  }
  if (options.file.empty() && !options.handed_on.empty()) {
    return fail_with(Errc::refused,
                     "--handed-on goes with --file; from a server, it is found there. Leave it out.");
  }
  if (options.file.empty() && !options.roster.empty()) {
    return fail_with(Errc::refused,
                     "--roster goes with --file; from a server, the server's own is used. Leave it out.");
  }
  return options.file.empty() ? open_from_server(options) : open_from_file(options);
}

}  // namespace

void add_open(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand("open", "open a report into a new folder, and show it");
  command->add_option("ID", options->id, "the report, or the first 8 or more characters of its id");
  command->add_option("--file", options->file, "a sealed report from `candour fetch`: no network is used");
  command->add_option("--out", options->out, "the folder to make")->required();
  command->add_option("--roster", options->roster, "with --file and --pin: the newest roster that you have");
  command->add_option("--handed-on", options->handed_on,
                      "with --file, --pin and --roster: what `candour fetch --handed-on` wrote");
  command->add_flag("--no-seen", options->no_seen,
                    "do not mark it as seen at the server, and do not tell its author");
  add_threads(*command, options->threads);
  options->desk.add_to(*command);
  options->pin.add_to(*command);
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
