// SPDX-License-Identifier: AGPL-3.0-or-later
// candour open: a report from the server, or from a file on a machine without network, into a new folder.
#include <algorithm>
#include <thread>

#include "client-cli/commands/commands.h"
#include "client-cli/desk/desk_options.h"
#include "client-cli/desk/opened_report.h"
#include "client-cli/desk/summary.h"
#include "client-cli/files/read_file.h"
#include "client-cli/keys.h"
#include "client-cli/net/roster_source.h"
#include "client-cli/terminal/say.h"
#include "crypto/open/key_file.h"
#include "protocol/limits.h"

namespace candour::cli {
namespace {

constexpr unsigned threads_max = 16;
constexpr unsigned threads_default_max = 4;
constexpr std::size_t read_bytes = 256 << 10;

struct Options {
  DeskOptions desk;
  PinOption pin;
  std::string id, file, roster, out;
  unsigned threads = std::clamp(std::thread::hardware_concurrency(), 1U, threads_default_max);
  bool no_seen = false, json = false;
};

// The form's words are a convenience, the roster's state an alarm: neither keeps a caseworker from a report.
std::optional<Form> form_from_server(const Options& options, HttpClient& server) {
  if (options.pin.path.empty()) return std::nullopt;
  auto roster = [&]() -> Outcome<VerifiedRoster> {
    auto pin = options.pin.read();
    if (!pin) return fail(pin);
    auto memory = RosterMemory::of_user(*std::move(pin));
    if (!memory) return fail(memory);
    return fetch_roster(server, *memory, today());
  }();
  if (!roster) {
    warn("{} The report is shown without the questions' words.", roster.error().text);
    return std::nullopt;
  }
  return (*roster)->form;
}

Outcome<std::optional<Form>> form_from_file(const Options& options) {
  if (options.roster.empty()) return std::nullopt;
  auto pin = options.pin.read();
  if (!pin) return fail(pin);
  auto note = read_text_file(options.roster, limits::roster_bytes_max);
  if (!note) return fail(note);
  auto roster = verify_roster_signatures(*note, *pin);
  if (!roster) return fail_about(options.roster, roster);
  return (*roster)->form;
}

Outcome<> show(const Options& options, const OpenedReport& opened, const std::optional<Form>& form,
               const std::vector<CaseworkerId>& added) {
  for (const CaseworkerId& who : added) {
    warn(
        "a reader has been added by the server: {} is listed for this report, but its author did not seal it "
        "to {}. "
        "Do not share it with {}, and tell the steward.",
        who.text(), who.text(), who.text());
  }
  if (options.json) {
    put(stdout, summary_json(opened, options.out, added));
    return {};
  }
  put(stdout, summary_of(opened, form ? &*form : nullptr));
  say("\nSaved in {}: checked, and complete as its author sealed it.", options.out);
  return {};
}

Outcome<> open_from_server(const Options& options, const KeyFile& key,
                           const std::vector<open::Identity>& identities, const CaseworkerId& me,
                           NewDirectory& directory) {
  auto desk = sign_in(options.desk, key);
  if (!desk) return fail(desk);
  auto listed = desk->session.find(options.id);
  if (!listed) return fail(listed);
  const Opener who{me, listed->id};
  ReportOpener opener(identities, who, directory, options.threads);
  std::uint64_t bytes = 0;
  auto done = desk->session.download(listed->id, [&](ByteView sealed) -> Outcome<> {
    bytes += sealed.size();
    if (bytes > listed->bytes)
      return fail_with(Errc::too_large, "the server sends more bytes than it had listed. Try again.");
    return opener.update(sealed);
  });
  if (!done) return done;
  auto opened = opener.finish();
  if (!opened) return fail(opened);
  if (auto kept = directory.commit(); !kept) return kept;
  const auto form = form_from_server(options, *desk->server);
  if (auto shown = show(options, *opened, form, added_readers(opened->manifest.manifest(), listed->audience));
      !shown) {
    return shown;
  }
  if (options.no_seen) return {};
  return desk->session.mark_seen(listed->id);
}

Outcome<> open_from_file(const Options& options, const std::vector<open::Identity>& identities,
                         const CaseworkerId& me, NewDirectory& directory) {
  std::optional<ReportId> id;
  if (!options.id.empty()) {
    auto parsed = ReportId::parse(options.id);
    if (!parsed) return fail_about("ID", parsed);
    id = *parsed;
  }
  auto form = form_from_file(options);
  if (!form) return fail(form);
  auto file = open_input(options.file);
  if (!file) return fail(file);
  const Opener who{me, id};
  ReportOpener opener(identities, who, directory, options.threads);
  Bytes buffer(read_bytes);
  while (true) {
    auto got = read_full(file->fd.get(), buffer);
    if (!got) return fail_about(options.file, got);
    if (*got == 0) break;
    if (auto done = opener.update(ByteView(buffer).first(*got)); !done) return done;
  }
  auto opened = opener.finish();
  if (!opened) return fail(opened);
  if (auto kept = directory.commit(); !kept) return kept;
  return show(options, *opened, *form, {});
}

Outcome<> run(const Options& options) {
  if (options.id.empty() && options.file.empty()) {
    return fail_with(Errc::refused, "name a report, as `candour inbox` shows it, or a file with --file.");
  }
  auto directory = NewDirectory::create(options.out);
  if (!directory) return fail(directory);
  auto key = unlock_key_file(options.desk.key);
  if (!key) return fail(key);
  auto me = CaseworkerId::from_key_name(key->name);
  if (!me) return fail_about(options.desk.key.path, me);
  const std::vector<open::Identity> identities = open::identities_of(*key);
  return options.file.empty() ? open_from_server(options, *key, identities, *me, *directory)
                              : open_from_file(options, identities, *me, *directory);
}

}  // namespace

void add_open(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand("open", "open a report into a new folder, and show it");
  command->add_option("ID", options->id, "the report, or the first 8 or more characters of its id");
  command->add_option("--file", options->file, "a sealed report from `candour fetch`: no network is used");
  command->add_option("--out", options->out, "the folder to make")->required();
  command->add_option("--roster", options->roster,
                      "with --file and --pin: the roster, for the questions' words");
  command->add_flag("--no-seen", options->no_seen, "do not mark it as seen at the server");
  command->add_option("--threads", options->threads, "processors that open")
      ->check(CLI::Range(1U, threads_max));
  options->desk.add_to(*command);
  options->pin.add_to(*command);
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
