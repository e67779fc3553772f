// SPDX-License-Identifier: AGPL-3.0-or-later
// candour withdraw: the reporter asks that her report be withdrawn, or takes that back (docs/spec/retention.md). The
// server's answer is the same for any codename, and so are the words here: an invented one betrays nothing.
#include "client-cli/commands/commands.h"
#include "client-cli/net/http_client.h"
#include "client-cli/net/problem.h"
#include "client-cli/options.h"
#include "client-cli/terminal/passphrase.h"
#include "client-cli/terminal/say.h"
#include "crypto/core/encoding.h"
#include "protocol/codename.h"
#include "protocol/reporter_keys.h"

namespace candour::cli {
namespace {

struct Options {
  ServerOptions server;
  std::string codename_file;
  bool undo = false;
};

Outcome<> run(const Options& options) {
  auto address = options.server.address();
  if (!address) return fail(address);
  auto typed = ask_codename(options.codename_file);
  if (!typed) return fail(typed);
  auto codename = Codename::parse(as_text(typed->reveal()));
  if (!codename)
    return fail_with(codename.error().code,
                     fmt::format("{}. Nothing was sent.", codename.error().message.view()));
  const auto secret = ReporterKeys::derive(*codename).report_secret(0);
  HttpClient server(*address);
  auto reply = server.send({.method = options.undo ? "DELETE" : "PUT",
                            .path = "/v1/reports/" + derive_report_id(secret).encode() + "/withdrawal",
                            .headers = {"Authorization: Secret " + hex_encode(secret.reveal())}});
  if (!reply) return fail(reply);
  if (reply->status == 404) {
    return fail_with(Errc::not_found,
                     "the server takes no withdrawals at this address; perhaps it is the desk's, for "
                     "caseworkers. --server wants the one that reports are sent to.");
  }
  if (!reply->ok()) return std::unexpected(failure_of(*reply));
  if (options.undo) {
    say("If a report was sent with this codename, you no longer ask for it to be withdrawn.");
  } else {
    say("If a report was sent with this codename, its caseworkers now see that you ask them to withdraw it.");
    say("They decide, and erase nothing for 28 days. To take it back: candour withdraw --undo");
  }
  say("The server answers alike for any eight words, so make sure that they are yours.");
  return {};
}

}  // namespace

void add_withdraw(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand("withdraw", "ask for your report to be withdrawn");
  options->server.add_to(*command);
  command->add_option("--codename-file", options->codename_file,
                      "read the codename from the first line of this file");
  command->add_flag("--undo", options->undo, "take it back");
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
