// SPDX-License-Identifier: AGPL-3.0-or-later
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <functional>

#include "crypto/core/init.h"
#include "keyholder/init.h"
#include "keyholder/run.h"
#include "server/process/hardening.h"
#include "server/process/log.h"

namespace {

using candour::cli::Outcome;

constexpr int done = 0;
constexpr int failed = 1;
constexpr int wrong_usage = 2;
constexpr int not_of_roster = 3;  // for the service manager: starting it again does not help

constexpr unsigned every_seconds_max = 3600;
constexpr std::uint64_t daily_max = 1'000'000;

void add_init(CLI::App& app, std::function<Outcome<>()>& chosen) {
  auto options = std::make_shared<candour::keyholder::InitOptions>();
  CLI::App* command =
      app.add_subcommand("init", "make a key, and the list that the steward puts in the roster");
  command->add_option("--key", options->key, "the new key: a file for this holder alone")->required();
  command->add_option("--out", options->out, "the list: public")->required();
  command->callback(
      [&chosen, options] { chosen = [options] { return candour::keyholder::init(*options); }; });
}

void add_run(CLI::App& app, std::function<Outcome<>()>& chosen) {
  auto options = std::make_shared<candour::keyholder::RunOptions>();
  CLI::App* command = app.add_subcommand("run", "answer what waits at the server, until SIGTERM");
  command->add_option("--key", options->key, "the key, or this holder's share of one")->required();
  command
      ->add_option("--server", options->server,
                   "the server's listener for holders: unix:/path, http://….onion or https://…")
      ->required();
  command->add_option("--proxy", options->proxy, "SOCKS5 proxy HOST:PORT; 127.0.0.1:9050 (Tor) for .onion");
  command->add_option("--pin", options->pin, "pin file: the root keys that must have signed the roster")
      ->required();
  command->add_option("--daily", options->daily, "the most batches that it answers on one day (UTC)")
      ->required()
      ->check(CLI::Range(std::uint64_t{1}, daily_max));
  command->add_option("--state", options->state, "a file in which it keeps count")->required();
  command
      ->add_option("--every", options->every_seconds,
                   "seconds between two looks; 1 on a Unix socket, 30 otherwise")
      ->check(CLI::Range(1U, every_seconds_max));
  command->callback([&chosen, options] { chosen = [options] { return candour::keyholder::run(*options); }; });
}

int run(int argc, char** argv) {
  CLI::App app(
      "Candour key holder: evaluates what it cannot read, so that reports which name the same person match.",
      "candour-keyholder");
  app.require_subcommand(1);
  app.set_version_flag("--version", CANDOUR_VERSION);
  std::function<Outcome<>()> chosen;
  add_init(app, chosen);
  add_run(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {  // --help
    return app.exit(asked);
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "candour-keyholder: wrong usage: {}. Type candour-keyholder COMMAND --help.\n",
               error.what());
    return wrong_usage;
  }
  candour::server::log_as("candour-keyholder");
  for (const auto& started : {candour::init_crypto(), candour::server::harden_process()}) {
    if (started) continue;
    candour::server::log("cannot start", started.error());
    return failed;
  }
  const auto ended = chosen();
  if (ended) return done;
  fmt::print(stderr, "candour-keyholder: {}\n", ended.error().text);
  return ended.error().code == candour::Errc::no_match ? not_of_roster : failed;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception&) {  // bad_alloc, or a bug: end without an exception's text
    candour::server::log(
        "out of memory, or an unforeseen failure. Start it again, and report it if it comes back.");
    return failed;
  }
}
