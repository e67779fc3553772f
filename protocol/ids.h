// SPDX-License-Identifier: AGPL-3.0-or-later
// Names of things, each of its own type so that they cannot be mixed up: caseworkers and desks
// ([a-z0-9-]{1,32}), and reports (32 bytes, chosen by the client; 64 hex digits in text). Values; an object
// that exists is well-formed. Public data. docs/spec/roster.md, docs/spec/keys.md.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/core/result.h"
#include "crypto/core/secret.h"

namespace candour {

// [a-z0-9-]{1,32}
bool is_id(std::string_view text);

class CaseworkerId {
 public:
  static Result<CaseworkerId> parse(std::string_view text);
  const std::string& text() const { return text_; }
  // The name of her signing key in notes: candour/caseworker/ID.
  std::string key_name() const { return "candour/caseworker/" + text_; }
  // The other way; Errc::malformed for another kind of name.
  static Result<CaseworkerId> from_key_name(std::string_view name);
  auto operator<=>(const CaseworkerId&) const = default;

 private:
  explicit CaseworkerId(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

class DeskId {
 public:
  static Result<DeskId> parse(std::string_view text);
  const std::string& text() const { return text_; }
  auto operator<=>(const DeskId&) const = default;

 private:
  explicit DeskId(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

struct ReportId {
  std::array<std::uint8_t, 32> bytes{};
  static Result<ReportId> parse(std::string_view hex);
  std::string encode() const;
  auto operator<=>(const ReportId&) const = default;
};

// SHA-256(label || secret): the secret is what later proves that a withdrawal is hers.
ReportId derive_report_id(const Secret<32>& report_secret);

// Drawn anew whenever somebody holds a report: a lift names what it lifts (docs/spec/retention.md "The two notes").
using HoldMark = std::array<std::uint8_t, 8>;

}  // namespace candour
