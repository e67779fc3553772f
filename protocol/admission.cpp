// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/admission.h"

#include <algorithm>
#include <set>

#include "crypto/core/note.h"
#include "protocol/case_event.h"
#include "protocol/contains.h"

namespace candour {

std::vector<CaseworkerId> with_admitted(std::vector<CaseworkerId> readers,
                                        std::span<const Admission> admissions,
                                        std::span<const CaseworkerId> excluded) {
  std::set<CaseworkerId> all(readers.begin(), readers.end());
  for (bool more = true; more;) {
    more = false;
    for (const Admission& one : admissions)
      if (all.contains(one.by) && !contains(excluded, one.who)) more = all.insert(one.who).second || more;
  }
  return {all.begin(), all.end()};
}

std::optional<Admission> admission_in(const VerifiedEvent& event, const Roster& roster) {
  const auto by = [](const CaseEvent& said) -> std::optional<Admission> {
    const auto* admitted = std::get_if<event::Admitted>(&said.body);
    if (admitted == nullptr || !contains(said.readers, admitted->who)) return std::nullopt;
    return Admission{said.author, admitted->who};
  };
  const auto* earlier = std::get_if<event::Earlier>(&event->body);
  if (earlier == nullptr) return by(event.event());
  const auto note = parse_note(earlier->note);
  if (!note) return std::nullopt;
  const auto claimed = parse_event(note->text);
  if (!claimed || claimed->case_id != event->case_id) return std::nullopt;
  const auto verified = verify_event(earlier->note, roster, claimed->author);
  return verified ? by(verified->event()) : std::nullopt;
}

std::vector<Admission> admissions_in(std::span<const VerifiedEvent> events, const CaseId& in_case,
                                     const Roster& roster) {
  std::vector<Admission> all;
  for (const VerifiedEvent& event : events)
    if (event->case_id == in_case)
      if (auto one = admission_in(event, roster);
          one && (one->by == event->author || roster.find_active(one->by) != nullptr))
        all.push_back(*std::move(one));
  return all;
}

}  // namespace candour
