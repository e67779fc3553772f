// SPDX-License-Identifier: AGPL-3.0-or-later
// held_report: sends a report as the flow tests need it, held back or not, and its companion, as an event that a caseworker puts: to the server
// the two are the same. What the evaluation would give is a hash of each name, under a key that `--public-key` prints. Prints the report's id.
#include <sodium.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "client-cli/codename.h"
#include "client-cli/desk/desk_options.h"
#include "client-cli/desk/known_roster.h"
#include "client-cli/net/roster_source.h"
#include "client-cli/report/compose.h"
#include "client-cli/report/send.h"
#include "crypto/core/encoding.h"
#include "crypto/core/init.h"
#include "crypto/open/identity.h"
#include "crypto/seal/sealer.h"
#include "crypto/sign/note.h"
#include "matching/compose.h"
#include "protocol/drop_text.h"
#include "protocol/sealed_event.h"

using namespace candour;
using namespace candour::cli;

namespace {

const oprf::Element evaluation_key = oprf::Element::generator_times(oprf::Scalar::from_number(77));

struct Options {
  DeskOptions desk;
  PinOption pin;
  std::string reporter, codename, companion_of, text = "What happened.", contact, release_of;
  std::vector<std::string> names, exclude, exclude_here;
  unsigned hold = 0;
  std::uint64_t number = 0;
  bool poisoned = false, public_key = false;
};

// Made up where the file is not there yet.
Outcome<ReporterKeys> keys_of(const std::string& path) {
  if (!std::filesystem::exists(path)) std::ofstream(path) << Codename::make_random().reveal() << '\n';
  CodenameOption option;
  option.path = path;
  const auto codename = option.ask();
  if (!codename) return fail(codename);
  return ReporterKeys::derive(*codename);
}

matching::Outputs outputs_of(const std::vector<std::string>& names) {
  matching::Outputs outputs;
  for (oprf::Output& output : outputs) output = oprf::Output::make_random();
  for (std::size_t i = 0; i < names.size(); ++i)
    crypto_hash_sha512(outputs.at(i).writable().data(), as_bytes(names[i]).data(), names[i].size());
  return outputs;
}

std::vector<CaseworkerId> ids_of(const std::vector<std::string>& texts) {
  std::vector<CaseworkerId> ids;
  for (const std::string& text : texts) ids.push_back(CaseworkerId::parse(text).value());
  return ids;
}

// A report under `keys`, with a release for the first report of the codename in that file.
Outcome<Composed> with_release(Composed composed, const std::string& path) {
  const auto keys = keys_of(path);
  if (!keys) return fail(keys);
  auto report = parse_report(as_text(composed.report_json.reveal()));
  if (!report) return fail(report);
  report->releases.push_back({keys->report_id(0), keys->match_release(0)});
  const auto json = encode_report(*report);
  if (!json) return fail(json);
  composed.report_json = SecretBytes::copy_of(as_bytes(*json));
  composed.manifest.files.front().bytes = json->size();
  return composed;
}

Outcome<> put_companion(const Options& options, const VerifiedRoster& roster, const ReporterKeys& keys,
                        const ReportId& report, const Secret<32>& seed) {
  const matching::Outputs outputs = outputs_of(options.names);
  const matching::ContactFirst contact{keys.match_release(options.number), options.contact};
  const matching::Holding holding{options.hold == 3 ? matching::Threshold::three : matching::Threshold::two,
                                  seed, options.contact.empty() ? nullptr : &contact};
  std::vector<CaseworkerId> excluded = ids_of(options.exclude);
  for (CaseworkerId& id : ids_of(options.exclude_here)) excluded.push_back(std::move(id));
  auto companion = matching::compose_companion({.report = report,
                                                .author = keys.authorship().verify_key(),
                                                .roster_sha256 = roster.text_sha256(),
                                                .evaluation_key = evaluation_key,
                                                .excluded = excluded,
                                                .outputs = outputs,
                                                .holding = options.hold == 0 ? nullptr : &holding});
  if (!companion) return fail(companion);
  if (options.poisoned)
    for (matching::Slot& slot : companion->slots) slot.bytes[64] ^= 1;  // of the shares for two
  const auto note = sign::sign_note(encode_companion(*companion), author_key_name, keys.authorship());
  if (!note) return fail(note);
  std::vector<CaseworkerId> readers;
  std::vector<seal::Recipient> recipients;
  for (const CaseworkerId& id : roster->matching->group) {
    if (std::ranges::find(excluded, id) != excluded.end()) continue;
    readers.push_back(id);
    recipients.push_back(*seal::parse_recipient(roster->find_active(id)->sealing_key->recipient));
  }
  const auto sealed = seal::seal_bytes(recipients, fill_drop(*note)->reveal(), {.places = roster->places});
  if (!sealed) return fail(sealed);
  auto desk = sign_in(options.desk);
  if (!desk) return fail(desk);
  return desk->session.put_event(event_id(*sealed), readers, *sealed);
}

Outcome<> run(const Options& options) {
  const auto keys = keys_of(options.codename);
  if (!keys) return fail(keys);
  const auto memory = memory_of(options.pin);
  if (!memory) return fail(memory);
  const auto address = parse_server_address(options.reporter, "");
  if (!address) return fail(address);
  HttpClient server(*address);
  const auto roster = fetch_roster(server, *memory, today());
  if (!roster) return fail(roster);
  auto audience = audience_of(*roster, DeskId::parse("legal").value(), ids_of(options.exclude), today());
  if (!audience) return fail(audience);
  auto answers = answers_of_text((*roster)->form, options.text);
  if (!answers) return fail(answers);
  const ReportPlace place{.number = options.number,
                          .thread = options.number == 0 ? std::nullopt : std::optional(keys->report_id(0))};
  auto report = compose(*roster, *audience, *keys, place, *std::move(answers), {}, today());
  if (report && !options.release_of.empty()) report = with_release(*std::move(report), options.release_of);
  if (!report) return fail(report);
  const ReportId id = report->manifest.report;
  auto identity = open::HybridIdentity::make_random();
  Audience sealed_to = *audience;
  if (options.hold > 0)
    for (Audience::Member& member : sealed_to.members)
      member.recipient = encode_recipient(identity.recipient());
  const auto sent =
      seal_and_send(server, *std::move(report), sealed_to, (*roster)->places, *keys, 1, [](std::uint64_t) {});
  if (!sent) return fail(sent);
  if ((*roster)->matching) {
    const auto by = keys_of(options.companion_of.empty() ? options.codename : options.companion_of);
    if (!by) return fail(by);
    if (auto put = put_companion(options, *roster, *by, id, identity.seed()); !put) return put;
  }
  fmt::print("{}\n", id.encode());
  return {};
}

}  // namespace

