// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/routes/secret_header.h"

#include "crypto/core/encoding.h"

namespace candour::server {

std::string_view secret_text(const Request& request) {
  constexpr std::string_view scheme = "Secret ";
  std::string_view value = request.authorization;
  if (!value.starts_with(scheme)) return {};
  return value.substr(scheme.size());
}

std::optional<Secret<32>> secret_of(const Request& request) {
  Secret<32> secret;
  if (!hex_decode_into(secret_text(request), secret.writable())) return std::nullopt;
  return secret;
}

bool proves(const Request& request, const ReportId& report) {
  const auto secret = secret_of(request);
  return secret && derive_report_id(*secret) == report;
}

}  // namespace candour::server
