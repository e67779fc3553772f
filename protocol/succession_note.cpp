// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/succession_note.h"

#include "crypto/core/encoding.h"
#include "crypto/core/labels.h"
#include "crypto/core/note.h"
#include "protocol/limits.h"
#include "protocol/lines.h"
#include "protocol/manifest.h"

namespace candour {

std::string encode_succession(const Succession& succession) {
  return std::string(label::succession) + "\nthread " + succession.thread.encode() + "\nauthorship " +
         base64_encode(succession.authorship.bytes) + '\n';
}

Result<Succession> parse_succession(std::string_view text) {
  Lines lines(text);
  if (!lines.take(label::succession)) return fail(Errc::malformed, "this note is not a succession");
  const auto thread = lines.field("thread");
  const auto authorship = lines.field("authorship");
  if (!thread || !authorship || !lines.at_end())
    return fail(Errc::malformed, "a succession has the lines thread, authorship");
  const auto id = ReportId::parse(*thread);
  if (!id) return fail(id);
  Succession succession{.thread = *id, .authorship = {}};
  if (!base64_decode_into(*authorship, succession.authorship.bytes))
    return fail(Errc::malformed, "the authorship key of a succession is 32 bytes in base64");
  return succession;
}

Result<Succession> verify_succession(std::string_view note, const VerifyKey& old_authorship) {
  if (note.size() > limits::small_note_bytes_max) return fail(Errc::too_large, "the succession is too long");
  const NoteVerifierKey key = make_note_verifier_key(author_key_name, old_authorship);
  const auto verified = verify_note(note, {&key, 1});
  if (!verified) return fail(verified);
  return parse_succession(verified->text());
}

}  // namespace candour
