// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/audience.h"

#include <algorithm>

#include "protocol/ids.h"

namespace candour::storage {

Result<Audience> Audience::of(std::vector<std::string> caseworkers) {
  if (caseworkers.empty() || caseworkers.size() > members_max)
    return fail(Errc::malformed, "An audience has between 1 and 32 caseworkers.");
  if (!std::ranges::all_of(caseworkers, is_id))
    return fail(Errc::malformed, "A caseworker id is 1 to 32 of a-z, 0-9 and the hyphen.");
  std::ranges::sort(caseworkers);
  if (std::ranges::adjacent_find(caseworkers) != caseworkers.end())
    return fail(Errc::malformed, "An audience names each caseworker once.");
  return Audience(std::move(caseworkers));
}

Result<Audience> Audience::parse(std::string_view text) {
  std::vector<std::string> members;
  for (std::size_t from = 0; from <= text.size();) {
    const auto to = std::min(text.find(',', from), text.size());
    members.emplace_back(text.substr(from, to - from));
    if (members.size() > members_max) break;
    from = to + 1;
  }
  return of(std::move(members));
}

std::string Audience::encode() const {
  std::string text;
  for (const auto& member : members_) {
    if (!text.empty()) text += ',';
    text += member;
  }
  return text;
}

bool Audience::contains(std::string_view caseworker) const {
  return std::ranges::binary_search(members_, caseworker);
}

bool Audience::has_two_of(const std::vector<std::string>& caseworkers) const {
  return std::ranges::count_if(members_, [&](const std::string& member) {
           return std::ranges::find(caseworkers, member) != caseworkers.end();
         }) >= 2;
}

}  // namespace candour::storage
