// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/reply_post.h"

#include "client-cli/drops/sealed_drop.h"
#include "crypto/sign/note.h"
#include "protocol/drop_address.h"
#include "protocol/mailbox.h"

namespace candour::cli {

Addressee addressee_of(const OpenedReport& opened, const Digest& sealed_sha256) {
  return {.report = opened.manifest->report,
          .sealed_sha256 = sealed_sha256,
          .mailbox_root = Secret<32>::copy_of(opened.report.mailbox_root.reveal()),
          .recipient = opened.report.reply_recipient};
}

Outcome<> may_reply(std::string_view words) {
  const auto fits = check_reply_words(words);
  if (fits) return {};
  if (fits.error().code == Errc::too_large)
    return fail_with(Errc::too_large,
                     fmt::format("the reply has {} bytes, {} more than the {} that fit. Shorten it, or send "
                                 "it in two. Nothing was "
                                 "sent.",
                                 words.size(), words.size() - reply_words_bytes_max, reply_words_bytes_max));
  return fail_with(fits.error().code, fmt::format("{}. Nothing was sent.", fits.error().message.view()));
}

Outcome<std::uint64_t> post_reply(SignedIn& desk, const Addressee& to, ReplyKind kind, std::string words,
                                  Day today) {
  const auto me = owner_of(desk.key);
  if (!me) return fail(me);
  Reply reply{.report = to.report,
              .sha256 = to.sealed_sha256,
              .to = to.recipient,
              .number = 0,
              .day = today,
              .kind = kind,
              .words = std::move(words)};
  for (; reply.number < replies_max; ++reply.number) {
    const auto note = sign::sign_note(encode_reply(reply), desk.key.name, signing_key_of(desk.key));
    if (!note) return fail(note);
    const auto body = seal_drop(*note, reply.to);
    if (!body) return fail(body);
    const DropAddress address = reply_address(to.mailbox_root, *me, reply.number);
    auto put =
        desk.session.put_drop(address, reply_deletion_token(desk.key.signing_seed, drop_tag(address)), *body);
    if (!put) return fail(put);
    if (*put) return reply.number;
  }
  return fail_with(Errc::conflict,
                   "all 1000 places for replies of yours to this author are taken. Take old ones back with "
                   "--remove.");
}

Outcome<> remove_reply(SignedIn& desk, const Addressee& to, std::uint64_t number) {
  const auto me = owner_of(desk.key);
  if (!me) return fail(me);
  const DropTag tag = drop_tag(reply_address(to.mailbox_root, *me, number));
  auto erased = desk.session.erase_drop(tag, reply_deletion_token(desk.key.signing_seed, tag));
  if (!erased) return fail(erased);
  if (*erased) return {};
  return fail_with(Errc::not_found,
                   fmt::format("there is no reply {} of yours to this report. It was taken back already, or "
                               "has ended.",
                               number));
}

}  // namespace candour::cli
