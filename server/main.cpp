// SPDX-License-Identifier: AGPL-3.0-or-later
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <exception>
#include <new>
#include <string>

#include "crypto/core/init.h"
#include "server/commands.h"
#include "server/process/log.h"

namespace {

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;

using candour::server::CommandOptions;
using Command = candour::server::Findings (*)(const CommandOptions&);

int run(int argc, char** argv) {
  CLI::App app("Candour server: keeps sealed reports for named caseworkers, and can open none of them.");
  app.require_subcommand(1);
  app.set_version_flag("--version", CANDOUR_VERSION);
  CommandOptions options;
  bool only_check = false;
  Command chosen = nullptr;
  const auto add = [&](const char* name, const char* about, Command command) {
    CLI::App* sub = app.add_subcommand(name, about);
    sub->add_option("--config", options.config, "candourd.toml")->required();
    sub->callback([&chosen, command] { chosen = command; });
    return sub;
  };
  CLI::App* init =
      add("init",
          "make what is missing of the data folder, the database and the keys; print the receipt key for the "
          "steward",
          candour::server::init);
  add("run", "serve until SIGTERM; SIGHUP loads configuration and roster again", candour::server::run)
      ->add_flag("--check-config", only_check,
                 "serve nothing: say whether the configuration and what it names are in order");
  CLI::App* backup =
      add("backup", "an encrypted copy of the database, also while the server runs", candour::server::backup);
  backup->add_option("--to", options.file, "the copy; never in place of another file")->required();
  CLI::App* restore =
      add("restore", "the database from a backup, into a data folder without one", candour::server::restore);
  restore->add_option("--from", options.file, "the backup")->required();
  for (CLI::App* sub : {backup, restore})
    sub->add_option("--key", options.key, "its key; without this, backup.key in the secrets folder");
  CLI::App* rekey = add("rekey", "another key for the database of a stopped server", candour::server::rekey);
  add("verify", "read every page of a stopped server's database and prove it", candour::server::verify);
  init->add_flag("--new-receipt-key", options.new_receipt_key,
                 "make a receipt key although there is a database: the one before is lost, or was stolen and "
                 "moved away");
  for (CLI::App* sub : {init, restore, rekey})
    sub->add_flag("--passphrase", options.passphrase,
                  "make the new database key from a passphrase, asked for at each start");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {  // --help
    return app.exit(asked);
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "candourd: wrong usage: {}. Type candourd --help, or candourd COMMAND --help.\n",
               error.what());
    return kWrongUsage;
  }
  if (const auto started = candour::init_crypto(); !started) {
    candour::server::log("cannot start", started.error());
    return kFailed;
  }
  if (only_check) chosen = candour::server::check_config;
  const auto found = chosen(options);
  for (const auto& finding : found) candour::server::say(finding);
  return found.empty() ? kDone : kFailed;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception&) {  // bad_alloc, or a bug: end without an exception's text
    candour::server::log(
        "out of memory, or an unforeseen failure. Start it again, and report it if it comes back.");
    return kFailed;
  }
}
