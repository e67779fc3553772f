// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/routes/moment_mac.h"

#include <algorithm>

#include "crypto/core/hkdf.h"

namespace candour::server {

MomentMac moment_mac(const Secret<32>& key, ByteView start, std::int64_t moment) {
  Bytes message(start.begin(), start.end());
  for (int shift = 56; shift >= 0; shift -= 8)
    message.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(moment) >> shift));
  const auto mac = hmac_sha256(key, message);
  MomentMac out{};
  std::copy_n(mac.begin(), out.size(), out.begin());
  return out;
}

}  // namespace candour::server
