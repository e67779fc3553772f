// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/drops/received.h"

#include <algorithm>
#include <tuple>

#include "client-cli/drops/sealed_drop.h"
#include "protocol/drop_text.h"

namespace candour::cli {

std::vector<VerifiedReply> read_replies(std::span<const FoundReply> found,
                                        const std::map<DropTag, Bytes>& bodies, const ReporterKeys& keys) {
  const open::Identity identity =
      open::HybridIdentity::from_seed(Secret<32>::copy_of(keys.reply_seed().reveal()));
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
