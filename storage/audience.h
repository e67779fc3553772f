// SPDX-License-Identifier: AGPL-3.0-or-later
// The caseworkers to whom a report is listed: distinct ids of the form [a-z0-9-]{1,32}, sorted, between
// 1 and 32 of them (docs/spec/storage.md). Whether they exist is the roster's business, not storage's.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/core/result.h"

namespace candour::storage {

class Audience {
 public:
  static constexpr std::size_t members_max = 32;

  // Any order; refuses a bad id, a duplicate, none or too many.
  static Result<Audience> of(std::vector<std::string> caseworkers);
  // The stored form: ids joined by commas.
  static Result<Audience> parse(std::string_view text);
  std::string encode() const;

  const std::vector<std::string>& members() const { return members_; }
  bool contains(std::string_view caseworker) const;
  // Are two of its members, or more, among them?
  bool has_two_of(const std::vector<std::string>& caseworkers) const;
  bool operator==(const Audience&) const = default;

 private:
  explicit Audience(std::vector<std::string> members) : members_(std::move(members)) {}
  std::vector<std::string> members_;
};

}  // namespace candour::storage
