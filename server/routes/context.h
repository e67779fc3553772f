// SPDX-License-Identifier: AGPL-3.0-or-later
// What the handlers share: the store, the current roster, the key of receipts, the signed-in caseworkers, the
// clock. Handlers run on the loop's thread; what the store calls back runs on the store's, and may touch
// nothing here but `store` and `receipts`.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "crypto/core/bytes.h"
#include "protocol/day.h"
#include "protocol/roster.h"
#include "server/http/router.h"
#include "server/routes/put_pace.h"
#include "server/routes/puzzles.h"
#include "server/routes/receipt_signer.h"
#include "server/routes/sessions.h"
#include "storage/store.h"

namespace candour::server {

struct Context {
  storage::Store& store;
  const ReceiptSigner& receipts;
  std::string desk_origin;
  std::function<std::chrono::system_clock::time_point()> now;
  std::shared_ptr<const VerifiedRoster> roster;  // never null; replaced when a new one is accepted
  Sessions sessions;
  Puzzles puzzles = {};
  std::uint64_t drops_per_minute = 0;  // put by all together on the reporter listener
  PutPace put_pace = {};
  std::uint64_t caseworker_puts_per_minute = 0;  // by one at the desk
  std::shared_ptr<const Bytes> drop_index = {};  // tags, ascending; null until the first is made

  Day today() const { return Day::of(now()); }
  // For what counts from today: a clock that is behind does not make it earlier than the roster.
  Day day_at_least() const { return std::max(today(), roster->roster().valid_from); }
  // Of one that is put or kept today.
  storage::Lasting event_lasts() const {
    const Policy& policy = roster->roster().policy;
    return {day_at_least(), policy.retention_days, policy.retention_spread_days};
  }
};

// Each fills in the routes of one resource; `context` must outlive the router.
void add_roster_routes(Router& router, Context& context);
void add_report_routes(Router& router, Context& context);
void add_upload_routes(Router& router, Context& context);
void add_session_routes(Router& router, Context& context);
void add_plain_routes(Router& router, Context& context);
void add_withdrawal_routes(Router& router, Context& context);
void add_drop_routes(Router& router, Context& context);
void add_desk_drop_routes(Router& router, Context& context);
void add_desk_report_routes(Router& router, Context& context);
void add_desk_case_routes(Router& router, Context& context);
void add_desk_event_routes(Router& router, Context& context);
void add_evaluation_routes(Router& router, Context& context);
void add_batch_routes(Router& router, Context& context);

}  // namespace candour::server
