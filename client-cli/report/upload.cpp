// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/report/upload.h"

#include <algorithm>

#include "client-cli/net/problem.h"
#include "crypto/core/encoding.h"
#include "protocol/roster.h"

namespace candour::cli {
namespace {

constexpr std::size_t part_bytes = 1 << 20;

Outcome<HttpReply> taken(Outcome<HttpReply> reply) {
  if (!reply) return reply;
  // The desk's listener takes nothing without a sign-in, and no report at all.
  if (reply->status == 401 || reply->status == 405 || problem_name(*reply) == "not-found") {
    return fail_with(
        Errc::refused,
        "the server takes no reports at this address; perhaps it is the desk's, for caseworkers. Nothing "
        "was sent. --server wants the reporters' address, which is on the service's posters.");
  }
  return accepted(std::move(reply));
}

// The audience as it is sent and this have one length together, so that the length of a request does not tell who was
// left out (docs/spec/http.md).
std::string padding_header(std::string_view audience, std::size_t places) {
  constexpr std::size_t place_bytes = 35;  // an id, quotes and a comma
  return "Candour-Padding: " + std::string(places * place_bytes - audience.size(), '0');
}

}  // namespace

std::vector<std::string> audience_headers(const std::vector<CaseworkerId>& audience, std::size_t places) {
  const std::string text = encode_audience_header(audience);
  return {"Content-Type: application/octet-stream", "Candour-Audience: " + text,
          padding_header(text, places)};
}

Upload::Upload(HttpClient& server, const ReportId& report, std::vector<CaseworkerId> audience,
               std::size_t places, std::uint64_t total_bytes, Progress progress)
    : server_(server),
      id_(report.encode()),
      audience_(std::move(audience)),
      places_(places),
      total_bytes_(total_bytes),
      progress_(std::move(progress)) {}

Outcome<> Upload::begin() {
  buffer_.reserve(std::min<std::uint64_t>(total_bytes_, part_bytes));
  if (total_bytes_ <= part_bytes) return {};
  std::string audience;
  for (const CaseworkerId& who : audience_) {
    audience += fmt::format("{}\"{}\"", audience.empty() ? "" : ",", who.text());
  }
  const std::string body = fmt::format("{{\"audience\":[{}],\"bytes\":{}}}", audience, total_bytes_);
  auto reply =
      taken(server_.send({.method = "PUT",
                          .path = "/v1/uploads/" + id_,
                          .headers = {"Content-Type: application/json", padding_header(audience, places_)},
                          .body = as_bytes(body)}));
  if (!reply) return fail(reply);
  return {};
}

Outcome<> Upload::put(ByteView sealed) {
  if (sealed.size() > total_bytes_ - taken_bytes_) {
    return fail_with(Errc::internal, "the report became larger than announced. Please report this as a bug.");
  }
  hash_.update(sealed);
  taken_bytes_ += sealed.size();
  while (!sealed.empty()) {
    const std::size_t size = std::min(sealed.size(), part_bytes - buffer_.size());
    append(buffer_, sealed.first(size));
    sealed = sealed.subspan(size);
    if (buffer_.size() == part_bytes && total_bytes_ > part_bytes) {
      if (auto sent = send_part(); !sent) return sent;
    }
  }
  return {};
}

Outcome<> Upload::send_part() {
  auto reply = taken(server_.send({.method = "PUT",
                                   .path = fmt::format("/v1/uploads/{}/parts/{}", id_, part_),
                                   .headers = {"Content-Type: application/octet-stream"},
                                   .body = buffer_}));
  if (!reply) return fail(reply);
  ++part_;
  buffer_.clear();
  progress_(taken_bytes_);
  return {};
}

Outcome<Upload::Done> Upload::finish() {
  if (taken_bytes_ != total_bytes_) {
    return fail_with(Errc::internal,
                     "the report became smaller than announced. Please report this as a bug.");
  }
  const Digest sha256 = hash_.finish();
  Outcome<HttpReply> reply;
  if (total_bytes_ <= part_bytes) {
    reply = taken(server_.send({.method = "PUT",
                                .path = "/v1/reports/" + id_,
                                .headers = audience_headers(audience_, places_),
                                .body = buffer_}));
  } else {
    if (!buffer_.empty()) {
      if (auto sent = send_part(); !sent) return fail(sent);
    }
    const std::string body = fmt::format("{{\"sha256\":\"{}\"}}", hex_encode(sha256));
    reply = taken(server_.send({.method = "POST",
                                .path = "/v1/uploads/" + id_ + "/finish",
                                .headers = {"Content-Type: application/json"},
                                .body = as_bytes(body)}));
  }
  if (!reply) return fail(reply);
  progress_(total_bytes_);
  return Done{std::string(as_text(reply->body)), sha256};
}

}  // namespace candour::cli
