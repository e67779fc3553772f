// SPDX-License-Identifier: AGPL-3.0-or-later
// many_reports SERVER PIN COUNT: what so many people would send with `candour report`: true reports, each of an author of her own.
#include <fmt/core.h>

#include <cstdlib>

#include "client-cli/net/roster_source.h"
#include "client-cli/options.h"
#include "client-cli/report/compose.h"
#include "client-cli/report/send.h"
#include "crypto/core/init.h"
#include "protocol/codename.h"

using namespace candour;
using namespace candour::cli;

namespace {

Outcome<> send_one(HttpClient& server, const VerifiedRoster& roster, const Audience& audience, int number) {
  const Codename codename = Codename::make_random();
  const ReporterKeys keys = ReporterKeys::derive(codename);
  Answers answers{{"what_happened", std::string("He came to the house again, and waited in the car.")},
                  {"his_role", std::string("officer")},
                  {"his_force", std::string("Avon and Somerset")},
                  {"his_surname", fmt::format("Surname{}", number)}};
  if (number % 7 == 0) answers.emplace("safe_now", std::string("no"));
  auto composed = compose(roster, audience, keys, {}, std::move(answers), {}, today());
  if (!composed) return fail(composed);
  auto done =
      seal_and_send(server, *std::move(composed), audience, roster->places, keys, 1, [](std::uint64_t) {});
  if (!done) return fail(done);
  return {};
}

Outcome<> send_all(const char* address_text, const char* pin_path, int count) {
  PinOption option{pin_path, {}};
  auto pin = option.read();
  if (!pin) return fail(pin);
  auto address = parse_server_address(address_text, "");
  if (!address) return fail(address);
  HttpClient server(*address);
  auto roster = fetch_roster(server, RosterMemory::none(*std::move(pin)), today());
  if (!roster) return fail(roster);
  auto audience = audience_of(*roster, (*roster)->desks.front().id, {}, today());
  if (!audience) return std::unexpected(Failure(audience.error()));
  for (int number = 0; number < count; ++number)
    if (auto sent = send_one(server, *roster, *audience, number); !sent) return sent;
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4 || !init_crypto()) {
    fmt::print(stderr, "usage: many_reports SERVER PIN COUNT\n");
    return 2;
  }
  const auto done = send_all(argv[1], argv[2], std::atoi(argv[3]));
  if (!done) fmt::print(stderr, "{}\n", done.error().text);
  return done ? 0 : 1;
}
