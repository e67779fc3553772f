// SPDX-License-Identifier: AGPL-3.0-or-later
// candour keyholder split: the evaluation key shared out over several holders, offline (docs/spec/matching.md "Keys of holders"). From the key, or from shares of
// the sharing that a roster names. No share is ever written in clear.
#include <algorithm>

#include "client-cli/commands/commands.h"
#include "client-cli/files/file_kind.h"
#include "client-cli/files/new_directory.h"
#include "client-cli/files/read_file.h"
#include "client-cli/options.h"
#include "client-cli/terminal/say.h"
#include "client-cli/terminal/visible.h"
#include "crypto/core/age_recipient.h"
#include "crypto/seal/sealer.h"
#include "keyholder/holder_key.h"
#include "matching/key_holders.h"
#include "protocol/limits.h"
#include "protocol/roster.h"

namespace candour::cli {
namespace {

using keyholder::read_holder_key;

struct Options {
  std::string key, roster, out;
  std::vector<std::string> shares, recipients;
  PinOption pin;
  unsigned threshold = 0;
};

Outcome<std::vector<HybridRecipient>> recipients_of(const Options& options) {
  std::vector<HybridRecipient> recipients;
  for (const std::string& text : options.recipients) {
    const auto recipient = parse_hybrid_recipient(text);
    if (!recipient) return fail_about(visible_line(text.substr(0, 24)), recipient);
    if (std::ranges::find(recipients, *recipient) != recipients.end())
      return fail_with(Errc::refused, "one recipient is named twice: each share is for somebody else.");
    recipients.push_back(*recipient);
  }
  return recipients;
}

// Whose sharing the shares are of. It may have expired: what is lost is replaced then, too.
Outcome<RosterMatching> matching_of(const Options& options) {
  const auto pin = options.pin.read();
  if (!pin) return fail(pin);
  const auto note = read_text_file(options.roster, limits::roster_bytes_max);
  if (!note) return fail(note);
  const auto roster = verify_roster_signatures(*note, *pin);
  if (!roster) return fail_as(options.roster, *note, FileKind::roster, roster);
  if (!roster->roster().matching)
    return fail_with(Errc::not_found,
                     fmt::format("{}: says nothing of matching.", visible_line(options.roster)));
  return *roster->roster().matching;
}

Outcome<oprf::Key> joined_key(const Options& options) {
  const auto matching = matching_of(options);
  if (!matching) return fail(matching);
  std::vector<oprf::HolderShare> shares;
  for (const std::string& path : options.shares) {
    auto share = read_holder_key(path);
    if (!share) return fail(share);
    const auto holder =
        std::ranges::find(matching->holders, share->public_key().bytes(), &KeyHolder::public_share);
    if (holder == matching->holders.end())
      return fail_with(Errc::no_match, fmt::format("{}: is no share of the sharing that {} names.",
                                                   visible_line(path), visible_line(options.roster)));
    shares.push_back({holder->number, *std::move(share)});
  }
  if (shares.size() < matching->threshold)
    return fail_with(Errc::refused, fmt::format("it takes {} shares, and {} are here. Use --share for each.",
                                                matching->threshold, shares.size()));
  auto key = oprf::join_key(shares);
  if (!key) return fail_about("--share", key);
  if (key->public_key().bytes() != matching->public_key)
    return fail_with(Errc::no_match, "these shares do not give the key of the roster.");
  return *std::move(key);
}

Outcome<oprf::Key> key_of(const Options& options) {
  if (!options.key.empty() && options.shares.empty()) return read_holder_key(options.key);
  if (options.key.empty() && !options.shares.empty()) return joined_key(options);
  return fail_with(
      Errc::refused,
      "name the key, or shares of it: candour keyholder split KEY …, or --share FILE for as many as it "
      "takes, with --roster.");
}

// As every client will look at them, and once more from the shares themselves.
Outcome<RosterMatching> checked_list(const oprf::Key& key, const std::vector<oprf::HolderShare>& shares,
                                     unsigned threshold) {
  RosterMatching list;
  list.public_key = key.public_key().bytes();
  list.threshold = threshold;
  for (const oprf::HolderShare& share : shares)
    list.holders.push_back(matching::key_holder(share.number, share.key));
  if (const auto checked = matching::check_key_holders(list); !checked)
    return fail_about("the shares", checked);
  const auto joined = oprf::join_key(std::span(shares).last(threshold));
  if (!joined || joined->public_key() != key.public_key())
    return fail_with(Errc::internal, "the shares do not give the key again. Nothing was written.");
  return list;
}

Outcome<> write_file(NewDirectory& folder, const std::string& name, ByteView bytes) {
  if (auto begun = folder.begin_file(name); !begun) return begun;
  if (auto written = folder.write(bytes); !written) return written;
  return folder.end_file();
}

Outcome<> run(const Options& options) {
  const auto recipients = recipients_of(options);
  if (!recipients) return fail(recipients);
  auto folder = NewDirectory::create(options.out);
  if (!folder) return fail(folder);
  const auto key = key_of(options);
  if (!key) return fail(key);
  const auto shares = oprf::share_key(*key, options.threshold, static_cast<unsigned>(recipients->size()));
  if (!shares) return fail_about("--threshold", shares);
  const auto list = checked_list(*key, *shares, options.threshold);
  if (!list) return fail(list);
  for (const oprf::HolderShare& share : *shares) {
    const std::array<seal::Recipient, 1> whose{recipients->at(share.number - 1U)};
    const auto sealed = seal::seal_bytes(whose, share.key.secret().reveal());
    if (!sealed) return fail(sealed);
    if (auto done = write_file(*folder, fmt::format("holder-{}.key.age", share.number), *sealed); !done)
      return done;
  }
  if (auto done = write_file(*folder, "holders.json", as_bytes(encode_holder_list(*list))); !done)
    return done;
  if (auto done = folder->commit(); !done) return done;
  say("{}: {} shares, of which {} give what the key gives.", options.out, shares->size(), options.threshold);
  say("Each holder opens hers, on the machine where it stays: age -d -i operator.key holder-1.key.age > "
      "holder.key");
  say("The steward: candour roster matching roster.json --holders {}/holders.json", options.out);
  say("What was shared out is still where it was. Erase it, with its copies, when {} holders answer under "
      "the new roster: "
      "it is as good as {} of them.",
      options.threshold, options.threshold);
  return {};
}

}  // namespace

void add_keyholder_split(CLI::App& parent, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      parent.add_subcommand("split", "share the evaluation key out over several holders; offline");
  command->add_option("KEY", options->key, "the key; or --share in its place");
  command->add_option("--share", options->shares,
                      "a share of the sharing of --roster; for as many as it takes");
  command->add_option("--roster", options->roster, "with --share: the roster that names that sharing");
  options->pin.add_to(*command);
  command->add_option("--threshold", options->threshold, "how many holders it takes")
      ->required()
      ->check(CLI::Range(1U, static_cast<unsigned>(limits::key_holders_max)));
  command
      ->add_option("--recipient", options->recipients,
                   "whom a share is sealed to, age1pq1…; holder 1 is the first")
      ->required();
  command->add_option("--out", options->out, "the new folder")->required();
  on_chosen(*command, chosen, options, run);
}

}  // namespace candour::cli
