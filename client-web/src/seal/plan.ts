// SPDX-License-Identifier: AGPL-3.0-or-later
// What will be sealed, and how large it becomes, worked out before the first byte: the upload has to announce its size.

import { attachment_member, END_BYTES, member_bytes } from "../protocol/archive";
import { bytes_of_text, encode_hex, type Bytes } from "../protocol/bytes";
import { derive_report_secret, report_id, type Release, type ReporterKeys } from "../protocol/codename";
import type { Day } from "../protocol/day";
import { LABEL_SHARE, LABEL_THRESHOLD } from "../protocol/labels";
import { MANIFEST_ALONE_BYTES_MAX, sign_manifest, type Manifest, type ManifestFile } from "../protocol/manifest";
import { padded_size } from "../protocol/padme";
import { encode_report, REPORT_JSON_BYTES_MAX, type Attachment, type Disclosure, type Following } from "../protocol/report";
import { threshold_of } from "../protocol/readers";
import type { Caseworker, Roster } from "../protocol/roster";
import { COMMITMENT_BYTES, SHARE_BODY_BYTES, type Reader } from "./threshold";

export interface NamedBlob {
  readonly name: string;
  readonly content: Blob;
  /** It is not the original: time, place and device were taken out. */
  readonly details_removed?: boolean;
}

export interface ReportJob {
  readonly disclosure: Disclosure;
  readonly files: readonly NamedBlob[];
  readonly desk: string;
  readonly audience: readonly Caseworker[];
  readonly excluded: readonly string[];
  readonly roster: Roster;
  readonly keys: ReporterKeys;
  readonly number: number; // which of her reports
  readonly following: Following;
  readonly day: Day;
  /** It is held (docs/spec/matching.md): sealed to this alone, in the place of its readers. */
  readonly held_to?: string;
  readonly releases?: readonly Release[];
}

export interface ReportPlan {
  readonly report_id: string;
  readonly report_json: Bytes;
  readonly attachments: readonly Attachment[];
  /** To whom it is sealed: its readers, or what it waits for. */
  readonly recipients: readonly Reader[];
  readonly places: number;
  /** How many of the readers it takes to open it. */
  readonly threshold: number;
  readonly archive_bytes: number;
  readonly padded_bytes: number;
  readonly sealed_bytes: number;
  sign(files: readonly ManifestFile[]): Bytes;
}

export type PlanFault = "text-too-long" | "too-many-people" | "nobody-to-read";

/** Base64 of 1120 bytes. */
const ENCAPSULATION_CHARACTERS = 1494;
const REPORT_MEMBER = "report.json";
export const MANIFEST_MEMBER = "manifest.note";

export function plan_report(job: ReportJob): ReportPlan | PlanFault {
  const readers = job.audience.flatMap(({ id, recipient }) => (recipient === null ? [] : [{ id, recipient }]));
  const { places } = job.roster;
  const threshold = threshold_of(job.roster, job.desk);
  if (readers.length < threshold || readers.length > places) return "nobody-to-read";
  if (job.held_to !== undefined && threshold > 1) throw new RangeError("held, though one alone could open it then");
  const attachments = job.files.map((file, i): Attachment => ({
    member: attachment_member(i, file.name),
    name: file.name,
    type: file.content.type,
    bytes: file.content.size,
    ...(file.details_removed === true ? { details: "removed" as const } : {}),
  }));
  const report_json = encode_report(job.disclosure, job.day, attachments, job.keys, job.following, job.releases);
  if (report_json.length > REPORT_JSON_BYTES_MAX) return "text-too-long";

  const id = encode_hex(report_id(derive_report_secret(job.keys.seed, job.number)));
  const sign = (files: readonly ManifestFile[]): Bytes => {
    const manifest: Manifest = {
      report_id: id,
      desk: job.desk,
      audience: readers.map(({ id }) => id),
      excluded: job.excluded,
      roster_hash: job.roster.hash,
      thread: job.following.thread,
      files,
    };
    return bytes_of_text(sign_manifest(manifest, job.keys.authorship_seed));
  };
  // Hashes and signatures have one length, so the manifest's size is known before its content.
  const members = [{ member: REPORT_MEMBER, bytes: report_json.length }, ...attachments];
  const manifest_bytes = sign(members.map(({ member, bytes }) => ({ member, bytes, sha256: "0".repeat(64) }))).length;
  // Else a report without attachments could be larger than the others, and show it.
  if (attachments.length === 0 && manifest_bytes > MANIFEST_ALONE_BYTES_MAX) return "too-many-people";
  const archive_bytes = [...members.map(({ bytes }) => bytes), manifest_bytes].reduce((sum, bytes) => sum + member_bytes(bytes), END_BYTES);
  const padded_bytes = padded_size(archive_bytes);
  return {
    report_id: id, report_json, attachments, recipients: job.held_to === undefined ? readers : [{ id: "", recipient: job.held_to }], places, threshold, sign, archive_bytes, padded_bytes,
    sealed_bytes: sealed_size(padded_bytes, places, threshold),
  };
}

/** Of an age file: header, nonce, and 16 bytes a chunk of 64 KiB. */
export function sealed_size(plain_bytes: number, places: number, threshold = 1): number {
  return header_size(places, threshold) + 16 + plain_bytes + 16 * Math.max(1, Math.ceil(plain_bytes / 65536));
}

/** Version line, a stanza for each place, MAC line; before the stanzas one more where several have to open it. */
function header_size(places: number, threshold: number): number {
  const stanzas = threshold === 1
    ? places * stanza_size("mlkem768x25519 ".length + ENCAPSULATION_CHARACTERS, 32)
    : stanza_size(`${LABEL_THRESHOLD} ${threshold.toString()}`.length, places * COMMITMENT_BYTES)
      + places * stanza_size(`${LABEL_SHARE} 00 `.length + ENCAPSULATION_CHARACTERS, SHARE_BODY_BYTES);
  return "age-encryption.org/v1\n".length + stanzas + "--- ".length + 43 + 1;
}

/** "-> ", arguments, the body in lines of 48 bytes, each 64 characters; the last one is shorter, or else empty. */
function stanza_size(arguments_size: number, body_bytes: number): number {
  return 3 + arguments_size + 1 + 65 * Math.floor(body_bytes / 48) + Math.ceil((body_bytes % 48) * 4 / 3) + 1;
}

/** How many sealed bytes there are when each attachment is in: for telling her which files are safe. age seals whole chunks. */
export function attachment_ends(plan: ReportPlan): number[] {
  const payload_at = header_size(plan.places, plan.threshold) + 16;
  let archive_at = member_bytes(plan.report_json.length);
  return plan.attachments.map(({ bytes }) => {
    archive_at += member_bytes(bytes);
    return Math.min(plan.sealed_bytes, payload_at + Math.ceil(archive_at / 65536) * (65536 + 16));
  });
}
