// SPDX-License-Identifier: AGPL-3.0-or-later
// The caseworkers to whom a report is listed: distinct ids of the form [a-z0-9-]{1,32}, between 1 and 32 of them
// (docs/spec/storage.md). First its members, sorted, who were named when it came; then those who were admitted later, in that
// order, so that nobody's place among the readers ever changes. Whether they exist is the roster's business, not storage's.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
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
  // The stored forms: ids joined by commas. Of the members, and of those admitted later: empty where there are none.
  static Result<Audience> parse(std::string_view text, std::string_view admitted = {});
  std::string encode() const;
  std::string encode_admitted() const;
  // With one more who was admitted; busy where there is no place left.
  Result<Audience> with(const std::string& caseworker) const;

  std::span<const std::string> members() const { return std::span(readers_).first(members_); }
  const std::vector<std::string>& readers() const { return readers_; }
  // Among the readers.
  std::optional<std::uint32_t> place_of(std::string_view caseworker) const;
  bool contains(std::string_view caseworker) const;
  bool same_members(const Audience& other) const;
  // Are two of its readers, or more, among them?
  bool has_two_of(const std::vector<std::string>& caseworkers) const;
  bool operator==(const Audience&) const = default;

 private:
  explicit Audience(std::vector<std::string> members)
      : readers_(std::move(members)), members_(readers_.size()) {}
  std::vector<std::string> readers_;
  std::size_t members_;  // how many of them
};

}  // namespace candour::storage
