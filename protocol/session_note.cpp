// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/session_note.h"

#include <algorithm>

#include "crypto/core/encoding.h"
#include "crypto/core/labels.h"
#include "protocol/limits.h"
#include "protocol/lines.h"

namespace candour {
namespace {

// Printable ASCII without blanks; that it is the right one is the server's to check.
bool is_origin(std::string_view text) {
  return !text.empty() && text.size() <= limits::name_bytes_max &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

std::string encode_session(const SessionRequest& request) {
  return std::string(label::session) + "\norigin " + request.origin + "\nnonce " +
         base64_encode(request.nonce) + "\nexpires " + std::to_string(request.expires_unix_seconds) + '\n';
}

Result<SessionRequest> parse_session(std::string_view text) {
  Lines lines(text);
  if (!lines.take(label::session)) return fail(Errc::malformed, "this note is not a sign-in");
  const auto origin = lines.field("origin");
  const auto nonce = lines.field("nonce");
  const auto expires = lines.field("expires");
  if (!origin || !nonce || !expires || !lines.at_end() || !is_origin(*origin)) {
    return fail(Errc::malformed, "a sign-in has the lines origin, nonce, expires");
  }
  SessionRequest request;
  request.origin = *origin;
  if (!base64_decode_into(*nonce, request.nonce)) {
    return fail(Errc::malformed, "the nonce of a sign-in is 32 bytes in base64");
  }
  const auto seconds = parse_decimal(*expires);
  if (!seconds) return fail(Errc::malformed, "the expiry of a sign-in is in Unix seconds");
  request.expires_unix_seconds = *seconds;
  return request;
}

Result<CaseworkerId> claimed_caseworker(std::string_view note) {
  if (note.size() > limits::small_note_bytes_max) return fail(Errc::too_large, "the sign-in is too long");
  const auto parsed = parse_note(note);
  if (!parsed) return fail(parsed);
  if (parsed->signatures.size() != 1) return fail(Errc::malformed, "a sign-in bears exactly one signature");
  return CaseworkerId::from_key_name(parsed->signatures.front().name);
}

Result<SessionRequest> verify_session(std::string_view note, const NoteVerifierKey& signing_key) {
  const auto claimed = claimed_caseworker(note);
  if (!claimed) return fail(claimed);
  const auto verified = verify_note(note, {&signing_key, 1});
  if (!verified) return fail(verified);
  return parse_session(verified->text());
}

}  // namespace candour
