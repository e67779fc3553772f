// SPDX-License-Identifier: AGPL-3.0-or-later
// Shared by the tests of seal and open: keys, streams in odd pieces, and what came out of them.
#pragma once

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <vector>

#include "crypto/core/random.h"
#include "crypto/open/opener.h"
#include "crypto/seal/sealer.h"

namespace candour::test {

inline Bytes random_bytes(std::size_t size) {
  Bytes bytes(size);
  fill_random(bytes);
  return bytes;
}

inline SecretBytes secret_text(std::string_view text) { return SecretBytes::copy_of(as_bytes(text)); }

// One identity, and the recipient that belongs to it.
struct Reader {
  explicit Reader(open::HybridIdentity hybrid) : recipient(hybrid.recipient()) {
    identities.emplace_back(std::move(hybrid));
  }
  explicit Reader(open::X25519Identity classic) : recipient(classic.recipient()) {
    identities.emplace_back(std::move(classic));
  }
  static Reader hybrid() { return Reader(open::HybridIdentity::make_random()); }
  static Reader x25519() { return Reader(open::X25519Identity::make_random()); }

  std::vector<open::Identity> identities;
  seal::Recipient recipient;
};

inline Bytes copy(const SecretBytes& secret) { return {secret.reveal().begin(), secret.reveal().end()}; }

// Opens in pieces of one size; the released bytes even where it fails.
struct Opened {
  Bytes released;
  Result<> outcome;
  open::OpenStage stage;
};

inline Opened open_in_pieces(std::span<const open::Identity> identities, ByteView sealed, std::size_t piece,
                             open::OpenOptions options = {}) {
  Opened out{{}, {}, open::OpenStage::header};
  open::Opener opener(identities, options, [&](open::Provisional plain) -> Result<> {
    append(out.released, plain.bytes);
    return {};
  });
  while (!sealed.empty() && out.outcome) {
    const std::size_t size = std::min(piece, sealed.size());
    out.outcome = opener.update(sealed.first(size));
    sealed = sealed.subspan(size);
  }
  if (out.outcome) out.outcome = opener.finish();
  out.stage = opener.stage();
  return out;
}

}  // namespace candour::test
