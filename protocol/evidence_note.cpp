// SPDX-License-Identifier: AGPL-3.0-or-later
#include "protocol/evidence_note.h"

#include "crypto/core/encoding.h"
#include "crypto/core/labels.h"
#include "protocol/contains.h"
#include "protocol/limits.h"
#include "protocol/lines.h"

namespace candour {

std::string encode_evidence(const EvidenceNote& note) {
  std::string text(label::evidence);
  for (const ReportId& report : note.reports) text += "\nreport " + report.encode();
  text += "\nday " + note.day.encode() + "\nbagit " + hex_encode(note.bagit) + "\ninfo " +
          hex_encode(note.info) + "\nmanifest " + hex_encode(note.manifest) + '\n';
  return text;
}

Result<EvidenceNote> parse_evidence(std::string_view text) {
  Lines lines(text);
  if (!lines.take(label::evidence)) return fail(Errc::malformed, "this note does not sign a bag of evidence");
  EvidenceNote note;
  while (const auto hex = lines.field("report")) {
    const auto id = ReportId::parse(*hex);
    if (!id) return fail(id);
    if (note.reports.size() == evidence_reports_max)
      return fail(Errc::too_large, "the note names more than 100 reports");
    if (contains(note.reports, *id)) return fail(Errc::malformed, "the note names a report twice");
    note.reports.push_back(*id);
  }
  const auto day = lines.field("day");
  const auto bagit = lines.field("bagit");
  const auto info = lines.field("info");
  const auto manifest = lines.field("manifest");
  if (note.reports.empty() || !day || !bagit || !info || !manifest || !lines.at_end()) {
    return fail(Errc::malformed,
                "a note that signs evidence has the lines report, day, bagit, info, manifest");
  }
  const auto exported = Day::parse(*day);
  if (!exported) return fail(exported);
  note.day = *exported;
  if (!hex_decode_into(*bagit, note.bagit) || !hex_decode_into(*info, note.info) ||
      !hex_decode_into(*manifest, note.manifest)) {
    return fail(Errc::malformed, "a hash of the note is not 64 hex digits in lower case");
  }
  return note;
}

Result<SignedEvidence> verify_evidence(std::string_view note, const Roster& roster) {
  if (note.size() > limits::small_note_bytes_max) return fail(Errc::too_large, "the note is too long");
  std::vector<NoteVerifierKey> keys;
  for (const Caseworker& caseworker : roster.caseworkers) keys.push_back(caseworker.signing_key);
  const auto verified = verify_note(note, keys);
  if (!verified) return fail(verified);
  if (verified->signers().size() != 1)
    return fail(Errc::no_match, "several caseworkers have signed the evidence, where one exports it");
  const auto what = parse_evidence(verified->text());
  if (!what) return fail(what);
  const auto signer = CaseworkerId::from_key_name(verified->signers().front().name);
  if (!signer) return fail(signer);
  const Caseworker* known = roster.find(*signer);
  if (known == nullptr) return fail(Errc::no_match, "the roster names the key of the evidence otherwise");
  return SignedEvidence{*what, verified->text(), known};
}

}  // namespace candour
