// SPDX-License-Identifier: AGPL-3.0-or-later
// candour export: what one author sent, as a bag that others can check (docs/spec/evidence.md). From the server, or from fetched files on a
// machine without network. Or, redacted, as a page that is no evidence (export_redacted.h).
#include <algorithm>

#include "client-cli/cases/case_desk.h"
#include "client-cli/cases/event_words.h"
#include "client-cli/commands/commands.h"
#include "client-cli/commands/export_redacted.h"
#include "client-cli/desk/desk_options.h"
#include "client-cli/desk/fetched_report.h"
#include "client-cli/desk/known_roster.h"
#include "client-cli/desk/same_author.h"
#include "client-cli/desk/sealed_file.h"
#include "client-cli/evidence/bag_layout.h"
#include "client-cli/evidence/report_page.h"
#include "client-cli/files/read_file.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"
#include "crypto/core/encoding.h"
#include "protocol/contains.h"
#include "protocol/fingerprint.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

struct Options {
  DeskOptions desk;
  PinOption pin;
  std::vector<std::string> ids, files, receipts;
  std::string roster, out, redacted, phrases;
  unsigned threads = threads_by_default();
  bool follow_ups = false, privileged = false, quarantined = false, json = false;
  bool notes = false, may_miss = false;
};

// The file's name and its note.
using Receipts = std::vector<std::pair<std::string, std::string>>;

Outcome<Receipts> read_receipts(const std::vector<std::string>& paths) {
  Receipts receipts;
  for (const std::string& path : paths) {
    auto note = read_text_file(path, limits::small_note_bytes_max);
    if (!note) return fail(note);
    receipts.emplace_back(path, *std::move(note));
  }
  return receipts;
}

// One bag, from its first file to its name.
class Export {
 public:
  Export(const Options& options, BagWriter& bag, const KeyFile& key, CaseworkerId me,
         const VerifiedRoster& roster)
      : options_(options), bag_(bag), key_(key), me_(std::move(me)), roster_(roster) {}

  // Nobody could check what she signs where the roster does not name her so.
  Outcome<> check_exporter() const {
    const Caseworker* known = roster_->find_active(me_);
    if (known != nullptr && known->signing_key == verifier_key_of(key_)) return {};
    return fail_with(
        Errc::refused,
        fmt::format("the roster (version {}) does not name {} with the key of this file, or she is "
                    "revoked: nobody could check what you sign. Ask the steward; with --from, "
                    "give a newer one with --roster.",
                    roster_->version, me_.text()));
  }

  Outcome<> add(const ReportAccess& access, const std::optional<ListedReport>& listed,
                const SealedSource& source) {
    if (reports_.size() == evidence_reports_max) {
      return fail_with(Errc::too_large,
                       fmt::format("a bag holds at most {} reports. Make two.", evidence_reports_max));
    }
    auto report = export_report(bag_, reports_.size(), source, access, options_.threads);
    if (!report) return fail(report);
    report->listed = listed;
    if (auto fits = check_author(*report); !fits) return fits;
    reports_.push_back(*std::move(report));
    return {};
  }

  const std::vector<ExportedReport>& reports() const { return reports_; }

  // `said`: what the readers of the case told each other about it.
  Outcome<> finish(const Receipts& receipts, std::vector<HistoryEntry> said) {
    for (const auto& [name, note] : receipts) {
      if (auto added = add_receipt(bag_, reports_, name, note, roster_.roster()); !added) return added;
    }
    const Day day = today();
    std::vector<HistoryEntry> entries = known_history(reports_, me_, day);
    std::ranges::move(said, std::back_inserter(entries));
    const History history =
        history_of(entries, options_.privileged ? Privileged::included : Privileged::left_out);
    const std::pair<std::string_view, std::string> files[] = {
        {bag_roster_file, roster_.note()},
        {bag_page_file, report_page(reports_, roster_, me_, day)},
        {bag_history_file, history.json},
        {bag_history_page_file, history.page}};
    for (const auto& [path, content] : files)
      if (auto added = bag_.add(path, content); !added) return added;
    std::vector<ReportId> ids;
    for (const ExportedReport& report : reports_) ids.push_back(report.id);
    const auto sealed = bag_.finish(std::move(ids), day, key_, "candour " CANDOUR_VERSION);
    if (!sealed) return fail(sealed);
    options_.json ? show_json(*sealed, day) : show(*sealed);
    return {};
  }

