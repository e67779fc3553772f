// SPDX-License-Identifier: AGPL-3.0-or-later
// The signed manifest inside a report (docs/spec/report.md): what is in it and whom she sealed it to.
// Openers believe this audience, never the server's.

import { LABEL_MANIFEST } from "./labels";
import { sign_note } from "./note";

export const AUTHOR_KEY_NAME = "candour/author";
/** Of the note, in a report without attachments. */
export const MANIFEST_ALONE_BYTES_MAX = 8 * 1024;

export interface ManifestFile {
  readonly sha256: string; // hex
  readonly bytes: number;
  readonly member: string;
}

export interface Manifest {
  readonly report_id: string;
  readonly desk: string;
  readonly audience: readonly string[];
  readonly excluded: readonly string[];
  readonly roster_hash: string;
  readonly thread: string | null;
  readonly files: readonly ManifestFile[];
}

export function encode_manifest_text(manifest: Manifest): string {
  const lines = [
    LABEL_MANIFEST,
    "report " + manifest.report_id,
    "desk " + manifest.desk,
    ...[...manifest.audience].sort().map((id) => "audience " + id),
    ...[...manifest.excluded].sort().map((id) => "exclude " + id),
    "roster " + manifest.roster_hash,
    "thread " + (manifest.thread ?? "-"),
    ...manifest.files.map((file) => "file " + file.sha256 + " " + file.bytes.toString() + " " + file.member),
  ];
  return lines.join("\n") + "\n";
}

export function sign_manifest(manifest: Manifest, authorship_seed: Uint8Array): string {
  return sign_note(encode_manifest_text(manifest), AUTHOR_KEY_NAME, authorship_seed);
}
