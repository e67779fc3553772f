// SPDX-License-Identifier: AGPL-3.0-or-later
// What is wrong with the set-up, and where: for the operator, on stderr, from a command, at start and on
// SIGHUP. The place is one in what the operator wrote: a file named in the configuration or on the command
// line, a line, a table and a key; never a value, and never anything that came from a request. While requests
// are served there is only log.h, whose sentences are literal throughout.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "crypto/core/result.h"

namespace candour::server {

struct Finding {
  std::string place;  // "" where the message says it
  Error error;
};
using Findings = std::vector<Finding>;

template <class T>
using Checked = std::expected<T, Findings>;

// Adds what failed. True when `result` is a value.
template <class T>
bool note_failure(Findings& findings, std::string place, const Result<T>& result) {
  if (!result) findings.push_back({std::move(place), result.error()});
  return result.has_value();
}

// One line on stderr: "candourd: PLACE: cause. remedy."
void say(const Finding& finding);

}  // namespace candour::server