 private:
  Outcome<> check_author(const ExportedReport& report) const {
    if (contains(reports_, report.id, &ExportedReport::id)) {
      return fail_with(Errc::conflict,
                       fmt::format("the report {} was named twice. Name it once.", report.id.encode()));
    }
    if (reports_.empty()) return {};
    if (!report.opened || !reports_.front().opened) {
      return fail_with(
          Errc::refused,
          "what was sealed without a manifest has no author that is known. Export it in a bag of its "
          "own.");
    }
    const auto joins = [&](const ExportedReport& before) {
      return same_author(before.opened->report, report.opened->report);
    };
    if (std::ranges::any_of(reports_, joins)) return {};
    return fail_with(
        Errc::refused,
        fmt::format("the report {} is by another author than {}. A bag holds what one author sent: "
                    "export it on its own. Nothing was written.",
                    report.id.encode(), reports_.front().id.encode()));
  }

  void show(const BagWriter::Sealed& sealed) const {
    for (std::size_t index = 0; index < reports_.size(); ++index) {
      const ExportedReport& report = reports_[index];
      say("{}  report {}{}{}", report_folder(index), report.id.encode(),
          report.opened ? "" : ", sealed as a single file: nothing shows who wrote it",
          report.receipt ? fmt::format(", with the receipt of {}", report.receipt->day.encode())
                         : ", no receipt");
    }
    say("\n{}: {} files, {} bytes, signed by {}. Fingerprint of what was signed:\n\n    {}\n",
        visible_line(options_.out), sealed.payload.files, sealed.payload.bytes, key_.name,
        fingerprint(sealed.text));
    say("Write the eight words down, or read them out to whoever receives the bag: a bag with other words is "
        "not this "
        "one.");
    say("Check it with: candour verify {} --pin {}", visible_line(options_.out),
        visible_line(options_.pin.path));
    say("Without Candour, inside the folder: sha256sum -c manifest-sha256.txt");
    say("It holds in clear what was written, the names of the readers and of those left out, and in "
        "report.json "
        "what shows\nwhen its author is answered. Hand it on as carefully as the report itself.");
  }

  void show_json(const BagWriter::Sealed& sealed, Day day) const {
    json::Array ids(reports_.size());
    std::ranges::transform(reports_, ids.begin(),
                           [](const ExportedReport& report) { return json::Value{report.id.encode()}; });
    const std::string words = fingerprint(sealed.text);
    json::Object object{{"directory", {options_.out}}, {"reports", {std::move(ids)}}};
    object.push_back({"files", json::number(sealed.payload.files)});
    object.push_back({"bytes", json::number(sealed.payload.bytes)});
    object.push_back({"day", {day.encode()}});
    object.push_back({"signed_by", {me_.text()}});
    object.push_back({"fingerprint", {words}});
    object.push_back({"manifest_sha256", {hex_encode(sealed.manifest_sha256)}});
    say_json(std::move(object));
  }

  const Options& options_;
  BagWriter& bag_;
  const KeyFile& key_;
  CaseworkerId me_;
  const VerifiedRoster& roster_;
  std::vector<ExportedReport> reports_;
};

Outcome<> need_roster(const KnownRoster& roster) {
  if (roster) return {};
  return fail_with(
      Errc::not_found,
      "no roster is known that the pin's root keys have signed, and a bag needs one to be checked by. "
      "With --from, give it with --roster FILE.");
}

Outcome<> add_listed(Export& bag, CaseDesk& desk, const ListedReport& listed) {
  return bag.add(desk.access_to(listed.id), listed, [&](const auto& sink) -> Outcome<> {
    auto fetched = fetch_report(desk.desk().session, listed, sink);
    if (!fetched) return fail(fetched);
    return {};
  });
}

