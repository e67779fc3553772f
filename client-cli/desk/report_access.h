// SPDX-License-Identifier: AGPL-3.0-or-later
// With what a caseworker opens one report: her key file, and what colleagues handed on to her (docs/spec/cases.md "Somebody who comes
// later"). Move-only; holds secrets.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "client-cli/outcome.h"
#include "crypto/core/key_file.h"
#include "crypto/open/identity.h"
#include "protocol/case_event.h"
#include "protocol/manifest.h"

namespace candour::cli {

struct ReportAccess {
  std::vector<open::Identity> identities;
  Opener who;
  std::vector<Digest> granted_sha256 = {};  // of the sealed bytes, by those who handed them on

  // The bytes that came, against those that were handed on: for who opens by that alone, whom their author did not name.
  Outcome<> check_sealed(const Digest& sealed_sha256, const Manifest& manifest) const;
};

// Of the identity to which a report is sealed that a match opened (docs/spec/matching.md "Shares").
open::Identity identity_of_seed(std::span<const std::uint8_t, 32> seed);

// By her own keys alone.
ReportAccess own_access(const KeyFile& key, const CaseworkerId& me, const std::optional<ReportId>& report);
// And by the grants to her among `events`, which are of her cases.
ReportAccess access_by(const KeyFile& key, const CaseworkerId& me, const ReportId& report,
                       std::span<const VerifiedEvent> events, const Roster& roster);

}  // namespace candour::cli
