// SPDX-License-Identifier: AGPL-3.0-or-later
// candour fingerprint: eight words for a pin file or a card, to compare with a poster or on the phone.
#include "protocol/fingerprint.h"

#include "client-cli/commands/commands.h"
#include "client-cli/files/file_kind.h"
#include "client-cli/files/read_file.h"
#include "client-cli/options.h"
#include "client-cli/terminal/say.h"
#include "protocol/card.h"
#include "protocol/limits.h"
#include "protocol/pin.h"

namespace candour::cli {
namespace {

struct Options {
  std::string file;
  bool json = false;
};

void show(const Options& options, std::string_view what) {
  if (options.json) {
    say_json({{"fingerprint", {std::string(fingerprint(what))}}});
  } else {
    say("{}", fingerprint(what));
  }
}

Outcome<> run(const Options& options) {
  auto text = read_text_file(options.file, limits::card_bytes_max);
  if (!text) return fail(text);
  const auto pin = Pin::parse(*text);
  if (pin) {
    show(options, *text);
    return {};
  }
  if (kind_of(*text) == FileKind::pin) return fail_about(options.file, pin);
  const auto card = parse_card(*text);
  if (!card) return fail_as(options.file, *text, FileKind::card, card);
  show(options, encode_note_verifier_key(card->card.signing_key));
  return {};
}

}  // namespace

void add_fingerprint(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand("fingerprint", "eight words for a pin file or card, to compare");
  command->add_option("FILE", options->file, "root.pin or NAME.card")->required();
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
