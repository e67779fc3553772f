// SPDX-License-Identifier: AGPL-3.0-or-later
// The whole way of one report: fresh roster → plan → seal → upload → receipt. Runs in the Worker, and in tests in Node.

import type { SendFailure, SendOrder } from "./messages";
import { derive_reporter_keys, draw_follow_up_number, first_releases, FIRST_NUMBERS, thread_of, wipe_reporter_keys, type ReporterKeys } from "./protocol/codename";
import { days_between, today } from "./protocol/day";
import { random_bytes, wipe } from "./protocol/bytes";
import { check_receipt, short_code, type Receipt } from "./protocol/receipt";
import { desk_members, readers, threshold_of } from "./protocol/readers";
import { recipient_of_seed } from "./protocol/recipient";
import { FOLLOWS_NOTHING, type Following } from "./protocol/report";
import type { Caseworker, Roster } from "./protocol/roster";
import { sign_succession } from "./protocol/succession";
import { UnreadableFile } from "./seal/archive_stream";
import { Digest } from "./seal/digest";
import { attachment_ends, plan_report, type ReportPlan } from "./seal/plan";
import { PART_BYTES, sealed_parts } from "./seal/seal";
import { Refused } from "./upload/http";
import type { Pace } from "./upload/pace";
import { companion_job, type CompanionJob } from "./send_companion";
import { Upload, UploadLost } from "./upload/upload";

export type Outcome =
  | { readonly why: null; readonly receipt: Receipt; readonly short_code: string; readonly companion: CompanionJob | null }
  | { readonly why: SendFailure; readonly file: string };

export type Progress = (durable_bytes: number, sealed_bytes: number) => void;

const IDENTITY_SEED_BYTES = 32;
const ATTEMPTS_MAX = FIRST_NUMBERS + 1;
const RECEIPT_DAYS_MAX = 1; // midnight, and clocks that differ a little

function same_people(people: readonly Caseworker[], ids: readonly string[]): boolean {
  return people.length === ids.length && people.every((c) => ids.includes(c.id));
}

/** Which of her reports comes next, for one visit. A seal is never made twice with the same bytes, and the server may hold what it
 *  did not acknowledge; so no attempt uses the number of an earlier one. */
export class ReportNumbers {
  private codename = "";
  private next = 0;

  take(codename: string): number {
    if (codename !== this.codename) this.next = 0;
    this.codename = codename;
    this.next += 1;
    return this.next - 1;
  }
}

function following(order: SendOrder, keys: ReporterKeys): Following {
  if (order.follows === null) return FOLLOWS_NOTHING;
  const before = derive_reporter_keys(order.follows);
  const thread = thread_of(before.seed);
  const succession = order.follows === order.codename ? null : sign_succession(before.authorship_seed, thread, keys.authorship_key);
  wipe_reporter_keys(before);
  return { thread, succession };
}

/** roster: checked a moment ago. Throws only Cancelled. */
export async function send_report(order: SendOrder, roster: Roster, numbers: ReportNumbers, pace: Pace, progress: Progress, planned: (file_ends: readonly number[]) => void = () => undefined): Promise<Outcome> {
  const fail = (why: SendFailure, file = ""): Outcome => ({ why, file });
  const audience = readers(roster, order.desk, order.excluded);
  const members = desk_members(roster, order.desk);
  const as_seen = same_people(audience, order.readers) && same_people(members, order.members) && threshold_of(roster, order.desk) === order.threshold;
  if (audience.length === 0 || !as_seen || !order.excluded.every((id) => order.members.includes(id))) return fail("readers-changed");

  const job = companion_job(order, roster);
  const held = order.naming.hold !== null;
  if (held && (job === null || order.threshold > 1 || order.naming.inputs.length === 0)) return fail("cannot-hold");
  const keys = derive_reporter_keys(order.codename);
  const releases = order.releases ? first_releases(keys.seed) : [];
  try {
    const follows = following(order, keys);
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      const first = order.follows === order.codename ? FIRST_NUMBERS : numbers.take(order.codename);
      const number = first < FIRST_NUMBERS ? first : draw_follow_up_number();
      const identity_seed = held ? random_bytes(IDENTITY_SEED_BYTES) : null; // another one at each attempt, as all that is sealed
      const held_to = identity_seed === null ? {} : { held_to: recipient_of_seed(identity_seed) };
      const plan = plan_report({ ...order, following: follows, audience, roster, keys, number, day: today(), releases, ...held_to });
      if (plan === "nobody-to-read") return fail("readers-changed");
      if (typeof plan === "string") return fail(plan);
      planned(attachment_ends(plan));
      let kept = false; // for its companion
      try {
        const { note, sha256 } = await seal_and_upload(plan, order, audience.map((c) => c.id), pace, progress);
        const receipt = check_receipt(note, roster.receipt_key, plan.report_id, sha256);
        if (receipt === null) return fail("receipt-wrong");
        if (Math.abs(days_between(receipt.day, today())) > RECEIPT_DAYS_MAX) return fail("receipt-day");
        kept = true;
        return { why: null, receipt, short_code: short_code(sha256), companion: job === null ? null : { ...job, number, identity_seed } };
      } catch (error) {
        if (!(error instanceof UploadLost)) throw error;
      } finally {
        if (!kept && identity_seed !== null) wipe(identity_seed);
      }
    }
    return fail("unexpected");
  } catch (error) {
    if (error instanceof UnreadableFile) return fail("file-unreadable", error.file_name);
    if (!(error instanceof Refused)) throw error;
    if (error.problem === "roster-expired") return fail("roster");
    if (error.problem === "unknown-audience") return fail("readers-changed");
    return fail(error.status === 413 ? "too-large" : "refused");
  } finally {
    wipe_reporter_keys(keys);
    wipe(...releases.map(({ release }) => release));
  }
}

async function seal_and_upload(
  plan: ReportPlan, order: SendOrder, audience: readonly string[], pace: Pace, progress: Progress,
): Promise<{ note: string; sha256: string }> {
  const upload = new Upload(plan.report_id, audience, plan.places, pace);
  const digest = new Digest(plan.sealed_bytes);
  const in_parts = plan.sealed_bytes > PART_BYTES;
  progress(0, plan.sealed_bytes);
  if (in_parts) await upload.begin(plan.sealed_bytes);

  const parts = sealed_parts(plan, order.files);
  let sending: Promise<void> = Promise.resolve();
  let whole: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  try {
    for (let index = 0; ; index += 1) {
      await pace.ready();
      const { done, value: part } = await parts.next();
      if (done === true) break;
      digest.update(part);
      whole = part;
      await sending; // one part travels while the next is sealed; never more, so memory stays constant
      if (!in_parts) continue;
      const durable = Math.min((index + 1) * PART_BYTES, plan.sealed_bytes);
      sending = upload.send_part(index, part).then(() => progress(durable, plan.sealed_bytes));
      sending.catch(() => undefined); // it is awaited above or below; this only keeps the engine from reporting it twice
    }
    await sending;
  } finally {
    await parts.return(undefined);
  }
  const sha256 = await digest.finish();
  const note = in_parts ? await upload.finish(sha256) : await upload.send_whole(whole);
  progress(plan.sealed_bytes, plan.sealed_bytes);
  return { note, sha256 };
}
