// SPDX-License-Identifier: AGPL-3.0-or-later
#include "storage/audience.h"

#include <algorithm>

#include "protocol/ids.h"

namespace candour::storage {
namespace {

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t from = 0; from <= text.size();) {
    const auto to = std::min(text.find(',', from), text.size());
    names.emplace_back(text.substr(from, to - from));
    if (names.size() > Audience::members_max) break;
    from = to + 1;
  }
  return names;
}

std::string join(std::span<const std::string> names) {
  std::string text;
  for (const auto& name : names) {
    if (!text.empty()) text += ',';
    text += name;
  }
  return text;
}

}  // namespace

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

Result<Audience> Audience::parse(std::string_view text, std::string_view admitted) {
  auto audience = of(split(text));
  if (!audience || admitted.empty()) return audience;
  for (const auto& name : split(admitted)) {
    if (audience->contains(name)) return fail(Errc::malformed, "An audience names each caseworker once.");
    audience = audience->with(name);
    if (!audience) return audience;
  }
  return audience;
}

std::string Audience::encode() const { return join(members()); }

std::string Audience::encode_admitted() const { return join(std::span(readers_).subspan(members_)); }

Result<Audience> Audience::with(const std::string& caseworker) const {
  if (!is_id(caseworker))
    return fail(Errc::malformed, "A caseworker id is 1 to 32 of a-z, 0-9 and the hyphen.");
  if (contains(caseworker)) return *this;
  if (readers_.size() == members_max) return fail(Errc::conflict, "An audience has no place for one more.");
  Audience more = *this;
  more.readers_.push_back(caseworker);
  return more;
}

std::optional<std::uint32_t> Audience::place_of(std::string_view caseworker) const {
  const auto at = std::ranges::find(readers_, caseworker);
  if (at == readers_.end()) return std::nullopt;
  return static_cast<std::uint32_t>(at - readers_.begin());
}

bool Audience::contains(std::string_view caseworker) const { return place_of(caseworker).has_value(); }

bool Audience::same_members(const Audience& other) const {
  return std::ranges::equal(members(), other.members());
}

bool Audience::has_two_of(const std::vector<std::string>& caseworkers) const {
  return std::ranges::count_if(readers_, [&](const std::string& member) {
           return std::ranges::find(caseworkers, member) != caseworkers.end();
         }) >= 2;
}

}  // namespace candour::storage
