// SPDX-License-Identifier: AGPL-3.0-or-later
// What the desk page gets back (docs/spec/desk.md "Requests"): JSON, and what went wrong in words. Pure functions.
#pragma once

#include <cstdint>
#include <string_view>

#include "client-cli/outcome.h"
#include "protocol/json.h"
#include "server/http/response.h"

namespace candour::cli {

server::Response json_answer(json::Object object);
server::Response error_answer(std::uint16_t status, std::string_view words);
server::Response error_answer(const Failure& failure);
// 409: the desk is locked.
server::Response locked_answer();

template <class T>
server::Response error_answer(const Outcome<T>& failed) {
  return error_answer(failed.error());
}

}  // namespace candour::cli
