// SPDX-License-Identifier: AGPL-3.0-or-later
// candour fingerprint: eight words for a pin file or a card, to compare with a poster or on the phone.
#include "protocol/fingerprint.h"

#include "client-cli/commands/commands.h"
#include "client-cli/files/file_kind.h"
#include "client-cli/files/read_file.h"
#include "client-cli/options.h"
#include "client-cli/terminal/say.h"
#include "protocol/card.h"
#include "protocol/invitation.h"
#include "protocol/limits.h"
#include "protocol/pin.h"

namespace candour::cli {
namespace {

struct Options {
  std::string file, desk;
  bool json = false;
};

void say_words(const Options& options, std::string words) {
  if (options.json)
    say_json({{"fingerprint", {std::move(words)}}});
  else
    say("{}", words);
}

Outcome<> run(const Options& options) {
  auto text = read_text_file(options.file, limits::card_bytes_max);
  if (!text) return fail(text);
  const auto pin = Pin::parse(*text);
  if (pin) {
    say_words(options, options.desk.empty() ? fingerprint(*text) : desk_fingerprint(options.desk, *pin));
    return {};
  }
  if (kind_of(*text) == FileKind::pin || !options.desk.empty()) return fail_about(options.file, pin);
  const auto card = parse_card(*text);
  if (!card) return fail_as(options.file, *text, FileKind::card, card);
  say_words(options, fingerprint(encode_note_verifier_key(card->card.signing_key)));
  return {};
}

}  // namespace

void add_fingerprint(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = parent.add_subcommand("fingerprint", "eight words for a pin file or card, to compare");
  command->add_option("FILE", options->file, "root.pin or NAME.card")->required();
  command->add_option(
      "--desk", options->desk,
      "with a pin: the words of every invitation to the desk at this address (http://….onion)");
  add_json(*command, options->json);
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
