// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/http/response.h"

#include "server/http/problem.h"

namespace candour::server {

std::uint64_t Response::body_bytes() const {
  if (const auto* owned = std::get_if<Bytes>(&body)) return owned->size();
  if (const auto* shared = std::get_if<SharedBytes>(&body)) return shared->bytes.size();
  return std::get<std::unique_ptr<BodyReader>>(body)->bytes();
}

Response text_response(std::uint16_t status, std::string_view type, std::string_view text) {
  Response response{.status = status, .headers = {{"Content-Type", std::string(type)}}, .body = {}};
  response.body.emplace<Bytes>(as_bytes(text).begin(), as_bytes(text).end());
  return response;
}

Response shared_response(std::string_view type, SharedBytes body) {
  return {.status = 200, .headers = {{"Content-Type", std::string(type)}}, .body = std::move(body)};
}

Response binary_response(Bytes body) {
  return {.status = 200, .headers = {{"Content-Type", "application/octet-stream"}}, .body = std::move(body)};
}

Response json_response(std::uint16_t status, std::string_view json) {
  return text_response(status, "application/json", json);
}

Reply::~Reply() {
  if (send_) (*this)(problem(Problem::internal));
}

void Reply::operator()(Response response) {
  on_loop([response = std::move(response)]() mutable { return std::move(response); });
}

void Reply::on_loop(Make make) {
  if (auto send = std::exchange(send_, nullptr)) send(std::move(make));
}

}  // namespace candour::server
