// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/report_access.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "crypto/open/key_file.h"
#include "protocol/contains.h"

namespace candour::cli {

Outcome<> ReportAccess::check_sealed(const Digest& sealed_sha256, const Manifest& manifest) const {
  if (granted_sha256.empty() || contains(manifest.audience, who.caseworker) ||
      contains(granted_sha256, sealed_sha256))
    return {};
  return fail_with(
      Errc::not_authentic,
      "the server gives other bytes than those that a colleague handed on to you. Nothing of it was kept. "
      "Tell her, and the steward.");
}

open::Identity identity_of_seed(std::span<const std::uint8_t, 32> seed) {
  return open::HybridIdentity::from_seed(Secret<32>::copy_of(seed));
}

ReportAccess own_access(const KeyFile& key, const CaseworkerId& me, const std::optional<ReportId>& report) {
  return {.identities = open::identities_of(key), .who = {me, report}};
}

ReportAccess access_by(const KeyFile& key, const CaseworkerId& me, const ReportId& report,
                       std::span<const VerifiedEvent> events, const Roster& roster) {
  ReportAccess access = own_access(key, me, report);
  std::set<CaseId> cases;                      // of the grants
  std::map<CaseworkerId, std::size_t> givers;  // of shares
  for (const VerifiedEvent& event : events) {
    if (event->author == me) continue;
    const auto* grant = std::get_if<event::Grant>(&event->body);
    const auto* share = std::get_if<event::Share>(&event->body);
    if (grant != nullptr && grant->report == report) {
      access.identities.emplace_back(open::GivenFileKey{FileKey::copy_of(grant->file_key)});
      access.granted_sha256.push_back(grant->sealed_sha256);
      cases.insert(event->case_id);
    } else if (share != nullptr && share->report == report) {
      const std::size_t giver = givers.emplace(event->author, givers.size()).first->second;
      access.identities.emplace_back(open::GivenShare{{share->x, FileKey::copy_of(share->share)}, giver});
    } else {
      continue;
    }
    access.who.granted_by.push_back(event->author);
  }
  for (const CaseId& one : cases)
    std::ranges::move(admissions_in(events, one, roster), std::back_inserter(access.who.admissions));
  return access;
}

}  // namespace candour::cli
