// SPDX-License-Identifier: AGPL-3.0-or-later
// The archive of a report as a stream: report.json, attachments, manifest, zeros. Holds one slice of one file at a time.

import { encode_member_header, END_BYTES, gap_bytes } from "../protocol/archive";
import type { Bytes } from "../protocol/bytes";
import type { ManifestFile } from "../protocol/manifest";
import { Digest } from "./digest";
import { MANIFEST_MEMBER, type NamedBlob, type ReportPlan } from "./plan";

const SLICE_BYTES = 256 * 1024;

/** Her device would not give us the file: moved, deleted, changed, or no permission. */
export class UnreadableFile extends Error {
  constructor(readonly file_name: string) {
    super("unreadable file");
  }
}

export async function* archive_pieces(plan: ReportPlan, files: readonly NamedBlob[]): AsyncGenerator<Bytes> {
  const listed: ManifestFile[] = [];
  yield encode_member_header("report.json", plan.report_json.length);
  yield plan.report_json;
  yield new Uint8Array(gap_bytes(plan.report_json.length));
  const json_digest = new Digest(plan.report_json.length);
  json_digest.update(plan.report_json);
  listed.push({ sha256: await json_digest.finish(), bytes: plan.report_json.length, member: "report.json" });

  for (const [i, attachment] of plan.attachments.entries()) {
    const file = files[i];
    if (file === undefined) throw new RangeError("files do not match the plan");
    const digest = new Digest(attachment.bytes);
    yield encode_member_header(attachment.member, attachment.bytes);
    for (let at = 0; at < attachment.bytes; at += SLICE_BYTES) {
      const slice = await read_slice(file, at, Math.min(at + SLICE_BYTES, attachment.bytes));
      digest.update(slice);
      yield slice;
    }
    yield new Uint8Array(gap_bytes(attachment.bytes));
    listed.push({ sha256: await digest.finish(), bytes: attachment.bytes, member: attachment.member });
  }

  const manifest = plan.sign(listed);
  yield encode_member_header(MANIFEST_MEMBER, manifest.length);
  yield manifest;
  yield new Uint8Array(gap_bytes(manifest.length) + END_BYTES);
  for (let left = plan.padded_bytes - plan.archive_bytes; left > 0; left -= SLICE_BYTES) {
    yield new Uint8Array(Math.min(left, SLICE_BYTES));
  }
}

async function read_slice(file: NamedBlob, from: number, until: number): Promise<Bytes> {
  let slice: Bytes;
  try {
    slice = new Uint8Array(await file.content.slice(from, until).arrayBuffer());
  } catch {
    throw new UnreadableFile(file.name);
  }
  if (slice.length !== until - from) throw new UnreadableFile(file.name);
  return slice;
}
