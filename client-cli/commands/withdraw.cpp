// SPDX-License-Identifier: AGPL-3.0-or-later
// candour withdraw: the reporter asks that her report be withdrawn, or takes that back (docs/spec/retention.md). The
// server's answer is the same for any codename, and so are the words here: an invented one betrays nothing.
#include "client-cli/codename.h"
#include "client-cli/commands/commands.h"
#include "client-cli/net/http_client.h"
#include "client-cli/net/problem.h"
#include "client-cli/options.h"
#include "client-cli/terminal/say.h"
#include "crypto/core/encoding.h"
#include "protocol/reporter_keys.h"

namespace candour::cli {
namespace {

constexpr std::uint64_t withdrawn_ids = 8;

struct Options {
  ServerOptions server;
  CodenameOption codename;
  bool undo = false;
};

// One request for each id that a first report of this codename can have, whichever of them the server holds
// (docs/spec/drops.md "Coming back").
Outcome<> ask(HttpClient& server, const ReporterKeys& keys, std::uint64_t n, bool undo) {
  const auto secret = keys.report_secret(n);
  auto reply = server.send({.method = undo ? "DELETE" : "PUT",
                            .path = "/v1/reports/" + derive_report_id(secret).encode() + "/withdrawal",
                            .headers = {"Authorization: Secret " + hex_encode(secret.reveal())}});
  if (!reply) return fail(reply);
  if (reply->status == 404) {
    return fail_with(Errc::not_found,
                     "the server takes no withdrawals at this address; perhaps it is the desk's, for "
                     "caseworkers. --server wants the one that reports are sent to.");
  }
  if (!reply->ok()) return std::unexpected(failure_of(*reply));
  return {};
}

Outcome<> run(const Options& options) {
  auto address = options.server.address();
  if (!address) return fail(address);
  auto codename = options.codename.ask();
  if (!codename) return fail(codename);
  const ReporterKeys keys = ReporterKeys::derive(*codename);
  HttpClient server(*address);
  for (std::uint64_t n = 0; n < withdrawn_ids; ++n) {
    if (auto done = ask(server, keys, n, options.undo); !done) return done;
  }
  if (options.undo) {
    say("If a report was sent with this codename, you no longer ask for it to be withdrawn.");
  } else {
    say("If a report was sent with this codename, its caseworkers now see that you ask them to withdraw it.");
    say("They decide. For 28 days nobody can erase what was sent first, and their tool keeps what was added "
        "with it. To take it back: candour withdraw --undo");
  }
  say("The server answers alike for any eight words, so make sure that they are yours.");
  return {};
}

}  // namespace

void add_withdraw(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand("withdraw", "ask for your report to be withdrawn");
  options->server.add_to(*command);
  options->codename.add_to(*command);
  command->add_flag("--undo", options->undo, "take it back");
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
