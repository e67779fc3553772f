// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/desk/roster_alarms.h"

namespace candour::cli {

RosterAlarms roster_alarms(const OpenedReport& opened, const VerifiedRoster& newest,
                           const CaseworkerId& reader) {
  const Manifest& manifest = opened.manifest.manifest();
  RosterAlarms alarms;
  alarms.is_other_roster = manifest.roster_sha256 != newest.text_sha256();
  if (alarms.is_other_roster) {
    const std::string from = newest->valid_from.encode();
    alarms.words.push_back(
        opened.report.day < newest->valid_from
            ? fmt::format("the report was sealed by another roster than the newest one known here (version "
                          "{}), as is "
                          "to be expected of what was written before {}. Nothing needs to be done.",
                          newest->version, from)
            : fmt::format(
                  "the report was sealed by another roster than the newest one known here (version {}, from "
                  "{}), although it was written on {}. The server may have shown its author an old one: tell "
                  "the steward.",
                  newest->version, from, opened.report.day.encode()));
  }
  for (const CaseworkerId& who : manifest.audience) {
    const Caseworker* known = newest->find(who);
    if (known != nullptr && !known->revoked) continue;
    alarms.no_longer.push_back(who);
    const std::string_view what = known == nullptr ? "is not in the newest roster" : "has been revoked";
    alarms.words.push_back(
        who == reader
            ? fmt::format("{}, whose key opened this, {}. If that is you, hand the report on and tell the "
                          "steward.",
                          who.text(), what)
            : fmt::format("{}, to whom the report is sealed too, {}, but can open every copy that there is. "
                          "Take that into account, and tell the steward.",
                          who.text(), what));
  }
  return alarms;
}

}  // namespace candour::cli
