// SPDX-License-Identifier: AGPL-3.0-or-later
// candour setup: the first run of a server, step by step (docs/operations/install.md). Each step looks whether it is done, so that the command
// can be given again wherever it stopped: above all while the steward, on another machine, makes the roster.
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <optional>
#include <thread>

#include "client-cli/commands/commands.h"
#include "client-cli/doctor/examine.h"
#include "client-cli/doctor/onion_services.h"
#include "client-cli/files/as_owner.h"
#include "client-cli/files/file_failure.h"
#include "client-cli/files/new_file.h"
#include "client-cli/files/read_file.h"
#include "client-cli/options.h"
#include "client-cli/process/program.h"
#include "client-cli/setup/origin_line.h"
#include "client-cli/setup/poster.h"
#include "client-cli/terminal/ask.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"
#include "client-cli/tor/client_authorisation.h"
#include "keyholder/holder_key.h"
#include "keyholder/place.h"
#include "protocol/fingerprint.h"
#include "protocol/invitation.h"
#include "protocol/limits.h"
#include "protocol/pin.h"
#include "protocol/roster.h"
#include "server/process/config.h"

namespace candour::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t config_bytes_max = std::size_t{1} << 20;
constexpr unsigned public_mode = 0644;
constexpr std::chrono::seconds tor_begins_within{60};
constexpr std::chrono::milliseconds look_every{200};
constexpr const char* service_user = "candour";
constexpr const char* tor_service = "candour-tor.service";

struct Options {
  std::string config = packaged_config;
  std::string torrc = installed_torrc();
  std::string poster = "candour-poster.svg";
  bool no_services = false;
};

struct Place {
  server::Config config;
  std::string receipt_key;
  std::string reporters, desk;  // onion addresses
  std::optional<Pin> pin;       // the steward's, once it is here
};

std::unexpected<Failure> stop_here(std::string_view words) {
  return fail_with(Errc::busy, fmt::format("{} Then give this command again: it goes on from here.", words));
}

bool may_start(const Options& options) {
  std::error_code failed;
  return !options.no_services && fs::exists("/run/systemd/system", failed);
}

// As the user that candourd runs as, where root asks.
Outcome<ProgramEnd> run_candourd(const Options& options, const std::vector<std::string>& arguments) {
  std::vector<std::string> all;
  if (!options.no_services && geteuid() == 0 && getpwnam(service_user) != nullptr)
    all = {"runuser", "-u", service_user, "--"};
  all.emplace_back("candourd");
  all.insert(all.end(), arguments.begin(), arguments.end());
  return run_program(std::move(all));
}

Outcome<> need(const Outcome<ProgramEnd>& end) {
  if (!end) return fail(end);
  if (end->status == 0) return {};
  return fail_with(Errc::refused, visible_text(end->output, ""));
}

Outcome<> read_config(const Options& options, Place& place) {
  auto config = server::load_config(options.config);
  if (!config) {
    std::string words;
    for (const auto& finding : config.error())
      words += fmt::format("{}{}: {}", words.empty() ? "" : " ", finding.place, finding.error.message.view());
    return fail_with(Errc::malformed, words);
  }
  place.config = *std::move(config);
  say("1  {}: in order.", options.config);
  return {};
}

Outcome<> make_keys(const Options& options, Place& place) {
  const auto done = run_candourd(options, {"init", "--config", options.config});
  if (auto good = need(done); !good) return good;
  constexpr std::string_view begins = "candour/receipt/";
  const auto at = done->output.find(begins);
  if (at == std::string::npos)
    return fail_with(Errc::internal,
                     "candourd init did not print the receipt key. Is it of another version?");
  place.receipt_key = done->output.substr(at, done->output.find_first_of(" \n", at) - at);
  say("2  Keys and database are there: {}, {}.", place.config.secrets.string(), place.config.data.string());
  return {};
}

