// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/session.h"

#include <sodium.h>

#include <algorithm>

#include "client-cli/desk/listing.h"
#include "client-cli/keys.h"
#include "client-cli/net/problem.h"
#include "crypto/core/encoding.h"
#include "crypto/sign/note.h"
#include "protocol/json.h"
#include "protocol/session_note.h"

namespace candour::cli {
namespace {

constexpr std::size_t small_answer_depth_max = 4;
constexpr unsigned page_reports = 200;
constexpr std::size_t reports_max = 100'000;
constexpr std::size_t prefix_digits_min = 8;
constexpr std::size_t nonce_characters_max = 64;
constexpr std::size_t token_digits = 64;

std::unexpected<Failure> not_a_desk(std::string_view origin) {
  return fail_with(
      Errc::malformed,
      fmt::format("{}: is not the address of a Candour desk; perhaps it is the one for reporters. "
                  "--server wants the desk's, which the operator knows ([desk] in candourd.toml).",
                  origin));
}

// The server gives one answer to every failed sign-in, whatever the reason; so here is all that it may be.
std::unexpected<Failure> refused(std::string_view origin, const KeyFile& key) {
  return fail_with(
      Errc::refused,
      fmt::format(
          "the desk refuses the sign-in. {} signed for the origin {}. Check that this is, letter for letter, "
          "the desk's origin as the operator set it (--origin gives another); that the roster on the server "
          "names you, with the key of this very file, and you are not revoked and your time has not lapsed "
          "(ask the steward); and that this computer's clock is right.",
          key.name, origin));
}

Outcome<SessionRequest> ask_nonce(HttpClient& server, const std::string& origin) {
  auto answer = server.send({.method = "POST", .path = "/v1/session/nonce"});
  // The reporters' listener knows no sign-in.
  if (answer && (answer->status == 404 || answer->status == 405)) return not_a_desk(origin);
  auto reply = accepted(std::move(answer));
  if (!reply) return fail(reply);
  const auto json = json::parse(as_text(reply->body), reply->body.size(), small_answer_depth_max);
  if (!json) return not_a_desk(origin);
  const auto fields = json::Fields::of(*json, "the answer is no object");
  if (!fields) return not_a_desk(origin);
  const auto nonce = fields->line("nonce", nonce_characters_max, "the nonce is missing");
  const auto expires = fields->whole("expires", "the end of the nonce is missing");
  if (!nonce || !expires) return not_a_desk(origin);
  SessionRequest request{.origin = origin, .nonce = {}, .expires_unix_seconds = *expires};
  if (!base64_decode_into(*nonce, request.nonce)) return not_a_desk(origin);
  return request;
}

}  // namespace

DeskSession::DeskSession(DeskSession&& other) noexcept
    : server_(std::exchange(other.server_, nullptr)),
      origin_(std::move(other.origin_)),
      authorization_(std::move(other.authorization_)) {}

DeskSession::~DeskSession() {
  if (server_ == nullptr) return;
  // An answer is not needed: the token ends by itself soon after.
  server_->set_retries(1, {});
  (void)server_->send({.method = "DELETE", .path = "/v1/session", .headers = {authorization_}});
  sodium_memzero(authorization_.data(), authorization_.size());
}

Outcome<DeskSession> DeskSession::sign_in(HttpClient& server, const std::string& origin, const KeyFile& key) {
  auto request = ask_nonce(server, origin);
  if (!request) return fail(request);
  auto note = sign::sign_note(encode_session(*request), key.name, signing_key_of(key));
  if (!note) return fail(note);
  auto answer = server.send({.method = "POST",
                             .path = "/v1/session",
                             .headers = {"Content-Type: text/plain; charset=utf-8"},
                             .body = as_bytes(*note)});
  if (answer && answer->status == 401) return refused(origin, key);
  auto reply = accepted(std::move(answer));
  if (!reply) return fail(reply);
  const auto json = json::parse(as_text(reply->body), reply->body.size(), small_answer_depth_max);
  if (!json) return not_a_desk(origin);
  const auto fields = json::Fields::of(*json, "the answer is no object");
  if (!fields) return not_a_desk(origin);
  const auto token = fields->line("token", token_digits, "the token is missing");
  if (!token || !hex_decode(*token)) return not_a_desk(origin);
  return DeskSession(server, origin, fmt::format("Authorization: Bearer {}", *token));
}

Outcome<> DeskSession::renew(const KeyFile& key) {
  auto fresh = sign_in(*server_, origin_, key);
  if (!fresh) return fail(fresh);
  sodium_memzero(authorization_.data(), authorization_.size());
  authorization_ = std::move(fresh->authorization_);
  fresh->server_ = nullptr;  // it must not sign out
  return {};
}

Outcome<DeskSession::Page> DeskSession::page(const std::string& after, unsigned limit) {
  const std::string path =
      fmt::format("/v1/reports?limit={}{}{}", limit, after.empty() ? "" : "&after=", after);
  auto reply = accepted(
      server_->send({.method = "GET", .path = path, .headers = {authorization_}}, listing_bytes_max));
  if (!reply) return fail(reply);
  Page page;
  auto more = parse_listing(as_text(reply->body), page.reports);
  if (!more) return std::unexpected(Failure(more.error()));
  page.more = *more;
  return page;
}

Outcome<std::vector<ListedReport>> DeskSession::list() {
  std::vector<ListedReport> all;
  std::string after;
  while (true) {
    auto next = page(after, page_reports);
    if (!next) return fail(next);
    // Ascending ids, and an end: a hostile server must not keep us asking for ever.
    for (ListedReport& report : next->reports) {
      if (!all.empty() && report.id <= all.back().id) {
        return fail_with(
            Errc::malformed,
            "the server lists reports twice or out of order, as no Candour desk does. Tell the operator.");
      }
      all.push_back(std::move(report));
    }
    if (!next->more || next->reports.empty()) return all;
    if (all.size() >= reports_max) {
      return fail_with(Errc::too_large,
                       "the server lists more than 100,000 reports. Fetch single ones by their id.");
    }
    after = all.back().id.encode();
  }
}

Outcome<ListedReport> DeskSession::find(std::string_view prefix) {
  std::string first(prefix);
  first.resize(std::max<std::size_t>(prefix.size(), 64), '0');
  auto lowest = ReportId::parse(first);
  if (!lowest || prefix.size() < prefix_digits_min) {
    return fail_with(Errc::malformed,
                     "that is not a report's id. Give it, or at least its first 8 characters, as "
                     "`candour inbox` shows it.");
  }
  auto next = page(id_before(*lowest), 2);
  if (!next) return fail(next);
  const auto matches = [&](const ListedReport& report) { return report.id.encode().starts_with(prefix); };
  if (next->reports.empty() || !matches(next->reports[0])) {
    return fail_with(Errc::not_found,
                     "there is no such report for you. `candour inbox` shows what there is.");
  }
  if (next->reports.size() > 1 && matches(next->reports[1])) {
    return fail_with(Errc::conflict, "several reports begin so. Give more of the id.");
  }
  return std::move(next->reports[0]);
}

Outcome<> DeskSession::download(const ReportId& id, const HttpClient::Sink& sink) {
  auto reply = accepted(server_->download(
      {.method = "GET", .path = "/v1/reports/" + id.encode(), .headers = {authorization_}}, sink));
  if (!reply) return fail(reply);
  return {};
}

Outcome<ListedReport> DeskSession::set_mark(const ReportId& id, std::string_view mark, bool set) {
  auto reply = accepted(server_->send({.method = set ? "PUT" : "DELETE",
                                       .path = fmt::format("/v1/reports/{}/{}", id.encode(), mark),
                                       .headers = {authorization_}}));
  if (!reply) return fail(reply);
  return find(id.encode());
}

Outcome<> DeskSession::admit(const ReportId& id, const CaseworkerId& who) {
  auto reply =
      accepted(server_->send({.method = "PUT",
                              .path = fmt::format("/v1/reports/{}/readers/{}", id.encode(), who.text()),
                              .headers = {authorization_}}));
  if (!reply) return fail(reply);
  return {};
}

Outcome<> DeskSession::send_note(const JointNote& what, std::string_view note) {
  const std::string path = what.act == JointAct::event_erasure
                               ? std::string("/v1/events/erasure")
                               : fmt::format("/v1/reports/{}/{}", what.report.encode(),
                                             what.act == JointAct::erasure ? "erasure" : "hold/lift");
  auto reply = accepted(server_->send({.method = "POST",
                                       .path = path,
                                       .headers = {authorization_, "Content-Type: text/plain; charset=utf-8"},
                                       .body = as_bytes(note)}));
  if (!reply) return fail(reply);
  return {};
}

Outcome<bool> DeskSession::put_drop(const DropAddress& address, const DeletionToken& token, ByteView body) {
  auto answer = server_->send({.method = "PUT",
                               .path = "/v1/drops/" + drop_tag(address).encode(),
                               .headers = {authorization_, "Content-Type: application/octet-stream",
                                           "Candour-Address: " + hex_encode(address.reveal()),
                                           "Candour-Deletion: " + hex_encode(deletion_verifier(token))},
                               .body = body});
  if (answer && problem_name(*answer) == "drop-taken") return false;
  auto reply = accepted(std::move(answer));
  if (!reply) return fail(reply);
  return true;
}

Outcome<bool> DeskSession::erase_drop(const DropTag& tag, const DeletionToken& token) {
  auto answer =
      server_->send({.method = "DELETE",
                     .path = "/v1/drops/" + tag.encode(),
                     .headers = {authorization_, "Candour-Replace: " + hex_encode(token.reveal())}});
  if (answer && problem_name(*answer) == "no-such-drop") return false;
  auto reply = accepted(std::move(answer));
  if (!reply) return fail(reply);
  return true;
}

}  // namespace candour::cli