// Everything else of the case, as it came.
Outcome<> add_follow_ups(Export& bag, CaseDesk& desk, const CaseFile& one) {
  for (const KnownReport* report : one.reports) {
    if (contains(bag.reports(), report->id, &ExportedReport::id)) continue;
    if (!report->trouble.empty()) {
      warn("report {} was passed over: {}", report->id.encode(), report->trouble);
      continue;
    }
    if (auto added = add_listed(bag, desk, *desk.listed(report->id)); !added) return added;
  }
  return {};
}

std::vector<HistoryEntry> said_about(const CaseFile& one) {
  std::vector<HistoryEntry> entries;
  for (const VerifiedEvent* event : one.state.timeline) {
    const auto* note = std::get_if<event::Note>(&(*event)->body);
    entries.push_back({(*event)->day, (*event)->author.text(), std::string(kind_of((*event)->body)),
                       note != nullptr ? note->text : history_words_of((*event)->body),
                       note != nullptr && note->privileged});
  }
  return entries;
}

Outcome<> export_from_server(const Options& options, const RosterMemory& memory, const Receipts& receipts) {
  auto writer = BagWriter::create(options.out);
  if (!writer) return fail(writer);
  auto desk = sign_in(options.desk);
  if (!desk) return fail(desk);
  const KnownRoster roster =
      known_from_server(memory, *desk->server, "The newest one that was accepted before goes into the bag.");
  if (auto known = need_roster(roster); !known) return known;
  auto cases = CaseDesk::at(std::make_shared<SignedIn>(*std::move(desk)), *roster, memory);
  if (!cases) return fail(cases);
  SignedIn& at_desk = cases->desk();
  Export bag(options, *writer, at_desk.key, cases->me(), *roster);
  if (auto good = bag.check_exporter(); !good) return good;
  const auto one = cases->find(options.ids.front());
  if (!one) return fail(one);
  if (!options.quarantined && !(*one)->state.quarantined.empty())
    return fail_with(
        Errc::refused,
        "an attachment of this case is under lock until a lawyer has looked at it, and a bag holds all that "
        "was sealed. `candour case` says which. With --with-quarantined it goes in.");
  for (const std::string& id : options.ids) {
    auto listed = at_desk.session.find(id);
    if (!listed) return fail(listed);
    if (auto added = add_listed(bag, *cases, *listed); !added) return added;
  }
  if (options.follow_ups)
    if (auto added = add_follow_ups(bag, *cases, **one); !added) return added;
  return bag.finish(receipts, said_about(**one));
}

Outcome<> export_from_files(const Options& options, const RosterMemory& memory, const Receipts& receipts) {
  std::vector<std::optional<ReportId>> ids(options.files.size());
  for (std::size_t at = 0; at < options.ids.size(); ++at) {
    auto id = ReportId::parse(options.ids[at]);
    if (!id) return fail_about("ID", id);
    ids[at] = *id;
  }
  const auto roster = known_from_file(options.roster, memory);
  if (!roster) return fail(roster);
  if (auto known = need_roster(*roster); !known) return known;
  auto writer = BagWriter::create(options.out);
  if (!writer) return fail(writer);
  auto key = unlock_key_file(options.desk.key, KeyOwner::caseworker);
  if (!key) return fail(key);
  auto me = owner_of(*key);
  if (!me) return fail(me);
  Export bag(options, *writer, *key, *me, **roster);
  if (auto good = bag.check_exporter(); !good) return good;
  for (std::size_t at = 0; at < options.files.size(); ++at) {
    const std::string& path = options.files[at];
    auto added = bag.add(own_access(*key, *me, ids[at]), std::nullopt,
                         [&](const auto& sink) -> Outcome<> { return read_sealed_file(path, sink); });
    if (!added) return added;
  }
  return bag.finish(receipts, {});
}

