// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/drop.h"

#include <algorithm>

#include "crypto/core/age_header.h"
#include "crypto/core/encoding.h"
#include "crypto/core/labels.h"

namespace candour {
namespace {

Digest labelled(std::string_view label, const Secret<32>& secret) {
  Sha256 hash;
  hash.update(as_bytes(label));
  hash.update(secret.reveal());
  return hash.finish();
}

}  // namespace

Result<DropTag> DropTag::parse(std::string_view hex) {
  DropTag tag;
  if (!hex_decode_into(hex, tag.bytes))
    return fail(Errc::malformed, "the tag of a drop is 16 hex digits in lower case");
  return tag;
}

std::string DropTag::encode() const { return hex_encode(bytes); }

DropTag drop_tag(const DropAddress& address) {
  const Digest whole = labelled(label::drop_tag, address);
  DropTag tag;
  std::copy_n(whole.begin(), tag.bytes.size(), tag.bytes.begin());
  return tag;
}

Digest deletion_verifier(const DeletionToken& token) { return labelled(label::drop_deletion, token); }

SealedProblem check_sealed_drop(ByteView sealed) {
  if (sealed.size() != drop_bytes) return SealedProblem::wrong_size;
  const auto header = parse_age_header(sealed);
  if (!header || !*header) return SealedProblem::not_sealed;
  if (!has_places((*header)->stanzas, 1)) return SealedProblem::wrong_recipients;
  return SealedProblem::none;
}

}  // namespace candour