// Of the packaged holder alone: of others somebody else takes care, on another machine.
bool has_holder_here(const Options& options, const Place& place) {
  return !place.config.holders_listen.empty() && may_start(options) && geteuid() == 0 &&
         getpwnam(keyholder::packaged_user) != nullptr;
}

Outcome<> make_holder_key(const Options& options, Place& place) {
  std::error_code failed;
  if (!has_holder_here(options, place)) return {};
  if (!fs::exists(keyholder::packaged_key, failed)) {
    auto made =
        need(run_program({"runuser", "-u", keyholder::packaged_user, "--", "candour-keyholder", "init",
                          "--key", keyholder::packaged_key, "--out", keyholder::packaged_list}));
    if (!made) return made;
  }
  say("   The key by which reports are matched: {}. Where they are to be, the steward takes {}, which is "
      "public:",
      keyholder::packaged_key, keyholder::packaged_list);
  say("       candour roster matching roster.json --holders holders.json --group ID,ID");
  return {};
}

Outcome<> start(const std::string& unit) { return need(run_program({"systemctl", "enable", "--now", unit})); }

// Without any key there, Tor lets everybody see that there is a desk. So there is one from its first start on, of which nobody has the
// other half. Whether it was made now.
Outcome<bool> close_door(const OnionService& desk) {
  const fs::path folder = desk.folder, keys = folder / "authorized_clients";
  std::error_code failed;
  const bool is_there = fs::exists(fs::symlink_status(folder, failed));
  const auto owner = AsOwner::of(is_there ? desk.folder : folder.parent_path().string());
  if (!owner && owner.error().code == Errc::not_found) return false;  // nothing of Tor's is here yet
  if (!owner) return fail(owner);
  if (has_client_key(desk).value_or(false)) return false;
  for (const fs::path& one : {folder, keys})
    if (mkdir(one.c_str(), S_IRWXU) != 0 && errno != EEXIST) return fail_file(one.string(), Access::write);
  const auto line = ClientAuthorisation::make_random().public_line;
  if (auto done = replace_file((keys / "nobody.auth").string(), as_bytes(line)); !done) return fail(done);
  return true;
}

Outcome<> wait_for_addresses(const Options& options, Place& place) {
  const auto torrc = read_text_file(options.torrc, torrc_bytes_max);
  if (!torrc) return fail_with(torrc.error().code, torrc.error().text + " Name it with --torrc.");
  const auto services = read_torrc(*torrc);
  const OnionService* reporters = service_of(services, place.config.reporter_listen);
  const OnionService* desk = service_of(services, place.config.desk_listen);
  if (reporters == nullptr || desk == nullptr)
    return fail_with(Errc::not_found,
                     fmt::format("{}: has no onion service for each listener of {}. Take the packaged one.",
                                 options.torrc, options.config));
  const auto have_both = [&] {
    place.reporters = address_of(*reporters).value_or("");
    place.desk = address_of(*desk).value_or("");
    return !place.reporters.empty() && !place.desk.empty();
  };
  const auto closed = close_door(*desk);
  if (!closed) return fail(closed);
  if (may_start(options)) {
    const bool ran_before = need(run_program({"systemctl", "is-active", tor_service})).has_value();
    if (auto started = start(tor_service); !started) return started;
    // It has not seen the key that was made now.
    if (ran_before && *closed)
      if (auto done = need(run_program({"systemctl", "reload", tor_service})); !done) return done;
  }
  if (!may_start(options) && !have_both())
    return stop_here("No service is started here, so start candour-tor.service yourself.");
  for (const auto until = std::chrono::steady_clock::now() + tor_begins_within; !have_both();) {
    if (std::chrono::steady_clock::now() > until)
      return stop_here(
          "Tor has written no addresses within a minute. Look at `journalctl --namespace=candour -u "
          "candour-tor`.");
    std::this_thread::sleep_for(look_every);
  }
  say("3  Reporters arrive at {}", place.reporters);
  say("   Caseworkers arrive at {}", place.desk);
  return {};
}

