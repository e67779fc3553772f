// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/sealed_event.h"

#include "crypto/core/age_header.h"
#include "crypto/core/age_stream.h"
#include "crypto/core/encoding.h"
#include "crypto/core/hash.h"
#include "crypto/core/labels.h"

namespace candour {

Result<EventId> EventId::parse(std::string_view hex) {
  EventId id;
  if (!hex_decode_into(hex, id.bytes))
    return fail(Errc::malformed, "the id of an event is 64 hex digits in lower case");
  return id;
}

std::string EventId::encode() const { return hex_encode(bytes); }

EventId event_id(ByteView sealed) {
  Sha256 hash;
  hash.update(as_bytes(label::event_id));
  hash.update(sealed);
  return EventId{hash.finish()};
}

std::uint64_t sealed_event_bytes(std::size_t places) {
  return sealed_header_bytes(places) + age_payload_size(event_plain_bytes);
}

SealedProblem check_sealed_event(ByteView sealed, std::size_t places) {
  const auto header = parse_age_header(sealed);
  if (!header || !*header) return SealedProblem::not_sealed;
  if (!has_places((*header)->stanzas, places)) return SealedProblem::wrong_recipients;
  if (sealed.size() != sealed_event_bytes(places)) return SealedProblem::wrong_size;
  return SealedProblem::none;
}

}  // namespace candour
