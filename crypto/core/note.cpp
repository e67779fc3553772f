// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/core/note.h"

#include <algorithm>
#include <array>

#include "crypto/core/encoding.h"
#include "crypto/core/hash.h"
#include "crypto/core/utf8.h"

namespace candour {
namespace {

constexpr std::string_view signature_mark = "\xE2\x80\x94 ";  // em dash, space
constexpr std::uint8_t ed25519_type = 0x01;

bool is_unicode_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

std::uint32_t read_id(ByteView bytes) {
  return (std::uint32_t{bytes[0]} << 24) | (std::uint32_t{bytes[1]} << 16) | (std::uint32_t{bytes[2]} << 8) |
         bytes[3];
}

std::array<std::uint8_t, 4> write_id(std::uint32_t id) {
  return {static_cast<std::uint8_t>(id >> 24), static_cast<std::uint8_t>(id >> 16),
          static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id)};
}

Result<NoteSignature> parse_signature_line(std::string_view line) {
  if (!line.starts_with(signature_mark)) {
    return fail(Errc::malformed,
                "A line after the last empty line is not a signature line. The note was cut or changed.");
  }
  line.remove_prefix(signature_mark.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos || !is_valid_note_name(line.substr(0, space))) {
    return fail(Errc::malformed, "A signature line of the note names no valid key.");
  }
  const auto bytes = base64_decode(line.substr(space + 1));
  if (!bytes) return fail(bytes);
  if (bytes->size() < 5) return fail(Errc::malformed, "A signature of the note is too short.");
  return NoteSignature{std::string(line.substr(0, space)), read_id(*bytes),
                       Bytes(bytes->begin() + 4, bytes->end())};
}

}  // namespace

std::uint32_t note_key_id(std::string_view name, const VerifyKey& key) {
  Sha256 hash;
  hash.update(as_bytes(name));
  const std::uint8_t separator[] = {'\n', ed25519_type};
  hash.update(separator);
  hash.update(key.bytes);
  return read_id(hash.finish());
}

bool is_valid_note_name(std::string_view name) {
  if (name.empty() || name.size() > note_name_bytes_max) return false;
  while (!name.empty()) {
    const auto c = take_code_point(name);
    if (!c || *c < 0x20 || *c == '+' || is_unicode_space(*c)) return false;
  }
  return true;
}

NoteVerifierKey make_note_verifier_key(std::string_view name, const VerifyKey& key) {
  return {std::string(name), note_key_id(name, key), key};
}

std::string encode_note_verifier_key(const NoteVerifierKey& key) {
  Bytes typed{ed25519_type};
  append(typed, key.key.bytes);
  return key.name + "+" + hex_encode(write_id(key.id)) + "+" + base64_encode(typed);
}

Result<NoteVerifierKey> parse_note_verifier_key(std::string_view text) {
  const std::size_t first = text.find('+');
  if (first == std::string_view::npos || !is_valid_note_name(text.substr(0, first))) {
    return fail(Errc::malformed, "A verifier key has the form name+hash+base64. Copy it again, whole.");
  }
  const std::string_view rest = text.substr(first + 1);
  std::array<std::uint8_t, 4> id{};
  if (rest.size() < 10 || rest[8] != '+' || !hex_decode_into(rest.substr(0, 8), id)) {
    return fail(Errc::malformed, "A verifier key has the form name+hash+base64. Copy it again, whole.");
  }
  const auto typed = base64_decode(rest.substr(9));
  if (!typed) return fail(typed);
  if (typed->empty() || typed->front() != ed25519_type) {
    return fail(Errc::unsupported,
                "The verifier key is of a kind that is not used here. Give an Ed25519 key.");
  }
  NoteVerifierKey key{std::string(text.substr(0, first)), read_id(id), {}};
  if (typed->size() != 1 + key.key.bytes.size())
    return fail(Errc::malformed, "The verifier key has the wrong size. Copy it again, whole.");
  std::copy(typed->begin() + 1, typed->end(), key.key.bytes.begin());
  if (key.id != note_key_id(key.name, key.key)) {
    return fail(
        Errc::malformed,
        "The verifier key does not match its own hash: a typing mistake, or it was changed. Copy it again.");
  }
  return key;
}

Result<UntrustedNote> parse_note(std::string_view note) {
  if (note.size() > note_bytes_max) return fail(Errc::too_large, "The signed note is larger than 1 MiB.");
  if (!is_valid_utf8(note)) return fail(Errc::malformed, "The signed note is not UTF-8 text.");
  if (std::ranges::any_of(note, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; })) {
    return fail(Errc::malformed, "The signed note holds control characters.");
  }
  const std::size_t split = note.rfind("\n\n");
  if (split == std::string_view::npos)
    return fail(Errc::malformed, "This is not a signed note: no empty line before signatures.");
  UntrustedNote out{std::string(note.substr(0, split + 1)), {}};
  std::string_view lines = note.substr(split + 2);
  if (lines.empty() || lines.back() != '\n')
    return fail(Errc::malformed,
                "The signed note has no complete signature line: it is not signed, or was cut.");
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    if (out.signatures.size() == note_signatures_max)
      return fail(Errc::too_large, "The signed note has more than 64 signatures.");
    auto signature = parse_signature_line(lines.substr(0, end));
    if (!signature) return fail(signature);
    out.signatures.push_back(std::move(*signature));
    lines.remove_prefix(end + 1);
  }
  return out;
}

Result<VerifiedNote> verify_note(std::string_view note, std::span<const NoteVerifierKey> trusted,
                                 unsigned quorum) {
  if (quorum == 0) return fail(Errc::internal, "A quorum of no signatures would believe anybody.");
  auto parsed = parse_note(note);
  if (!parsed) return fail(parsed);
  VerifiedNote out;
  for (const NoteVerifierKey& key : trusted) {
    bool signed_by_key = false;
    for (const NoteSignature& line : parsed->signatures) {
      if (line.name != key.name || line.id != key.id) continue;
      Signature signature;
      if (line.signature.size() != signature.bytes.size())
        return fail(Errc::not_authentic, "A signature of a trusted key is wrong: the note was changed.");
      std::ranges::copy(line.signature, signature.bytes.begin());
      if (!verify(key.key, as_bytes(parsed->text), signature))
        return fail(Errc::not_authentic, "A signature of a trusted key is wrong: the note was changed.");
      signed_by_key = true;
    }
    const auto same_key = [&](const NoteVerifierKey& other) { return other.key == key.key; };
    if (signed_by_key && std::ranges::none_of(out.signers_, same_key)) out.signers_.push_back(key);
  }
  if (out.signers_.empty()) return fail(Errc::no_match, "No trusted key has signed the note.");
  if (out.signers_.size() < quorum)
    return fail(Errc::no_match, "Too few of the trusted keys have signed the note.");
  out.text_ = std::move(parsed->text);
  return out;
}

}  // namespace candour
