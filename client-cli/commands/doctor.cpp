// SPDX-License-Identifier: AGPL-3.0-or-later
// candour doctor: what is unsafe about the machine that a server runs on, in plain words (docs/spec/cli.md "Doctor").
#include "client-cli/doctor/examine.h"

#include "client-cli/commands/commands.h"
#include "client-cli/options.h"
#include "client-cli/terminal/say.h"

namespace candour::cli {
namespace {

struct Options {
  std::string config = packaged_config;
  std::string torrc = installed_torrc();
  bool json = false;
};

Outcome<> run(const Options& options) {
  const Checks checks = examine(options.config, options.torrc);
  std::size_t unsafe = 0;
  json::Array listed;
  for (const Check& check : checks) {
    const bool fine = check.advice.empty();
    if (!fine) ++unsafe;
    if (options.json)
      listed.push_back({json::Object{{"what", {check.what}}, {"fine", {fine}}, {"advice", {check.advice}}}});
    else
      say("{} {}{}{}", fine ? "fine  " : "UNSAFE", check.what, fine ? "" : ": ", check.advice);
  }
  if (options.json) say_json({{"checks", {std::move(listed)}}});
  if (unsafe == 0) return {};
  return fail_with(Errc::refused,
                   fmt::format("{} of {} checks ask for your attention.", unsafe, checks.size()));
}

}  // namespace

void add_doctor(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      parent.add_subcommand("doctor", "what is unsafe about the machine that a server runs on");
  command->add_option("--config", options->config, "candourd.toml")->capture_default_str();
  command->add_option("--torrc", options->torrc, "Tor's configuration")->capture_default_str();
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
