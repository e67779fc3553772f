// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/ids.h"

#include <algorithm>

#include "crypto/core/encoding.h"
#include "crypto/core/hash.h"
#include "crypto/core/labels.h"
#include "protocol/limits.h"

namespace candour {

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= limits::id_bytes_max && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

Result<CaseworkerId> CaseworkerId::parse(std::string_view text) {
  if (!is_id(text)) {
    return fail(Errc::malformed, "a caseworker's id is 1 to 32 of a-z, 0-9 and hyphen");
  }
  return CaseworkerId(std::string(text));
}

Result<CaseworkerId> CaseworkerId::from_key_name(std::string_view name) {
  constexpr std::string_view prefix = "candour/caseworker/";
  if (!name.starts_with(prefix)) {
    return fail(Errc::malformed,
                "this is not a caseworker's key: its name must begin with candour/caseworker/");
  }
  return parse(name.substr(prefix.size()));
}

Result<DeskId> DeskId::parse(std::string_view text) {
  if (!is_id(text)) return fail(Errc::malformed, "a desk's id is 1 to 32 of a-z, 0-9 and hyphen");
  return DeskId(std::string(text));
}

Result<ReportId> ReportId::parse(std::string_view hex) {
  ReportId id;
  if (!hex_decode_into(hex, id.bytes)) {
    return fail(Errc::malformed, "a report id is 64 hex digits in lower case");
  }
  return id;
}

std::string ReportId::encode() const { return hex_encode(bytes); }

ReportId derive_report_id(const Secret<32>& report_secret) {
  Sha256 hash;
  hash.update(as_bytes(label::report_id));
  hash.update(report_secret.reveal());
  return ReportId{hash.finish()};
}

}  // namespace candour
