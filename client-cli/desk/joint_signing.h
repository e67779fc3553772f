// SPDX-License-Identifier: AGPL-3.0-or-later
// What takes two caseworkers (docs/spec/retention.md "The two notes", docs/spec/cases.md "Erased by two"): the first signs a note into a
// file for a colleague, who adds her signature. Each says herself what it is about, so that neither can be made to sign for something else.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>

#include "client-cli/files/new_file.h"
#include "client-cli/outcome.h"
#include "crypto/core/key_file.h"
#include "protocol/joint_note.h"

namespace candour::cli {

struct JointFile {
  std::string out, note;  // to write; to read

  void add_to(CLI::App& command);
  // One of the two was given.
  Outcome<> check() const;
  bool is_first() const { return note.empty(); }

  // `file` of `out`, begun before a passphrase was asked. `id`: by which the colleague will name it.
  Outcome<> sign_first(NewFile& file, const JointNote& what, const KeyFile& key, std::string_view id) const;

  struct Colleagues {
    JointNote what;
    std::string text;
  };
  // Of `note`, with everything found wrong that can be told without a server.
  Outcome<Colleagues> read(JointAct act) const;
  // With both signatures.
  Outcome<std::string> sign_second(const Colleagues& first, const KeyFile& key) const;
  std::unexpected<Failure> fail_note(Errc code, std::string_view words) const;
};

}  // namespace candour::cli