int main(int count, char** arguments) {
  if (!init_crypto()) return 2;
  Options options;
  CLI::App app;
  options.desk.add_to(app);
  options.pin.add_to(app);
  app.add_option("--reporter", options.reporter, "the reporter listener");
  app.add_option("--codename-file", options.codename, "whose report it is");
  app.add_option("--companion-of", options.companion_of, "whose companion it gets");
  app.add_option("--text", options.text);
  app.add_option("--name", options.names, "whom she names");
  app.add_option("--hold", options.hold, "for 2 or 3");
  app.add_option("--contact", options.contact, "her words, where she wants to be asked first");
  app.add_option("--release-of", options.release_of, "hands over what opens the report of this codename");
  app.add_option("--exclude", options.exclude);
  app.add_option("--exclude-from-companion", options.exclude_here);
  app.add_option("--number", options.number, "of the report, 0 for the first");
  app.add_flag("--poisoned", options.poisoned);
  app.add_flag("--public-key", options.public_key);
  CLI11_PARSE(app, count, arguments);
  if (options.public_key) {
    fmt::print("{}\n", base64_encode(evaluation_key.bytes()));
    return 0;
  }
  const auto done = run(options);
  if (done) return 0;
  fmt::print(stderr, "held_report: {}\n", done.error().text);
  return 1;
}
