// SPDX-License-Identifier: AGPL-3.0-or-later
// Opens any bytes with the identities and the passphrase of the seeds in its corpus, at once and in pieces: both must
// release the same and end the same way.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include <algorithm>

#include "crypto/core/init.h"
#include "crypto/open/opener.h"

using namespace candour;

namespace {

struct Outcome {
  Bytes released;
  Result<> result;
};

const std::vector<open::Identity>& identities() {
  static const std::vector<open::Identity> all = [] {
    if (!init_crypto()) std::abort();
    std::vector<open::Identity> made;
    Secret<32> secret;
    std::ranges::fill(secret.writable(), std::uint8_t{7});
    made.emplace_back(open::HybridIdentity::from_seed(Secret<32>::copy_of(secret.reveal())));
    made.emplace_back(open::X25519Identity::from_scalar(Secret<32>::copy_of(secret.reveal())));
    made.emplace_back(open::Passphrase{SecretBytes::copy_of(as_bytes("fuzz"))});
    return made;
  }();
  return all;
}

Outcome open_in_pieces(ByteView sealed, std::size_t piece) {
  Outcome out;
  open::Opener opener(identities(), {.threads = 1, .work_factor_log2_max = 4},
                      [&](open::Provisional plain) -> Result<> {
                        append(out.released, plain.bytes);
                        return {};
                      });
  while (!sealed.empty() && out.result) {
    const std::size_t size = std::min(piece, sealed.size());
    out.result = opener.update(sealed.first(size));
    sealed = sealed.subspan(size);
  }
  if (out.result) out.result = opener.finish();
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Outcome whole = open_in_pieces({data, size}, size + 1);
  const Outcome pieces = open_in_pieces({data, size}, 977);
  if (whole.result.has_value() != pieces.result.has_value() || whole.released != pieces.released)
    std::abort();
  return 0;
}