Outcome<> write_origin(const Options& options, Place& place) {
  if (place.config.desk_origin != place.desk) {
    std::error_code failed;
    const std::string file =
        fs::canonical(options.config, failed).string();  // where it is a link, what it leads to
    const auto text = read_text_file(file, config_bytes_max);
    if (!text) return fail(text);
    const auto changed = with_origin(*text, place.desk);
    if (!changed)
      return fail_with(
          Errc::malformed,
          fmt::format("{}: [desk] has no line that begins with origin =. Write one.", options.config));
    struct stat before{};
    if (stat(file.c_str(), &before) != 0) return fail_file(file, Access::read);
    if (auto done = replace_file(file, as_bytes(*changed)); !done) return done;
    if (chmod(file.c_str(), before.st_mode & 07777) != 0 ||
        chown(file.c_str(), before.st_uid, before.st_gid) != 0)
      return fail_file(file, Access::write);
    // One that serves already goes by the old address until it is started again.
    if (may_start(options))
      if (auto restarted = need(run_program({"systemctl", "try-restart", "candourd.service"})); !restarted)
        return restarted;
  }
  say("4  {} names the desk's address.", options.config);
  return {};
}

// What is at its place; else of where she says it is, or it is waited for.
struct Given {
  std::string path, text;
  bool is_new = false;
};
Outcome<Given> ask_for(const fs::path& place, std::string_view name, std::size_t bytes_max) {
  std::error_code failed;
  const bool is_new = !fs::exists(place, failed);
  const std::string path =
      is_new ? ask_line(fmt::format("   Where is her {}? (Enter alone: not yet)", name)) : place.string();
  if (path.empty()) return stop_here(fmt::format("{} is missing. Wait for the steward.", name));
  auto text = read_text_file(path, bytes_max);
  if (!text) return fail(text);
  return Given{path, *std::move(text), is_new};
}

Outcome<VerifiedRoster> take_roster(Place& place) {
  std::error_code failed;
  if (!fs::exists(place.config.pin, failed) || !fs::exists(place.config.roster, failed)) {
    say("5  The steward, on a machine that is not this one, makes the organisation (README.md). She needs "
        "this key:");
    say("       {}", place.receipt_key);
    say("   as in: candour roster new … --receipt-key '{}'", place.receipt_key);
    say("   and brings root.pin and roster.note, which are public.");
  }
  const auto pin_file = ask_for(place.config.pin, "root.pin", limits::pin_bytes_max);
  if (!pin_file) return fail(pin_file);
  auto pin = Pin::parse(pin_file->text);
  if (!pin) return fail_about(visible_line(pin_file->path), pin);
  const auto note = ask_for(place.config.roster, "roster.note", limits::roster_bytes_max);
  if (!note) return fail(note);
  auto roster = verify_roster(note->text, *pin, today(), std::nullopt);
  if (!roster)
    return fail_with(roster.error().code,
                     fmt::format("{}, by {}: {}", visible_line(note->path), visible_line(pin_file->path),
                                 as_sentence(roster.error().message.view())));
  if (encode_note_verifier_key(roster->roster().receipt_key) != place.receipt_key)
    return fail_with(
        Errc::refused,
        fmt::format("{}: names another receipt key than this server's. If receipt.key was lost, put it back "
                    "from its copy; on a new server, the steward writes {} into it and signs again.",
                    visible_line(note->path), place.receipt_key));
  // Both are good, and belong together.
  if (pin_file->is_new)
    if (auto done = write_new_file(place.config.pin.string(), as_bytes(pin_file->text), public_mode); !done)
      return fail(done);
  if (note->is_new)
    if (auto done = write_new_file(place.config.roster.string(), as_bytes(note->text), public_mode); !done)
      return fail(done);
  say("5  Roots and roster are here. The steward reads these words on the phone; they must be the same:");
  say("       {}", fingerprint(pin->encode()));
  place.pin = *std::move(pin);
  return *std::move(roster);
}

