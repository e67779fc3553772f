// SPDX-License-Identifier: AGPL-3.0-or-later
// candour verify-receipt: did the server sign this, and is it about that sealed file?
#include <array>

#include "client-cli/commands/commands.h"
#include "client-cli/files/file_kind.h"
#include "client-cli/files/read_file.h"
#include "client-cli/options.h"
#include "client-cli/terminal/say.h"
#include "protocol/limits.h"
#include "protocol/receipt.h"
#include "protocol/roster.h"

namespace candour::cli {
namespace {

constexpr std::size_t read_bytes = 1 << 20;

struct Options {
  std::string receipt, roster, sealed, code;
  PinOption pin;
  bool json = false;
};

Outcome<Digest> hash_of(const std::string& path) {
  auto file = open_input(path);
  if (!file) return fail(file);
  Sha256 hash;
  Bytes buffer(read_bytes);
  while (true) {
    auto got = read_full(file->fd.get(), buffer, path);
    if (!got) return fail(got);
    if (*got == 0) return hash.finish();
    hash.update(ByteView(buffer).first(*got));
  }
}

Outcome<> run(const Options& options) {
  auto pin = options.pin.read();
  if (!pin) return fail(pin);
  auto roster_note = read_text_file(options.roster, limits::roster_bytes_max);
  if (!roster_note) return fail(roster_note);
  // A receipt outlives its roster: the days are not asked, only who signed it.
  auto roster = verify_roster_signatures(*roster_note, *pin);
  if (!roster) return fail_as(options.roster, *roster_note, FileKind::roster, roster);
  auto note = read_text_file(options.receipt, limits::small_note_bytes_max);
  if (!note) return fail(note);
  auto receipt = verify_receipt(*note, (*roster)->receipt_key);
  if (!receipt) return fail_as(options.receipt, *note, FileKind::receipt, receipt);
  if (!options.sealed.empty()) {
    auto hash = hash_of(options.sealed);
    if (!hash) return fail(hash);
    if (*hash != receipt->sha256) {
      return fail_with(Errc::not_authentic,
                       fmt::format("{}: is not what the receipt is for: it was replaced or changed "
                                   "after the server had accepted it.",
                                   options.sealed));
    }
  }
  if (!options.code.empty()) {
    auto same = matches_short_code(options.code, receipt->sha256);
    if (!same) return fail_about("--code", same);
    if (!*same)
      return fail_with(
          Errc::not_authentic,
          "--code: is the code of another report than the receipt's. Compare it with the paper once more.");
  }
  if (options.json) {
    say_json({{"report", {receipt->report.encode()}},
              {"day", {receipt->day.encode()}},
              {"short_code", {short_code(receipt->sha256)}}});
    return {};
  }
  say("Good: the server accepted report {} on {}.", receipt->report.encode(), receipt->day.encode());
  say("Short code: {}", short_code(receipt->sha256));
  return {};
}

}  // namespace

void add_verify_receipt(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      parent.add_subcommand("verify-receipt", "check a receipt, and a sealed report against it");
  command->add_option("RECEIPT", options->receipt, "the receipt, as `candour report` or the page showed it")
      ->required();
  command->add_option("--roster", options->roster, "the roster that names the receipt key")->required();
  command->add_option("--file", options->sealed, "the sealed report that it should be for");
  command->add_option("--code", options->code, "the short code from paper that it should have");
  options->pin.add_to(*command);
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
