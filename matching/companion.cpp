// SPDX-License-Identifier: AGPL-3.0-or-later
#include "matching/companion.h"

#include <algorithm>
#include <functional>

#include "crypto/core/encoding.h"
#include "crypto/core/labels.h"
#include "crypto/core/note.h"
#include "protocol/lines.h"
#include "protocol/manifest.h"

namespace candour::matching {
namespace {

bool read_hex(Lines& lines, std::string_view key, std::span<std::uint8_t> out) {
  const auto text = lines.field(key);
  return text && hex_decode_into(*text, out);
}

bool read_base64(Lines& lines, std::string_view key, std::span<std::uint8_t> out) {
  const auto text = lines.field(key);
  return text && base64_decode_into(*text, out);
}

Result<std::vector<CaseworkerId>> read_excluded(Lines& lines) {
  std::vector<CaseworkerId> ids;
  while (const auto text = lines.field("exclude")) {
    auto id = CaseworkerId::parse(*text);
    if (!id) return fail(id);
    if (ids.size() == companion_excluded_max)
      return fail(Errc::too_large, "a companion leaves out at most 64 people");
    if (!ids.empty() && *id <= ids.back())
      return fail(Errc::malformed, "those whom a companion leaves out are sorted, nobody twice");
    ids.push_back(std::move(*id));
  }
  return ids;
}

bool has_tag_twice(const std::array<Slot, companion_slots>& all, Threshold k) {
  std::array<std::string_view, companion_slots> tags;
  std::ranges::transform(all, tags.begin(), [&](const Slot& slot) { return as_text(slot.tag(k)); });
  std::ranges::sort(tags);
  return std::ranges::adjacent_find(tags) != tags.end();
}

}  // namespace

std::string encode_companion(const Companion& companion) {
  std::string text(label::companion);
  text += "\nreport " + companion.report.encode();
  text += "\nauthor " + base64_encode(companion.author.bytes);
  text += "\nroster " + hex_encode(companion.roster_sha256);
  text += "\nkey " + hex_encode(companion.evaluation_key);
  text += "\nsalt " + base64_encode(companion.salt);
  for (const CaseworkerId& id : companion.excluded) text += "\nexclude " + id.text();
  for (const Slot& slot : companion.slots) text += "\nslot " + base64_encode(slot.bytes);
  text += "\nbody " + base64_encode(companion.body);
  text += "\ncontact " + base64_encode(companion.contact);
  return text + '\n';
}

Result<Companion> parse_companion(std::string_view text) {
  constexpr Literal not_a_companion =
      "a companion has the lines report, author, roster, key, salt, exclude, eight of slot, body, contact";
  if (text.size() > limits::small_note_bytes_max) return fail(Errc::too_large, "the companion is too long");
  Lines lines(text);
  if (!lines.take(label::companion)) return fail(Errc::malformed, "this note is not a companion");
  Companion companion;
  if (!read_hex(lines, "report", companion.report.bytes) ||
      !read_base64(lines, "author", companion.author.bytes) ||
      !read_hex(lines, "roster", companion.roster_sha256) ||
      !read_hex(lines, "key", companion.evaluation_key) || !read_base64(lines, "salt", companion.salt))
    return fail(Errc::malformed, not_a_companion);
  auto excluded = read_excluded(lines);
  if (!excluded) return fail(excluded);
  companion.excluded = std::move(*excluded);
  for (Slot& slot : companion.slots)
    if (!read_base64(lines, "slot", slot.bytes)) return fail(Errc::malformed, not_a_companion);
  if (!read_base64(lines, "body", companion.body) || !read_base64(lines, "contact", companion.contact) ||
      !lines.at_end())
    return fail(Errc::malformed, not_a_companion);
  const auto twice = [&](Threshold k) { return has_tag_twice(companion.slots, k); };
  if (std::ranges::any_of(thresholds, twice))
    return fail(Errc::malformed, "two slots of a companion have the same tag");
  return companion;
}

bool is_companion(std::string_view note) { return Lines(note).take(label::companion); }

Result<VerifiedCompanion> verify_companion(std::string_view note) {
  if (note.size() > limits::small_note_bytes_max) return fail(Errc::too_large, "the companion is too long");
  const auto split = note.rfind("\n\n");
  if (split == std::string_view::npos) return fail(Errc::malformed, "this is not a signed note");
  auto companion = parse_companion(note.substr(0, split + 1));  // who is to have signed it stands in it
  if (!companion) return fail(companion);
  const NoteVerifierKey author = make_note_verifier_key(author_key_name, companion->author);
  const auto verified = verify_note(note, {&author, 1});
  if (!verified) return fail(verified);
  return VerifiedCompanion(std::move(*companion), sha256(as_bytes(verified->text())));
}

}  // namespace candour::matching