Outcome<> run_redacted(const Options& options) {
  if (options.phrases.empty())
    return fail_with(Errc::refused,
                     "what is to be struck out? Give a file with one word or phrase a line: --redact FILE.");
  if (options.ids.empty() || !options.files.empty() || !options.receipts.empty() || options.privileged ||
      options.quarantined || !options.roster.empty())
    return fail_with(
        Errc::refused,
        "a redacted page is made of reports at the server, named by ID, without receipts, privileged notes "
        "and "
        "files. Leave --from, --receipt, --roster, --with-privileged and --with-quarantined out.");
  return export_redacted({.desk = {options.desk, options.pin, {}, {}},
                          .ids = options.ids,
                          .out = options.redacted,
                          .phrases = options.phrases,
                          .follow_ups = options.follow_ups,
                          .notes = options.notes,
                          .may_miss = options.may_miss,
                          .json = options.json});
}

Outcome<> run(const Options& options) {
  if (options.out.empty() == options.redacted.empty())
    return fail_with(
        Errc::refused,
        "say where it goes: --out FOLDER for evidence, or --redacted FILE for a page that may be read "
        "by others.");
  if (!options.redacted.empty()) return run_redacted(options);
  if (!options.phrases.empty() || options.notes || options.may_miss)
    return fail_with(
        Errc::refused,
        "evidence stays whole: --redact, --with-notes and --redact-may-miss go with --redacted FILE "
        "alone.");
  const bool from_files = !options.files.empty();
  if (options.ids.empty() && !from_files) {
    return fail_with(Errc::refused,
                     "no report was named. Give its ID, as `candour inbox` shows it, or a file with --from.");
  }
  if (from_files && !options.ids.empty() && options.ids.size() != options.files.size()) {
    return fail_with(Errc::refused, "with --from, give as many IDs as files, in their order, or none.");
  }
  if (from_files && options.privileged) {
    return fail_with(
        Errc::refused,
        "with --from no history is at hand: notes come from the server. Leave --with-privileged out.");
  }
  if (from_files && options.follow_ups) {
    return fail_with(Errc::refused,
                     "--follow-ups looks through the server's list. With --from, name each file instead.");
  }
  if (!from_files && !options.roster.empty()) {
    return fail_with(Errc::refused,
                     "--roster goes with --from; from a server, the server's own is used. Leave it out.");
  }
  auto memory = memory_of(options.pin);
  if (!memory) return fail(memory);
  auto receipts = read_receipts(options.receipts);
  if (!receipts) return fail(receipts);
  return from_files ? export_from_files(options, *memory, *receipts)
                    : export_from_server(options, *memory, *receipts);
}

}  // namespace

void add_export(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand("export", "write reports of one author as evidence, a BagIt bag");
  command->add_option("ID", options->ids, "the reports, or the first 8 or more characters of their ids");
  command->add_option("--from", options->files,
                      "a sealed report from `candour fetch`, may be repeated: no network is used");
  CLI::Option* out = command->add_option("--out", options->out, "the folder to make");
  command->add_flag("--follow-ups", options->follow_ups,
                    "and everything else of the same author that you can read");
  command->add_flag("--with-privileged", options->privileged,
                    "privileged notes, too: advice of, or for, a lawyer, which the other side must not read");
  command->add_flag("--with-quarantined", options->quarantined,
                    "also where an attachment of the case is under lock");
  command->add_option("--receipt", options->receipts,
                      "a receipt that the author handed over; may be repeated");
  command
      ->add_option("--redacted", options->redacted,
                   "instead of a bag: a page to write, for reading, with words struck out; no evidence")
      ->excludes(out);
  command->add_option("--redact", options->phrases,
                      "with --redacted: a file with what is struck out, one word or phrase a line");
  command->add_flag("--redact-may-miss", options->may_miss, "also where one of them is found nowhere");
  command->add_flag("--with-notes", options->notes, "with --redacted: also notes, but for privileged ones");
  command->add_option("--roster", options->roster, "with --from: the newest roster that you have");
  add_threads(*command, options->threads);
  options->desk.add_to(*command);
  options->pin.add_to(*command);
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
