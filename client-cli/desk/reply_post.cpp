// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/reply_post.h"

#include <algorithm>

#include "client-cli/drops/sealed_drop.h"
#include "crypto/sign/note.h"
#include "protocol/drop_address.h"
#include "protocol/json.h"
#include "protocol/limits.h"
#include "protocol/mailbox.h"

namespace candour::cli {

Addressee addressee_of(const OpenedReport& opened, const Digest& sealed_sha256) {
  return {.report = opened.manifest->report,
          .sealed_sha256 = sealed_sha256,
          .mailbox_root = Secret<32>::copy_of(opened.report.mailbox_root.reveal()),
          .recipient = opened.report.reply_recipient};
}

namespace {

// One drop of hers. What lies there is hers alone, left of a reply that was taken back: nobody else has the mailbox root and her seed.
Outcome<> put_own(SignedIn& desk, const DropAddress& address, ByteView body) {
  const DropTag tag = drop_tag(address);
  const DeletionToken token = reply_deletion_token(desk.key.signing_seed, tag);
  auto put = desk.session.put_drop(address, token, body);
  if (put && !*put) {
    if (auto erased = desk.session.erase_drop(tag, token); !erased) return fail(erased);
    put = desk.session.put_drop(address, token, body);
  }
  if (!put) return fail(put);
  if (*put) return {};
  return fail_with(Errc::conflict,
                   "another drop lies where the file belongs. Nothing was sent; tell the steward.");
}

Outcome<> put_file(SignedIn& desk, const Addressee& to, const CaseworkerId& me, std::uint64_t number,
                   ByteView content) {
  for (std::uint64_t part = 0; part * drop_plain_bytes < content.size(); ++part) {
    const ByteView rest = content.subspan(part * drop_plain_bytes);
    const auto body = seal_drop_part(rest.first(std::min(rest.size(), drop_plain_bytes)), to.recipient);
    if (!body) return fail(body);
    if (auto put = put_own(desk, reply_file_address(to.mailbox_root, me, number, part), *body); !put)
      return put;
  }
  return {};
}

// As far as there are parts.
Outcome<> remove_file(SignedIn& desk, const Addressee& to, const CaseworkerId& me, std::uint64_t number) {
  for (std::uint64_t part = 0; part < reply_file_parts_max; ++part) {
    const DropTag tag = drop_tag(reply_file_address(to.mailbox_root, me, number, part));
    auto erased = desk.session.erase_drop(tag, reply_deletion_token(desk.key.signing_seed, tag));
    if (!erased) return fail(erased);
    if (!*erased) break;
  }
  return {};
}

}  // namespace

Outcome<> may_reply(std::string_view words, const FileAlong* file) {
  const std::size_t bytes_max = file == nullptr ? reply_words_bytes_max : reply_words_beside_file_bytes_max;
  const auto fits = check_reply_words(words, file != nullptr);
  if (!fits && fits.error().code == Errc::too_large)
    return fail_with(Errc::too_large,
                     fmt::format("the reply has {} bytes, {} more than the {} that fit. Shorten it, or send "
                                 "it in two. Nothing was "
                                 "sent.",
                                 words.size(), words.size() - bytes_max, bytes_max));
  if (!fits)
    return fail_with(fits.error().code, fmt::format("{}. Nothing was sent.", fits.error().message.view()));
  if (file == nullptr) return {};
  if (file->content.empty() || file->content.size() > reply_file_bytes_max)
    return fail_with(Errc::too_large,
                     fmt::format("the file has {} bytes; 1 to {} can go along. Send it in pieces, or make it "
                                 "smaller. Nothing was sent.",
                                 file->content.size(), reply_file_bytes_max));
  if (!json::is_line(file->name, limits::name_bytes_max))
    return fail_with(Errc::malformed,
                     "the name of the file has 1 to 200 bytes without control characters. Rename it. Nothing "
                     "was sent.");
  return {};
}

Outcome<std::uint64_t> post_reply(SignedIn& desk, const Addressee& to, ReplyKind kind, std::string words,
                                  Day today, const FileAlong* file) {
  const auto me = owner_of(desk.key);
  if (!me) return fail(me);
  Reply reply{.report = to.report,
              .sha256 = to.sealed_sha256,
              .to = to.recipient,
              .number = 0,
              .day = today,
              .kind = kind,
              .file = {},
              .words = std::move(words)};
  if (file != nullptr) reply.file = ReplyFile{file->content.size(), sha256(file->content), file->name};
  for (; reply.number < replies_max; ++reply.number) {
    const auto note = sign::sign_note(encode_reply(reply), desk.key.name, signing_key_of(desk.key));
    if (!note) return fail(note);
    const auto body = seal_drop(*note, reply.to);
    if (!body) return fail(body);
    const DropAddress address = reply_address(to.mailbox_root, *me, reply.number);
    auto put =
        desk.session.put_drop(address, reply_deletion_token(desk.key.signing_seed, drop_tag(address)), *body);
    if (!put) return fail(put);
    if (!*put) continue;
    if (file == nullptr) return reply.number;
    const auto all = put_file(desk, to, *me, reply.number, file->content);
    if (all) return reply.number;
    if (const auto gone = remove_reply(desk, to, reply.number); !gone)
      return fail_with(
          all.error().code,
          fmt::format("the file could not be sent whole ({}), nor the reply {} be taken back ({}). "
                      "Take it back: candour reply {} --remove {}",
                      all.error().text, reply.number, gone.error().text, to.report.encode().substr(0, 12),
                      reply.number));
    return fail(all);
  }
  return fail_with(Errc::conflict,
                   "all 1000 places for replies of yours to this author are taken. Take old ones back with "
                   "--remove.");
}

Outcome<> remove_reply(SignedIn& desk, const Addressee& to, std::uint64_t number) {
  const auto me = owner_of(desk.key);
  if (!me) return fail(me);
  if (auto file = remove_file(desk, to, *me, number); !file) return file;
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
