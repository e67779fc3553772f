// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/session.h"

#include <sodium.h>

#include <algorithm>
#include <boost/json.hpp>

#include "client-cli/desk/listing.h"
#include "client-cli/keys.h"
#include "client-cli/net/problem.h"
#include "crypto/core/encoding.h"
#include "crypto/sign/note.h"
#include "protocol/session_note.h"

namespace candour::cli {
namespace {

constexpr std::size_t page_bytes_max = 1 << 20;
constexpr unsigned page_reports = 200;
constexpr std::size_t reports_max = 100'000;
constexpr std::size_t prefix_digits_min = 8;

std::unexpected<Failure> not_a_desk() {
  return fail_with(Errc::malformed,
                   "the server's answer is not that of a Candour desk. Is this the desk's address, not "
                   "the reporters'?");
}

Outcome<HttpReply> accepted(Outcome<HttpReply> reply) {
  if (!reply) return reply;
  if (!reply->ok()) return std::unexpected(failure_of(*reply));
  return reply;
}

Outcome<SessionRequest> ask_nonce(HttpClient& server, const std::string& origin) {
  auto reply = accepted(server.send({.method = "POST", .path = "/v1/session/nonce"}));
  if (!reply) return fail(reply);
  boost::system::error_code error;
  const boost::json::value json = boost::json::parse(as_text(reply->body), error);
  if (error || !json.is_object()) return not_a_desk();
  const boost::json::value* nonce = json.get_object().if_contains("nonce");
  const boost::json::value* expires = json.get_object().if_contains("expires");
  if (nonce == nullptr || !nonce->is_string() || expires == nullptr || !expires->is_int64())
    return not_a_desk();
  SessionRequest request{.origin = origin,
                         .nonce = {},
                         .expires_unix_seconds = static_cast<std::uint64_t>(expires->get_int64())};
  if (!base64_decode_into(std::string_view(nonce->get_string()), request.nonce)) return not_a_desk();
  return request;
}

}  // namespace

DeskSession::DeskSession(DeskSession&& other) noexcept
    : server_(std::exchange(other.server_, nullptr)), authorization_(std::move(other.authorization_)) {}

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
  auto reply = accepted(server.send({.method = "POST",
                                     .path = "/v1/session",
                                     .headers = {"Content-Type: text/plain; charset=utf-8"},
                                     .body = as_bytes(*note)}));
  if (!reply) return fail(reply);
  boost::system::error_code error;
  const boost::json::value json = boost::json::parse(as_text(reply->body), error);
  if (error || !json.is_object()) return not_a_desk();
  const boost::json::value* token = json.get_object().if_contains("token");
  if (token == nullptr || !token->is_string()) return not_a_desk();
  const std::string_view text(token->get_string());
  if (!hex_decode(text)) return not_a_desk();
  return DeskSession(server, fmt::format("Authorization: Bearer {}", text));
}

Outcome<DeskSession::Page> DeskSession::page(const std::string& after, unsigned limit) {
  const std::string path =
      fmt::format("/v1/reports?limit={}{}{}", limit, after.empty() ? "" : "&after=", after);
  auto reply =
      accepted(server_->send({.method = "GET", .path = path, .headers = {authorization_}}, page_bytes_max));
  if (!reply) return fail(reply);
  Page page;
  auto more = parse_listing(as_text(reply->body), page.reports);
  if (!more) return not_a_desk();
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
      if (!all.empty() && report.id <= all.back().id) return not_a_desk();
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

Outcome<> DeskSession::mark_seen(const ReportId& id) {
  auto reply = accepted(server_->send(
      {.method = "PUT", .path = "/v1/reports/" + id.encode() + "/seen", .headers = {authorization_}}));
  if (!reply) return fail(reply);
  return {};
}

}  // namespace candour::cli
