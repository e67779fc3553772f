// SPDX-License-Identifier: AGPL-3.0-or-later
// How each field of an identifier comes to its normal form (docs/spec/identifiers.md): for identifier.cpp. Not for other
// folders. Every text has been through plain_text(). Thread-safe.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "protocol/identifier_fault.h"

namespace candour::identifier {

// The fields before it, in their normal form.
using Before = std::span<const std::string>;

NormalField force(std::string_view text, Before);
NormalField collar_number(std::string_view text, Before force);
NormalField warrant_number(std::string_view text, Before force);

NormalField surname(std::string_view text, Before);
NormalField given_name(std::string_view text, Before);
NormalField birth_day(std::string_view text, Before);
NormalField birth_year(std::string_view text, Before);

NormalField phone(std::string_view text, Before);
NormalField email(std::string_view text, Before);

NormalField platform(std::string_view text, Before);
NormalField handle(std::string_view text, Before platform);

NormalField registration_mark(std::string_view text, Before);

}  // namespace candour::identifier
