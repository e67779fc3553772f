// SPDX-License-Identifier: AGPL-3.0-or-later
// What a caseworker's tool knows of a report that takes several of its readers to open, before it is open and after (docs/spec/threshold.md
// "Handing on a share"): the commitments of its header, and her own share. A value; holds that share.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>

#include "crypto/core/bytes.h"
#include "crypto/core/hash.h"
#include "crypto/core/result.h"
#include "crypto/open/identity.h"
#include "protocol/case_event.h"
#include "protocol/json.h"

namespace candour::cli {

struct SharedKey {
  unsigned needs = 2;                          // how many shares
  Digest header_sha256{};                      // as the server gave it to her
  std::map<std::uint8_t, Digest> commitments;  // by the numbers of the shares
  struct Own {
    std::uint8_t x = 0;
    std::array<std::uint8_t, 16> share{};
    Digest audience_sha256{};
  };
  std::optional<Own> own;  // nothing where none was sealed to her

  // Has it its commitment?
  bool is_share(std::uint8_t x, const std::array<std::uint8_t, 16>& share) const;
};

// From the beginning of the sealed bytes: nothing where they are not shared out. Errc::malformed.
Result<std::optional<SharedKey>> read_shared_key(ByteView beginning,
                                                 std::span<const open::Identity> identities);

json::Object to_json(const SharedKey& key);
Result<SharedKey> parse_shared_key(const json::Value& value);

}  // namespace candour::cli
