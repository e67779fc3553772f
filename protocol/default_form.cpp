// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/default_form.h"

#include <cstdint>

#include "crypto/core/bytes.h"

namespace candour {
namespace {

constexpr std::uint8_t form[] = {
#include "protocol_default_form.inc"
};

}  // namespace

std::string_view default_form_json() { return as_text(form); }

}  // namespace candour
