// SPDX-License-Identifier: AGPL-3.0-or-later
// candour doctor: what is unsafe about the machine that a server runs on, in plain words (docs/spec/cli.md "Doctor").
#include <array>
#include <cstdio>
#include <memory>

#include "client-cli/commands/commands.h"
#include "client-cli/doctor/installation.h"
#include "client-cli/doctor/machine.h"
#include "client-cli/doctor/onion_services.h"
#include "client-cli/files/read_file.h"
#include "client-cli/options.h"
#include "client-cli/terminal/say.h"
#include "server/process/config.h"

namespace candour::cli {
namespace {

constexpr std::size_t kTorrcBytesMax = std::size_t{1} << 20;

struct Options {
  std::string config;
  std::string torrc = "/etc/tor/torrc";
  bool json = false;
};

// The first line of `tor --version`; "" without tor.
std::string tor_version() {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> tor(popen("exec tor --version 2>/dev/null", "r"),
                                                            pclose);
  std::array<char, 256> line{};
  return tor && std::fgets(line.data(), line.size(), tor.get()) != nullptr ? line.data() : "";
}

Checks check_tor(const Options& options, const server::Config& config) {
  const auto torrc = read_text_file(options.torrc, kTorrcBytesMax);
  if (!torrc) return {{"Tor", torrc.error().text + " Name it with --torrc."}};
  return check_onion_services(config, read_torrc(*torrc), tor_version());
}

Outcome<> run(const Options& options) {
  Checks checks;
  const auto add = [&checks](Checks more) { std::ranges::move(more, std::back_inserter(checks)); };
  add(check_machine("/"));
  if (const auto config = server::load_config(options.config)) {
    add(check_installation(*config, today()));
    add(check_tor(options, *config));
  } else {
    for (const auto& finding : config.error())
      add({{finding.place, std::string(finding.error.message.view())}});
  }
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
  command->add_option("--config", options->config, "candourd.toml")->required();
  command->add_option("--torrc", options->torrc, "Tor's configuration")->capture_default_str();
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
