// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/key_epochs.h"

#include "client-cli/keys.h"
#include "client-cli/terminal/line_option.h"
#include "crypto/sign/note.h"
#include "protocol/card.h"
#include "protocol/limits.h"
#include "protocol/sealing_key_note.h"

namespace candour::cli {
namespace {

struct Days {
  Day from, until;
};

Outcome<Days> days_of(const SealingEpoch& epoch) {
  const auto from = Day::parse(epoch.from);
  const auto until = Day::parse(epoch.until);
  if (!from) return fail_about("the key file", from);
  if (!until) return fail_about("the key file", until);
  return Days{*from, *until};
}

}  // namespace

Outcome<> begin_epoch(KeyFile& key_file, Day today, Day until) {
  if (key_file.epochs.size() >= epochs_max)
    return fail_with(
        Errc::refused,
        fmt::format("the key file has {} sealing keys already. Erase those that open nothing you still "
                    "need: candour caseworker forget-old.",
                    key_file.epochs.size()));
  if (!key_file.epochs.empty()) {
    const auto newest = days_of(key_file.epochs.front());
    if (!newest) return fail(newest);
    if (today < newest->from)
      return fail_with(Errc::refused,
                       fmt::format("your newest sealing key begins on {}, which is after today. Set the "
                                   "clock of this computer.",
                                   newest->from.encode()));
    if (until < newest->until)
      return fail_with(Errc::refused,
                       fmt::format("the new key would end on {}, before the one you have, which is good "
                                   "until {}. Give more --days.",
                                   until.encode(), newest->until.encode()));
  }
  const auto identity = open::HybridIdentity::make_random();
  key_file.epochs.insert(key_file.epochs.begin(), {today.encode(), until.encode(), identity.recipient(),
                                                   Secret<32>::copy_of(identity.seed().reveal())});
  return {};
}

Outcome<std::vector<SealingEpoch>> forget_epochs(KeyFile& key_file, Day before, Day today) {
  if (today < before)
    return fail_with(Errc::refused,
                     fmt::format("a key that is good on {} or later may still be sealed to. Give a "
                                 "--before that has come.",
                                 today.encode()));
  std::vector<bool> has_ended;
  for (const SealingEpoch& epoch : key_file.epochs) {
    const auto days = days_of(epoch);
    if (!days) return fail(days);
    has_ended.push_back(!has_ended.empty() && days->until < before);
  }
  std::vector<SealingEpoch> kept, forgotten;
  for (std::size_t i = 0; i < has_ended.size(); ++i)
    (has_ended[i] ? forgotten : kept).push_back(std::move(key_file.epochs[i]));
  key_file.epochs = std::move(kept);
  if (forgotten.empty())
    return fail_with(
        Errc::not_found,
        fmt::format("no old sealing key of yours ended before {}. Nothing was changed.", before.encode()));
  return forgotten;
}

Outcome<std::string> card_of(const KeyFile& key_file, const std::string& name) {
  if (auto good = check_line("--name", name, limits::name_bytes_max); !good) return fail(good);
  if (key_file.epochs.empty())
    return fail_with(
        Errc::refused,
        "the key file has no sealing key, so there is no card of it. Make one: candour caseworker rotate.");
  auto id = CaseworkerId::from_key_name(key_file.name);
  if (!id) return fail_about("the key file", id);
  const SealingEpoch& newest = key_file.epochs.front();
  const auto days = days_of(newest);
  if (!days) return fail(days);
  const SealingKey sealing_key{*id, encode_recipient(newest.recipient), days->from, days->until};
  auto note = sign::sign_note(encode_sealing_key(sealing_key), key_file.name, signing_key_of(key_file));
  if (!note) return fail(note);
  std::string card = encode_card({*std::move(id), name, verifier_key_of(key_file), *std::move(note)});
  if (const auto good = parse_card(card); !good) return fail(good);
  return card;
}

}  // namespace candour::cli
