// SPDX-License-Identifier: AGPL-3.0-or-later
// candour seal, unseal: plumbing. Plain age v1 files, any bytes, standard input to standard output, constant memory.
#include <unistd.h>

#include "client-cli/commands/commands.h"
#include "client-cli/files/file_kind.h"
#include "client-cli/files/read_file.h"
#include "client-cli/keys.h"
#include "client-cli/options.h"
#include "client-cli/stash.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"
#include "crypto/open/opener.h"
#include "crypto/seal/sealer.h"

namespace candour::cli {
namespace {

constexpr std::size_t recipients_file_bytes_max = 4 << 20;

struct SealCommand {
  std::vector<std::string> recipients, files;
  unsigned threads = 1;
};

struct UnsealCommand {
  std::vector<std::string> keys;
  std::string passphrase_file;
  unsigned threads = 1;
};

Outcome<> add_from_file(const std::string& path, std::vector<seal::Recipient>& recipients) {
  auto text = read_text_file(path, recipients_file_bytes_max);
  if (!text) return fail(text);
  std::size_t line = 0;
  for (std::string_view rest = *text; !rest.empty();) {
    const std::size_t end = rest.find('\n');
    std::string_view one = rest.substr(0, end);
    rest = end == std::string_view::npos ? "" : rest.substr(end + 1);
    ++line;
    if (one.ends_with('\r')) one.remove_suffix(1);
    if (one.empty() || one.starts_with('#')) continue;
    auto recipient = seal::parse_recipient(one);
    if (!recipient && kind_of(*text) != FileKind::unknown) {
      return fail_with(Errc::malformed,
                       fmt::format("{}: is not a list of recipients. Each line is age1pq1… or age1…; a "
                                   "caseworker's is inside her card.",
                                   visible_line(path)));
    }
    if (!recipient) return fail_about(fmt::format("{} line {}", visible_line(path), line), recipient);
    recipients.push_back(*std::move(recipient));
  }
  return {};
}

Outcome<std::vector<seal::Recipient>> recipients_of(const SealCommand& options) {
  std::vector<seal::Recipient> recipients;
  for (const std::string& text : options.recipients) {
    auto recipient = seal::parse_recipient(text);
    if (!recipient) return fail_about(visible_line(text.substr(0, 24)), recipient);
    recipients.push_back(*std::move(recipient));
  }
  for (const std::string& path : options.files) {
    if (auto added = add_from_file(path, recipients); !added) return fail(added);
  }
  if (recipients.empty())
    return fail_with(Errc::refused, "there is no recipient. Use -r age1pq1… or -R FILE.");
  return recipients;
}

Result<> to_stdout(Stash& stash, ByteView bytes) {
  return stash.stop_on(write_full(STDOUT_FILENO, bytes, standard_output));
}

// Standard input, to the end, into a Sealer or an Opener.
template <class Stream>
Outcome<> pump(Stream& stream, const Stash& stash) {
  while (true) {
    auto space = stream.space();
    if (!space) return stash.failure(space);
    auto got = read_full(STDIN_FILENO, *space, standard_input);
    if (!got) return fail(got);
    if (*got == 0) break;
    if (auto done = stream.filled(*got); !done) return stash.failure(done);
  }
  if (auto done = stream.finish(); !done) return stash.failure(done);
  return {};
}

Outcome<> run_seal(const SealCommand& options) {
  auto recipients = recipients_of(options);
  if (!recipients) return fail(recipients);
  if (isatty(STDOUT_FILENO) != 0) {
    return fail_with(Errc::refused,
                     "sealed bytes are not for a terminal. Send them to a file: candour seal … > FILE.");
  }
  Stash stash;
  auto sealer = seal::Sealer::to_recipients(*recipients, {.threads = options.threads},
                                            [&](ByteView bytes) { return to_stdout(stash, bytes); });
  if (!sealer) return stash.failure(sealer);
  return pump(*sealer, stash);
}

Outcome<> run_unseal(const UnsealCommand& options) {
  std::vector<open::Identity> identities;
  for (const std::string& path : options.keys) {
    auto more = unlock_identities(path, options.passphrase_file);
    if (!more) return fail(more);
    std::move(more->begin(), more->end(), std::back_inserter(identities));
  }
  Stash stash;
  open::Opener opener(identities, {.threads = options.threads},
                      [&](open::Provisional piece) { return to_stdout(stash, piece.bytes); });
  auto done = pump(opener, stash);
  if (!done && opener.stage() == open::OpenStage::payload) {
    return fail_with(done.error().code,
                     done.error().text + " What was written so far is NOT the whole: throw it away.");
  }
  return done;
}

}  // namespace

void add_seal(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<SealCommand>();
  CLI::App* command = parent.add_subcommand("seal", "plumbing: seal standard input as an age file");
  command->add_option("-r,--recipient", options->recipients, "age1pq1… or age1…; may be repeated");
  command->add_option("-R,--recipients-file", options->files,
                      "file of recipients, one a line; may be repeated");
  add_threads(*command, options->threads);
  on_chosen(*command, chosen, options, run_seal);
}

void add_unseal(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<UnsealCommand>();
  CLI::App* command = parent.add_subcommand("unseal", "plumbing: open an age file from standard input");
  command->add_option("-i,--key", options->keys, "key file or age identity file; may be repeated")
      ->required()
      ->envname("CANDOUR_KEY");
  add_passphrase_file(*command, options->passphrase_file);
  add_threads(*command, options->threads);
  on_chosen(*command, chosen, options, run_unseal);
}

}  // namespace candour::cli
