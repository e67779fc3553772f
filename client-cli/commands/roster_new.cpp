// SPDX-License-Identifier: AGPL-3.0-or-later
// candour roster new: an empty draft.
#include "client-cli/commands/commands.h"
#include "client-cli/commands/roster_draft_file.h"
#include "client-cli/files/new_file.h"
#include "client-cli/files/read_file.h"
#include "client-cli/terminal/line_option.h"
#include "client-cli/terminal/say.h"
#include "protocol/default_form.h"
#include "protocol/limits.h"
#include "protocol/pin.h"
#include "protocol/roster_draft.h"

namespace candour::cli {
namespace {

// Room to grow: the size of sealed reports must not change with every newcomer.
constexpr std::size_t places_default = 8;

struct Options {
  std::string service, public_name, receipt_key, out = "roster.json", form;
};

Outcome<std::string> form_of(const Options& options) {
  if (options.form.empty()) return std::string(default_form_json());
  return read_text_file(options.form, limits::form_bytes_max);
}

Outcome<> run(const Options& options) {
  for (const auto& [option, value] :
       {std::pair{"--service", options.service}, {"--public-name", options.public_name}}) {
    if (auto good = check_line(option, value, limits::name_bytes_max); !good) return good;
  }
  auto receipt_key = parse_note_verifier_key(options.receipt_key);
  if (!receipt_key) return fail_about("--receipt-key", receipt_key);
  if (!is_key_name(receipt_key->name, "receipt")) {
    return fail_with(Errc::malformed,
                     "--receipt-key: is not a receipt key. `candourd init` prints it; it begins with "
                     "candour/receipt/.");
  }
  auto form_json = form_of(options);
  if (!form_json) return fail(form_json);
  auto form = parse_form(*form_json);
  if (!form) return fail_about(options.form.empty() ? "the form" : options.form, form);
  Roster roster;
  roster.places = places_default;
  roster.service = options.service;
  roster.public_name = options.public_name;
  roster.receipt_key = *std::move(receipt_key);
  roster.form = *std::move(form);
  roster.form_json = *std::move(form_json);
  auto text = draft_text(roster);
  if (!text) return fail(text);
  auto written = write_new_file(options.out, as_bytes(*text));
  if (!written) return written;
  say("{}: a new draft.", options.out);
  say("Next: add desks (candour roster desk), then caseworkers by their cards (candour roster add). Edit "
      "helplines and "
      "policy in the file itself.");
  return {};
}

}  // namespace

void add_roster_new(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  parent.description("desks, caseworkers and questions, signed by the root keys");
  CLI::App* command = parent.add_subcommand("new", "start a roster");
  command->add_option("--service", options->service, "name of the service, shown once the page has been read")
      ->required();
  command->add_option("--public-name", options->public_name, "neutral name, for the page's title and posters")
      ->required();
  command->add_option("--receipt-key", options->receipt_key, "verifier key that `candourd init` printed")
      ->required();
  command->add_option("--out", options->out, "the draft to write")->capture_default_str();
  command->add_option("--form", options->form,
                      "the questions, JSON; default: the form that comes with Candour");
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
