// SPDX-License-Identifier: AGPL-3.0-or-later
// The pages for a browser without JavaScript that depend on the roster, as HTML: choosing a desk, whom to leave out,
// locking and sending, and what came of it. All of their words are in plain_pages.cpp. Everything that comes from the
// roster is escaped. Pure functions; client-web/static/plain.html explains the way that leads here.
// Spec: docs/spec/http.md "Without JavaScript".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "protocol/day.h"
#include "protocol/roster.h"
#include "server/http/problem.h"
#include "server/http/response.h"

namespace candour::server {

Response desks_page(const Roster& roster, Day today);
Response desk_page(const Roster& roster, const Desk& desk, Day today);
// How to lock for these readers, and the form that takes the locked file of at most `file_bytes_max`.
Response lock_page(const Roster& roster, const Desk& desk, const Audience& readers,
                   std::uint64_t file_bytes_max);

struct Arrival {
  std::string_view receipt;  // the signed note
  std::string_view short_code;
  std::size_t locked_for;  // stanzas
  std::size_t readers;     // chosen
};
Response arrived_page(const Roster& roster, const Arrival& arrival);

// A refusal in words for her, with the status of the problem.
Response refusal_page(Problem problem);
Response no_file_page();

}  // namespace candour::server
