// SPDX-License-Identifier: AGPL-3.0-or-later
// Every refusal that this server can give, as a problem document (RFC 9457): a closed list of names, each
// with one status and one literal text that says the cause and the remedy. No run-time text can enter a
// refusal, so none can betray whether something exists, or whose it is. Spec: docs/spec/http.md.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "server/http/response.h"

namespace candour::server {

enum class Problem : std::uint8_t {
  bad_request,
  sign_in_again,
  sign_in_failed,
  not_found,
  no_such_report,
  no_such_upload,
  no_such_drop,
  no_such_batch,
  method_not_allowed,
  different_report,
  different_upload,
  different_part,
  different_event,
  different_batch,
  different_answer,
  different_companion,
  drop_taken,
  parts_missing,
  not_opened,
  on_hold,
  other_hold,
  withdrawal_grace,
  length_required,
  too_large,
  wrong_range,
  not_sealed,
  wrong_recipients,
  wrong_size,
  wrong_hash,
  wrong_address,
  work_wanting,
  unknown_audience,
  not_signed_by_two,
  no_place_left,
  slow_down,
  headers_too_large,
  internal,
  busy,
  roster_expired,
  count_,  // how many there are
};

std::string_view problem_name(Problem problem);
std::uint16_t problem_status(Problem problem);

Response problem(Problem problem);
// With one further member, already encoded as JSON: `"missing": [[0, 3]]`.
Response problem(Problem problem, std::string_view member);
// Problem::busy for what will be there within a moment.
Response busy_for(std::chrono::seconds wait);

}  // namespace candour::server
