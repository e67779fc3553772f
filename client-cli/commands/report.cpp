// SPDX-License-Identifier: AGPL-3.0-or-later
// candour report: the reporter's whole job from a terminal. The codename is shown before anything is sent, so
// that a broken connection never loses the way back.
#include <unistd.h>

#include <optional>

#include "client-cli/codename.h"
#include "client-cli/commands/commands.h"
#include "client-cli/files/new_file.h"
#include "client-cli/files/read_file.h"
#include "client-cli/net/roster_source.h"
#include "client-cli/options.h"
#include "client-cli/report/comparison.h"
#include "client-cli/report/compose.h"
#include "client-cli/report/send.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"
#include "protocol/contains.h"
#include "protocol/receipt.h"
#include "protocol/sealed_report.h"

namespace candour::cli {
namespace {

struct Options {
  ServerOptions server;
  PinOption pin;
  std::string desk, answers, text, receipt;
  std::vector<std::string> exclude, attach;
  unsigned threads = threads_by_default();
  bool follow_up = false, exclude_nobody = false, json = false;
  CodenameOption codename;
  MatchingOptions matching;
  bool text_is_typed() const { return answers.empty() && text.empty(); }
};

Outcome<Answers> answers_of(const Options& options, const Form& form) {
  if (!options.answers.empty()) {
    auto json = read_text_file(options.answers, typed_bytes_max);
    if (!json) return fail(json);
    auto answers = parse_answers(*json);
    if (!answers) return fail_about(options.answers, answers);
    return answers;
  }
  if (!options.text.empty()) return answers_of_text(form, options.text);
  if (isatty(STDIN_FILENO) != 0) put(stderr, "Write what happened. End with Ctrl-D on a line of its own.\n");
  auto text = read_secret(STDIN_FILENO, typed_bytes_max, standard_input);
  if (!text) return fail(text);
  return answers_of_text(form, std::string(as_text(text->reveal())));
}

Outcome<DeskId> choose_desk(const Options& options, const Roster& roster) {
  if (!options.desk.empty()) {
    auto desk = DeskId::parse(options.desk);
    if (desk && roster.find(*desk) != nullptr) return *std::move(desk);
  } else if (roster.desks.size() == 1) {
    return roster.desks.front().id;
  }
  std::string words =
      options.desk.empty() ? "choose a desk with --desk ID. There are:" : "there is no such desk. There are:";
  for (const Desk& desk : roster.desks)
    words += fmt::format(" {} ({});", desk.id.text(), visible_line(desk.name));
  words.back() = '.';
  return fail_with(Errc::not_found, std::move(words));
}

// Of the desk, who could read it; of the matching group, who could see what it is like.
bool can_be_excluded(const Roster& roster, const Caseworker& who, const DeskId& desk) {
  return who.is_at(desk) || (roster.matching && contains(roster.matching->group, who.id));
}

std::unexpected<Failure> nobody_to_exclude(const std::string& text, const DeskId& desk,
                                           const Roster& roster) {
  std::vector<std::string> there;
  for (const Caseworker& who : roster.caseworkers) {
    if (can_be_excluded(roster, who, desk) && !who.revoked)
      there.push_back(fmt::format("{} ({})", who.id.text(), visible_line(who.name)));
  }
  return fail_with(
      Errc::not_found,
      fmt::format("--exclude {}: nobody at the desk {} is called so. Use the short name of one of: {}.",
                  visible_line(text), desk.text(), fmt::join(there, ", ")));
}

struct Readers {
  Audience audience;
  std::vector<CaseworkerId> excluded;  // of the desk, and of the matching group
};

Outcome<Readers> choose_readers(const Options& options, const VerifiedRoster& roster) {
  auto desk = choose_desk(options, roster.roster());
  if (!desk) return fail(desk);
  std::vector<CaseworkerId> of_desk, excluded;
  for (const std::string& text : options.exclude) {
    auto id = CaseworkerId::parse(text);
    const Caseworker* who = id ? roster->find(*id) : nullptr;
    if (who == nullptr || !can_be_excluded(roster.roster(), *who, *desk))
      return nobody_to_exclude(text, *desk, roster.roster());
    if (who->is_at(*desk)) of_desk.push_back(*id);
    excluded.push_back(*std::move(id));
  }
  auto audience = audience_of(roster, *desk, of_desk, today());
  if (!audience) return fail(audience);
  return Readers{*std::move(audience), std::move(excluded)};
}

void show_codename(const Codename& codename) {
  say("\nYour codename:\n\n    {}\n", codename.reveal());
  say("With it you come back: to read answers (candour messages), to add more (candour report --follow-up), "
      "or "
      "to the same on the service's page. Nobody can look it up or make it anew.");
  say("Learn it, or leave it with somebody safe. Nothing is saved on this computer; clear this window "
      "afterwards.\n");
}

// What she has to know before anything is sent.
void show_before(const Options& options, const Codename& codename, const Audience& audience,
                 const Comparison& comparison) {
  if (options.json) {
    json::Array names;
    for (std::string& name : comparison.shown_names()) names.push_back({std::move(name)});
    json::Object said;
    if (!options.follow_up) said.push_back({"codename", {std::string(codename.reveal())}});
    if (!names.empty()) said.push_back({"compared_as", {std::move(names)}});
    if (!said.empty()) say_json(std::move(said));
  } else {
    comparison.say_before(audience);
    if (!options.follow_up) show_codename(codename);
  }
  (void)std::fflush(stdout);
}

// Nothing of the first report is kept here, so nobody but she knows whom she left out of it.
Outcome<> check_follow_up(const Options& options) {
  if (!options.exclude.empty() && options.exclude_nobody)
    return fail_with(Errc::refused, "--exclude-nobody contradicts --exclude. Leave one out.");
  if (!options.follow_up || options.exclude_nobody || !options.exclude.empty()) return {};
  return fail_with(Errc::refused,
                   "whom did you leave out of your first report? Nothing of it is kept here, so name them "
                   "again with --exclude, or say --exclude-nobody. Nothing was sent.");
}

Upload::Progress progress_to_terminal(const Options& options, std::uint64_t total_bytes) {
  if (options.json || isatty(STDERR_FILENO) == 0) return [](std::uint64_t) {};
  return [total_bytes](std::uint64_t bytes) {
    put(stderr, fmt::format("\rSent {} of {} MiB", bytes >> 20U, (total_bytes + (1U << 20U) - 1) >> 20U));
    if (bytes >= total_bytes) put(stderr, "\n");
  };
}

Outcome<> show_receipt(const Options& options, const Upload::Done& done, const Roster& roster,
                       const ReportId& id) {
  auto receipt = verify_receipt(done.receipt_note, roster.receipt_key);
  if (!receipt) {
    return fail_about(
        "the report was sent, but the server's receipt is not good, so it may say later that it never had "
        "it. Tell the service by another way",
        receipt);
  }
  if (receipt->report != id || receipt->sha256 != done.sha256) {
    return fail_with(Errc::not_authentic,
                     "the report was sent, but the server's receipt is for something else. Tell the "
                     "service by another way.");
  }
  if (options.json) {
    say_json({{"report", {id.encode()}},
              {"day", {receipt->day.encode()}},
              {"short_code", {short_code(receipt->sha256)}},
              {"receipt", {done.receipt_note}}});
    return {};
  }
  say("Sent, and safely stored on {}. The receipt's code for paper:\n\n    {}\n", receipt->day.encode(),
      short_code(receipt->sha256));
  say("The whole receipt, signed by the server:\n\n{}", visible_text(done.receipt_note, ""));
  return {};
}

Outcome<> run(const Options& options) {
  if (auto said = check_follow_up(options); !said) return said;
  auto wish = read_wish(options.matching, options.follow_up, options.text_is_typed());
  if (!wish) return fail(wish);
  auto pin = options.pin.read();
  if (!pin) return fail(pin);
  auto address = options.server.address();
  if (!address) return fail(address);
  std::optional<Codename> known;
  if (options.follow_up) {
    auto asked = options.codename.ask();
    if (!asked) return fail(asked);
    known.emplace(*std::move(asked));
  }
  // A remembered roster would tell whoever searches this device that, and when, she reported.
  const RosterMemory memory = RosterMemory::none(*std::move(pin));
  HttpClient server(*address);
  auto roster = fetch_roster(server, memory, today());
  if (!roster) return fail(roster);
  auto readers = choose_readers(options, *roster);
  if (!readers) return fail(readers);
  const Audience& audience = readers->audience;
  const auto comparison =
      Comparison::prepare(*roster, audience, readers->excluded, *std::move(wish), today());
  if (!comparison) return fail(comparison);
  auto attachments = open_attachments(options.attach, (*roster)->policy);
  if (!attachments) return fail(attachments);
  auto answers = answers_of(options, (*roster)->form);
  if (!answers) return fail(answers);

  // Before anything is sent: where it cannot be made, nothing is.
  std::optional<NewFile> receipt_file;
  if (!options.receipt.empty()) {
    auto file = NewFile::create(options.receipt);
    if (!file) return fail(file);
    receipt_file.emplace(*std::move(file));
  }

  const Codename codename = known ? *std::move(known) : Codename::make_random();
  const ReporterKeys keys = ReporterKeys::derive(codename);
  ReportPlace place = options.follow_up ? make_follow_up(keys) : ReportPlace();
  place.releases = options.matching.release;
  auto composed =
      compose(*roster, audience, keys, place, *std::move(answers), *std::move(attachments), today());
  if (!composed) return fail(composed);
  composed->held_for = comparison->held_for();
  const ReportId id = composed->manifest.report;
  const std::uint64_t bytes =
      sealed_report_bytes(archive_bytes_of(*composed), (*roster)->places, audience.threshold);
  show_before(options, codename, audience, *comparison);
  auto done = seal_and_send(server, *std::move(composed), audience, (*roster)->places, keys, options.threads,
                            progress_to_terminal(options, bytes));
  if (!done) return fail(done);
  if (auto shown = show_receipt(options, *done, roster->roster(), id); !shown) return shown;
  if (place.releases && !options.json) say("It lets open what you held back with this codename.");
  Outcome<> kept;
  if (receipt_file) {
    kept = receipt_file->write(as_bytes(done->receipt_note));
    if (kept) kept = receipt_file->commit();
  }
  // Also where the file is missing: what is held would be lost without it.
  if (auto compared = comparison->run(server, keys, place.number, options.matching.at_most(), options.json);
      !compared)
    return compared;
  if (!kept)
    return fail_about("the report was sent, and only this file is missing (the receipt is shown above)",
                      kept);
  return {};
}

}  // namespace

void add_report(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand("report", "tell the caseworkers of a desk what happened");
  options->server.add_to(*command);
  options->pin.add_to(*command);
  command->add_option("--desk", options->desk, "who is to read it; needed where there are several desks");
  command->add_option("--exclude", options->exclude,
                      "a caseworker who must not be able to read it; may be repeated");
  CLI::Option* follow_up = command->add_flag("--follow-up", options->follow_up,
                                             "add to what you sent with the codename that you have");
  command->add_flag("--exclude-nobody", options->exclude_nobody,
                    "with --follow-up: nobody was left out of your first report");
  options->codename.add_to(*command)->needs(follow_up);
  command->add_option("--attach", options->attach, "a file to send along, as it is; may be repeated");
  CLI::Option* answers =
      command->add_option("--answers", options->answers, "answers to the form's questions, JSON");
  command
      ->add_option("--text", options->text,
                   "what happened (others on this computer can see it while the command runs; standard input "
                   "is safer)")
      ->excludes(answers);
  options->matching.add_to(*command, *follow_up);
  command->add_option("--receipt", options->receipt, "also write the receipt to this file");
  add_threads(*command, options->threads);
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
