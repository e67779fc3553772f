// SPDX-License-Identifier: AGPL-3.0-or-later
#include "client-cli/drops/sealed_drop.h"

#include <algorithm>

#include "crypto/open/opener.h"
#include "crypto/seal/sealer.h"
#include "protocol/drop.h"
#include "protocol/drop_text.h"

namespace candour::cli {

namespace {

Result<Bytes> seal_filled(const SecretBytes& plain, std::string_view recipient) {
  const auto to = seal::parse_recipient(recipient);
  if (!to) return fail(to);
  auto body = seal::seal_bytes({&*to, 1}, plain.reveal());
  if (body && body->size() != drop_bytes)
    return fail(Errc::unsupported, "the recipient of a drop is not of the one kind that all have");
  return body;
}

}  // namespace

Result<Bytes> seal_drop(std::string_view text, std::string_view recipient) {
  const auto plain = fill_drop(text);
  if (!plain) return fail(plain);
  return seal_filled(*plain, recipient);
}

Result<Bytes> seal_drop_part(ByteView part, std::string_view recipient) {
  if (part.empty() || part.size() > drop_plain_bytes)
    return fail(Errc::too_large, "a part of a file does not fit into a drop");
  SecretBytes plain(drop_plain_bytes);
  std::ranges::copy(part, plain.writable().begin());
  return seal_filled(plain, recipient);
}

Result<SecretBytes> open_drop(ByteView body, const open::Identity& identity) {
  if (check_sealed_drop(body) != SealedProblem::none)
    return fail(Errc::malformed, "the body of a drop is not as all are");
  return open::open_bytes({&identity, 1}, body);
}

}  // namespace candour::cli
