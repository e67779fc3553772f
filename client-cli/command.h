// SPDX-License-Identifier: AGPL-3.0-or-later
// How a subcommand joins the tool: one function in one file, one line in the table of command_table.cpp.
// It declares its options on the parser and says what to do once they are parsed; nothing runs before
// the whole command line has been understood.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <span>
#include <utility>

#include "client-cli/outcome.h"

namespace candour::cli {

using Action = std::function<Outcome<>()>;

struct Command {
  const char* group;  // empty, or the name of the command that this one stands under: `candour roster sign`
  void (*add)(CLI::App& parent, Action& chosen);
};

// Every command, in the order of --help.
std::span<const Command> command_table();

// Ties a parsed subcommand to its function. `options` is shared by the parser, which fills it in, and by the action.
template <class Options>
void on_chosen(CLI::App& command, Action& chosen, std::shared_ptr<Options> options,
               Outcome<> (*run)(const Options&)) {
  command.callback([&chosen, options, run] { chosen = [options, run] { return run(*options); }; });
}

}  // namespace candour::cli
