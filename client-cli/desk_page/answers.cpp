// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk_page/answers.h"

namespace candour::cli {
namespace {

constexpr std::uint16_t ok = 200;
constexpr std::uint16_t not_found = 404;
constexpr std::uint16_t conflict = 409;
constexpr std::uint16_t unprocessable = 422;
constexpr std::uint16_t unavailable = 503;

server::Response answer(std::uint16_t status, json::Object object) {
  return server::json_response(status, json::encode({std::move(object)}, json::Layout::compact));
}

std::uint16_t status_of(Errc code) {
  switch (code) {
    case Errc::not_found:
      return not_found;
    case Errc::io:
    case Errc::busy:
      return unavailable;
    default:
      return unprocessable;
  }
}

}  // namespace

server::Response json_answer(json::Object object) { return answer(ok, std::move(object)); }

server::Response error_answer(std::uint16_t status, std::string_view words) {
  return answer(status, {{"error", {std::string(words)}}});
}

server::Response error_answer(const Failure& failure) {
  return error_answer(status_of(failure.code), failure.text);
}

server::Response locked_answer() {
  return answer(conflict, {{"error", {std::string("the desk is locked. Unlock it with your passphrase.")}},
                           {"locked", {true}}});
}

}  // namespace candour::cli
