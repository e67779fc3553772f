// SPDX-License-Identifier: AGPL-3.0-or-later
// What she wants of matching (docs/spec/matching.md "Shares", cli.md): whom her report names, and whether it is held back until others name the
// same person. Everything that cannot be is refused before anything is sent, since what is held and lost nobody can ever read.
#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "client-cli/outcome.h"
#include "client-cli/report/companion.h"
#include "matching/share.h"
#include "protocol/identifier.h"
#include "protocol/roster.h"

namespace candour::cli {

struct MatchingOptions {
  std::vector<std::string> names;
  std::string names_file, contact_first;
  unsigned hold = 0;  // how many, or 0 where it is sent to be read now
  bool release = false;
  unsigned wait_minutes = 60;

  // `follow_up`: the option without which nothing can be released.
  void add_to(CLI::App& command, CLI::Option& follow_up);
  std::chrono::seconds at_most() const { return std::chrono::minutes(wait_minutes); }
};

struct MatchingWish {
  struct Held {
    matching::Threshold threshold = matching::Threshold::two;
    std::string contact = {};  // empty where everything opens at once
  };
  std::vector<Identifier> names;
  std::optional<Held> held;
};

// `text_is_typed`: what happened is read from standard input, so that nothing else can be.
Outcome<MatchingWish> read_wish(const MatchingOptions& options, bool follow_up, bool text_is_typed);

// Those who can open what is held: they read this desk, and match. `group`: nullptr where nobody matches.
std::vector<CaseworkerId> readers_after_match(const Audience& audience, const MatchingGroup* group);
// Is it possible here?
Outcome<> check_wish(const MatchingWish& wish, const Roster& roster, const Audience& audience,
                     const MatchingGroup* group);

}  // namespace candour::cli
