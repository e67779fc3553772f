// SPDX-License-Identifier: AGPL-3.0-or-later
// The bodies of what is said in daily work: a risk sheet, that a second caseworker has looked, who looks after cases meanwhile
// (docs/spec/cases.md "Kinds"). For event_body.cpp, which has the other kinds. Pure functions.
#pragma once

#include "protocol/case_event.h"
#include "protocol/json.h"

namespace candour {

json::Object to_json(const event::RiskSheet& body);
json::Object to_json(const event::SignedOff& body);
json::Object to_json(const event::Cover& body);

Result<EventBody> read_risk_sheet(const json::Fields& fields);
Result<EventBody> read_signed_off(const json::Fields& fields);
Result<EventBody> read_cover(const json::Fields& fields);

// Errc::malformed where it is one of these and may not be said.
Result<> check_daily_body(const EventBody& body);

}  // namespace candour
