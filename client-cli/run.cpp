// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/run.h"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdio>
#include <exception>

#include "client-cli/command.h"
#include "crypto/core/init.h"

namespace candour::cli {
namespace {

constexpr int exit_done = 0;
constexpr int exit_failed = 1;
constexpr int exit_usage = 2;

// Keys and plaintext pass through this process: neither a core file nor another process of the same user
// may look into it, and a pipe that is closed early or a file that may not grow is an error to report, not a silent death that
// leaves half of something behind.
void prepare_process() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

CLI::App* group_named(CLI::App& app, const char* name) {
  for (CLI::App* group : app.get_subcommands({})) {
    if (group->get_name() == name) return group;
  }
  CLI::App* group = app.add_subcommand(name);
  group->require_subcommand(1);
  return group;
}

int usage(CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return app.exit(error);  // --help
  fmt::print(stderr, "candour: {}. Run with --help to see what is possible.\n", error.what());
  return exit_usage;
}

}  // namespace

int run(int argc, char** argv) {
  prepare_process();
  if (const Result<> started = init_crypto(); !started) {
    fmt::print(stderr, "candour: {}\n", started.error().message.view());
    return exit_failed;
  }
  CLI::App app("Candour: sealed reports that only the named caseworkers can open", "candour");
  app.set_version_flag("--version", CANDOUR_VERSION);
  app.require_subcommand(1);
  Action chosen;
  for (const Command& command : command_table()) {
    command.add(*command.group == '\0' ? app : *group_named(app, command.group), chosen);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return usage(app, error);
  }
  try {
    const Outcome<> done = chosen();
    if (!done) {
      fmt::print(stderr, "candour: {}\n", done.error().text);
      return exit_failed;
    }
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "candour: not enough memory. Close other programs and try again.\n");
    return exit_failed;
  }
  if (std::fflush(stdout) != 0) {
    fmt::print(stderr, "candour: the output could not be written. Is the disk full, or the pipe closed?\n");
    return exit_failed;
  }
  return exit_done;
}

}  // namespace candour::cli
