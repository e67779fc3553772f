// SPDX-License-Identifier: AGPL-3.0-or-later
// What the commands of caseworkers need to sign in, and the signing in itself.
#pragma once

#include <memory>
#include <string>

#include "client-cli/desk/session.h"
#include "client-cli/keys.h"
#include "client-cli/options.h"

namespace candour::cli {

struct DeskOptions {
  ServerOptions server;
  KeyOptions key;
  std::string origin;
  void add_to(CLI::App& command);
  // For who is asked for the passphrase elsewhere.
  void add_without_passphrase_to(CLI::App& command);
};

// ID, which DeskSession::find() completes.
void add_report_id(CLI::App& command, std::string& id);

struct SignedIn {
  std::unique_ptr<HttpClient> server;
  KeyFile key;
  DeskSession session;  // goes before the server does
};

// The address is checked before a passphrase is asked.
Outcome<SignedIn> sign_in(const DeskOptions& options);
// With this key, whatever `options` names.
Outcome<SignedIn> sign_in(const DeskOptions& options, KeyFile key);

}  // namespace candour::cli
