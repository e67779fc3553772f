// SPDX-License-Identifier: AGPL-3.0-or-later
// Three caseworkers say things about one case, each knowing what was said before.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "desk_people.h"
#include "protocol/case_state.h"

namespace candour::test {

inline const Day today = Day::parse("2026-11-26").value();
inline const CaseId the_case = derive_case_id(ReportId{});

inline std::vector<CaseworkerId> readers(std::initializer_list<std::string_view> names) {
  std::vector<CaseworkerId> ids;
  for (const auto name : names) ids.push_back(caseworker(name));
  return ids;
}

struct Talk {
  DeskPeople people;
  std::vector<VerifiedEvent> all;

  VerifiedEvent verified(const CaseEvent& event) const {
    return verify_event(people.sign(event), people.roster, event.author).value();
  }
  // Says something, knowing `known`.
  VerifiedEvent say(std::span<const VerifiedEvent> known, std::string_view author, EventBody body,
                    std::vector<CaseworkerId> to = readers({"ada", "bo", "cy"})) const {
    return verified(next_event(known, people.roster, the_case, caseworker(author), std::move(to), today,
                               std::move(body)));
  }
  const VerifiedEvent& add(std::string_view author, EventBody body,
                           std::vector<CaseworkerId> to = readers({"ada", "bo", "cy"})) {
    all.push_back(say(all, author, std::move(body), std::move(to)));
    return all.back();
  }
  CaseState fold() const { return fold_events(all, people.roster); }
};

}  // namespace candour::test
