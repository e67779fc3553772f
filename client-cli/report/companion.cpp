// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/report/companion.h"

#include <algorithm>

#include "client-cli/cases/sealed_event.h"
#include "client-cli/net/problem.h"
#include "client-cli/report/upload.h"
#include "crypto/sign/note.h"
#include "matching/key_holders.h"
#include "protocol/contains.h"
#include "protocol/manifest.h"

namespace candour::cli {
Result<std::optional<MatchingGroup>> matching_group(const VerifiedRoster& roster,
                                                    const std::vector<CaseworkerId>& excluded, Day today) {
  if (!roster->matching) return std::nullopt;
  std::vector<Audience::Member> members;
  for (const CaseworkerId& id : roster->matching->group) {
    const Caseworker* who = roster->find(id);
    if (who == nullptr || !who->may_receive(today) || contains(excluded, id)) continue;
    members.push_back({id, who->sealing_key->recipient});
  }
  if (members.empty()) return std::nullopt;
  auto holders = matching::check_key_holders(*roster->matching);
  if (!holders) return candour::fail(holders);
  return MatchingGroup{*std::move(holders), std::move(members), excluded};
}

Outcome<Bytes> make_companion(const VerifiedRoster& roster, const MatchingGroup& group,
                              const NamedReport& report, const matching::Outputs& outputs,
                              const matching::Holding* holding) {
  const auto companion = matching::compose_companion({.report = report.keys.report_id(report.number),
                                                      .author = report.keys.authorship().verify_key(),
                                                      .roster_sha256 = roster.text_sha256(),
                                                      .evaluation_key = group.holders.list().public_key,
                                                      .excluded = group.excluded,
                                                      .outputs = outputs,
                                                      .holding = holding});
  if (!companion) return fail(companion);
  const auto note =
      sign::sign_note(matching::encode_companion(*companion), author_key_name, report.keys.authorship());
  if (!note) return fail(note);
  std::vector<seal::Recipient> recipients;
  for (const Audience::Member& member : group.members) {
    const auto recipient = seal::parse_recipient(member.recipient);
    if (!recipient) return fail_about(member.id.text(), recipient);
    recipients.push_back(*recipient);
  }
  auto sealed = seal_like_event(*note, recipients, roster->places);
  if (!sealed) return fail(sealed);
  return *std::move(sealed);
}

Outcome<> put_companion(HttpClient& server, const MatchingGroup& group, std::size_t places,
                        const NamedReport& report, ByteView sealed, Patience& patience) {
  std::vector<CaseworkerId> audience;
  for (const Audience::Member& member : group.members) audience.push_back(member.id);
  HttpRequest request{.method = "PUT",
                      .path = path_of(report, "companion"),
                      .headers = audience_headers(audience, places),
                      .body = sealed};
  request.headers.push_back(authorization_of(report));
  Outcome<HttpReply> reply;
  do {
    reply = server.send(request);
    if (may_pass(reply)) continue;
    if (!reply->ok()) return std::unexpected(failure_of(*reply));
    return {};
  } while (patience.pause());
  return fail(accepted(std::move(reply)));
}

}  // namespace candour::cli
