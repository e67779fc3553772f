// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/desk_options.h"

namespace candour::cli {

void DeskOptions::add_to(CLI::App& command) {
  add_without_passphrase_to(command);
  add_passphrase_file(command, key.passphrase_file);
}

void DeskOptions::add_without_passphrase_to(CLI::App& command) {
  server.add_to(command);
  key.add_path_to(command);
  command.add_option("--origin", origin,
                     "the desk's origin as the server knows it, where --server is a unix: socket");
}

void add_report_id(CLI::App& command, std::string& id) {
  command.add_option("ID", id, "the report, or the first 8 or more characters of its id")->required();
}

Outcome<SignedIn> sign_in(const DeskOptions& options) {
  auto address = options.server.address();
  if (!address) return fail(address);
  auto key = unlock_key_file(options.key, KeyOwner::caseworker);
  if (!key) return fail(key);
  return sign_in(options, *std::move(key));
}

Outcome<SignedIn> sign_in(const DeskOptions& options, KeyFile key) {
  auto address = options.server.address();
  if (!address) return fail(address);
  auto server = std::make_unique<HttpClient>(*address);
  auto session =
      DeskSession::sign_in(*server, options.origin.empty() ? address->origin : options.origin, key);
  if (!session) return fail(session);
  return SignedIn{std::move(server), std::move(key), *std::move(session)};
}

}  // namespace candour::cli
