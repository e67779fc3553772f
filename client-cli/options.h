// SPDX-License-Identifier: AGPL-3.0-or-later
// Options that several commands share, declared once so that they are called and explained alike
// (docs/spec/cli.md). Environment variables stand in for the ones that a user would repeat.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "client-cli/net/server_address.h"
#include "client-cli/outcome.h"
#include "protocol/day.h"
#include "protocol/pin.h"

namespace candour::cli {

struct ServerOptions {
  std::string server;
  std::string proxy;

  void add_to(CLI::App& command);
  Outcome<ServerAddress> address() const;
};

struct PinOption {
  std::string path;
  std::optional<Pin> given;  // by an invitation, in place of a file
  void add_to(CLI::App& command);
  bool is_named() const { return given || !path.empty(); }
  Outcome<Pin> read() const;
};

struct KeyOptions {
  std::string path;
  std::string passphrase_file;
  void add_to(CLI::App& command);
  void add_path_to(CLI::App& command);
};

// How many processors work at once: 1 to 16. threads_by_default() are all of this machine, 4 at the most.
unsigned threads_by_default();
void add_threads(CLI::App& command, unsigned& threads);

void add_passphrase_file(CLI::App& command, std::string& path);
void add_json(CLI::App& command, bool& json);

// Today in UTC: the only place where the tool reads the clock for a day.
Day today();

}  // namespace candour::cli
