// SPDX-License-Identifier: AGPL-3.0-or-later
// Lists of caseworkers, or of desks: their ids for messages, and as JSON, there and back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crypto/core/result.h"
#include "protocol/ids.h"
#include "protocol/json.h"
#include "protocol/limits.h"

namespace candour::cli {

template <class People>
std::vector<std::string> names_of(const People& people) {
  std::vector<std::string> names;
  for (const CaseworkerId& who : people) names.push_back(who.text());
  return names;
}

template <class People>
json::Value names_json(const People& people) {
  json::Array names;
  for (const auto& who : people) names.push_back(json::Value{who.text()});
  return json::Value{std::move(names)};
}

inline Result<std::vector<CaseworkerId>> parse_names(const json::Fields& fields, std::string_view name,
                                                     Literal otherwise) {
  const auto list = fields.array(name, limits::caseworkers_max, otherwise);
  if (!list) return fail(list);
  std::vector<CaseworkerId> people;
  for (const json::Value& one : **list) {
    auto who = CaseworkerId::parse(one.text() == nullptr ? "" : *one.text());
    if (!who) return fail(Errc::malformed, otherwise);
    people.push_back(*std::move(who));
  }
  return people;
}

}  // namespace candour::cli