Outcome<> start_holder(const Options& options, const Place& place, const Roster& roster) {
  if (!roster.matching || !has_holder_here(options, place)) return {};
  const auto key = keyholder::read_holder_key(keyholder::packaged_key);
  if (!key) return fail(key);
  if (!keyholder::find_number(roster, *key)) {
    say("   The roster has other key holders than the one here, which is not started.");
    return {};
  }
  if (auto started = start("candour-keyholder.service"); !started) return started;
  say("   The key holder answers.");
  return {};
}

Outcome<> start_server(const Options& options) {
  if (auto good = need(run_candourd(options, {"run", "--check-config", "--config", options.config})); !good)
    return good;
  if (!may_start(options))
    say("6  candourd would start. No service is started here: start candourd.service yourself.");
  else if (auto started = start("candourd.service"); !started)
    return started;
  else
    say("6  candourd serves.");
  return {};
}

void say_unsafe(const Options& options) {
  const Checks checks = examine(options.config, options.torrc);
  const auto unsafe = std::ranges::count_if(checks, [](const Check& one) { return !one.advice.empty(); });
  say("7  The doctor has looked at {} things, {} are unsafe{}", checks.size(), unsafe,
      unsafe == 0 ? "." : ":");
  for (const Check& one : checks)
    if (!one.advice.empty()) say("   {}: {}", one.what, one.advice);
}

Outcome<> make_poster(const Options& options, const Place& place, const VerifiedRoster& roster) {
  const auto svg = poster_svg({.service = roster->service,
                               .address = place.reporters,
                               .fingerprint = fingerprint(place.pin->encode())});
  if (!svg) return fail(svg);
  const auto before = read_text_file(options.poster, svg->size());
  if (!before && before.error().code != Errc::not_found)
    return fail_with(
        Errc::conflict,
        fmt::format("{}: is another file. Move it away, or name another with --poster.", options.poster));
  if (before && *before != *svg)
    return fail_with(
        Errc::conflict,
        fmt::format("{}: has another address, name or roots. Move it away, and put nothing of it up.",
                    options.poster));
  if (!before)
    if (auto done = write_new_file(options.poster, as_bytes(*svg), public_mode); !done) return done;
  say("8  {}: a poster with the reporters' address.", options.poster);
  return {};
}

void say_next(const Place& place, const VerifiedRoster& roster) {
  say("9  For each caseworker an invitation, sealed to her key in the roster:");
  for (const Caseworker& who : roster->caseworkers)
    if (!who.revoked) say("       candour caseworker invite {}", who.id.text());
  say("   then: systemctl reload candour-tor");
  say("   The steward reads these words to each of them on the phone, which she has by: candour fingerprint "
      "root.pin --desk {}",
      place.desk);
  say("       {}", desk_fingerprint(place.desk, *place.pin));
  say("   Copy {} to a place that never holds a copy of the database: without database.key the reports are "
      "noise.",
      place.config.secrets.string());
  say("   Before {} the steward signs the next roster: reporting pauses on that day.",
      roster->valid_until.encode());
}

Outcome<> run(const Options& options) {
  Place place;
  using Step = Outcome<> (*)(const Options&, Place&);
  for (const Step step : {read_config, make_keys, make_holder_key, wait_for_addresses, write_origin})
    if (auto done = step(options, place); !done) return done;
  const auto roster = take_roster(place);
  if (!roster) return fail(roster);
  if (auto done = start_server(options); !done) return done;
  if (auto done = start_holder(options, place, roster->roster()); !done) return done;
  say_unsafe(options);
  if (auto done = make_poster(options, place, *roster); !done) return done;
  say_next(place, *roster);
  return {};
}

}  // namespace

void add_setup(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand("setup", "the first run of a server, from installed to serving");
  command->add_option("--config", options->config, "candourd.toml")->capture_default_str();
  command->add_option("--torrc", options->torrc, "Tor's configuration")->capture_default_str();
  command->add_option("--poster", options->poster, "the poster to write")->capture_default_str();
  command->add_flag("--no-services", options->no_services,
                    "start nothing, and run candourd as whoever you are: for a try");
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
