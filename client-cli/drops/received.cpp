// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/drops/received.h"

#include <algorithm>
#include <tuple>

#include "client-cli/drops/sealed_drop.h"
#include "client-cli/net/problem.h"
#include "protocol/drop_address.h"
#include "protocol/drop_text.h"

namespace candour::cli {

namespace {

open::Identity identity_of(const ReporterKeys& keys) {
  return open::HybridIdentity::from_seed(Secret<32>::copy_of(keys.reply_seed().reveal()));
}

}  // namespace

Outcome<Bytes> fetch_file(HttpClient& server, const VerifiedReply& reply, const ReporterKeys& keys) {
  constexpr std::string_view not_hers =
      "the file is not what the caseworker signed. It was not kept. Tell her in a message.";
  const ReplyFile& file = *reply->file;
  const open::Identity identity = identity_of(keys);
  Bytes content;
  for (std::uint64_t part = 0; part < file.parts(); ++part) {
    const DropTag tag =
        drop_tag(reply_file_address(keys.mailbox_root(), reply.caseworker(), reply->number, part));
    auto answer = server.send({.method = "GET", .path = "/v1/drops/" + tag.encode()});
    if (!answer) return fail(answer);
    if (answer->status == 404)
      return fail_with(
          Errc::not_found,
          "not all of the file is there: it has not come yet, or was taken back. Look again later.");
    if (!answer->ok()) return std::unexpected(failure_of(*answer));
    const auto plain = open_drop(answer->body, identity);
    if (!plain) return fail_with(Errc::not_authentic, std::string(not_hers));
    append(content, plain->reveal());
  }
  const auto filling = ByteView(content).subspan(file.bytes);
  if (std::ranges::any_of(filling, [](std::uint8_t byte) { return byte != 0; }) ||
      sha256(ByteView(content).first(file.bytes)) != file.sha256)
    return fail_with(Errc::not_authentic, std::string(not_hers));
  content.resize(file.bytes);
  return content;
}

std::vector<VerifiedReply> read_replies(std::span<const FoundReply> found,
                                        const std::map<DropTag, Bytes>& bodies, const ReporterKeys& keys) {
  const open::Identity identity = identity_of(keys);
  const std::string recipient = keys.reply_recipient();
  std::vector<VerifiedReply> replies;
  for (const FoundReply& place : found) {
    const auto body = bodies.find(place.tag);
    if (body == bodies.end()) continue;
    const auto plain = open_drop(body->second, identity);
    if (!plain) continue;
    const auto note = text_of_drop(plain->reveal());
    if (!note) continue;
    auto reply = verify_reply(*note, {*place.caseworker, place.number, recipient});
    if (reply) replies.push_back(*std::move(reply));
  }
  std::ranges::sort(replies, {}, [](const VerifiedReply& reply) {
    return std::tuple(reply->day, reply->number, reply.caseworker());
  });
  return replies;
}

}  // namespace candour::cli
