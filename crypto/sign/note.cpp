// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/sign/note.h"

#include <algorithm>
#include <array>

#include "crypto/core/encoding.h"
#include "crypto/core/note.h"

namespace candour::sign {
namespace {

std::string signature_line(std::string_view text, std::string_view name, const SigningKey& key) {
  const std::uint32_t id = note_key_id(name, key.verify_key());
  Bytes bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(id >> shift));
  append(bytes, key.sign(as_bytes(text)).bytes);
  return "\xE2\x80\x94 " + std::string(name) + " " + base64_encode(bytes) + "\n";
}

// The parser is the judge of what is well-formed, so that nothing is signed that no verifier accepts.
Result<std::string> checked(std::string note, std::string_view text) {
  const auto parsed = parse_note(note);
  if (!parsed) return fail(parsed);
  if (parsed->text != text) return fail(Errc::malformed, "The text to sign must end with a line feed.");
  return note;
}

}  // namespace

Result<std::string> sign_note(std::string_view text, std::string_view name, const SigningKey& key) {
  if (!text.ends_with('\n')) return fail(Errc::malformed, "The text to sign must end with a line feed.");
  return checked(std::string(text) + "\n" + signature_line(text, name, key), text);
}

Result<std::string> add_note_signature(std::string_view note, std::string_view name, const SigningKey& key) {
  const auto parsed = parse_note(note);
  if (!parsed) return fail(parsed);
  const std::uint32_t id = note_key_id(name, key.verify_key());
  const auto same = [&](const NoteSignature& s) { return s.name == name && s.id == id; };
  if (std::ranges::any_of(parsed->signatures, same))
    return fail(Errc::conflict, "This key has signed the note already.");
  return checked(std::string(note) + signature_line(parsed->text, name, key), parsed->text);
}

}  // namespace candour::sign
