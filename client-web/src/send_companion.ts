// SPDX-License-Identifier: AGPL-3.0-or-later
// What follows the receipt of every report of a service that matches reports (docs/spec/matching.md "Asking"): a batch is evaluated, and the
// companion put. The same requests of the same sizes, whoever she names and whatever is held. Runs in the Worker, and in tests in Node.

import type { SendOrder } from "./messages";
import { bytes_of_text, encode_hex, wipe, type Bytes } from "./protocol/bytes";
import { derive_match_release, derive_report_secret, derive_reporter_keys, report_id, wipe_reporter_keys, type ReporterKeys } from "./protocol/codename";
import { make_companion, type Holding } from "./protocol/companion";
import { Batch, holders_agree, parse_answers, type Outputs } from "./protocol/evaluation";
import { match_audience } from "./protocol/readers";
import type { Caseworker, Roster } from "./protocol/roster";
import type { RosterMatching } from "./protocol/roster_matching";
import { seal_event } from "./seal/seal";
import { fetch_answer, insist, Refused } from "./upload/http";
import type { Pace } from "./upload/pace";
import { audience_padding } from "./upload/upload";

const REQUEST_SECONDS_MAX = 120; // 25 KB are half a minute at the slowest that the server allows
const FIRST_REST_SECONDS = 1;
const LONGEST_REST_SECONDS = 30;

interface CompanionPlace {
  readonly order: SendOrder;
  readonly roster: Roster;
  readonly matching: RosterMatching;
  readonly audience: readonly Caseworker[];
  readonly excluded: readonly string[];
}

export interface CompanionJob extends CompanionPlace {
  /** Which of her reports it belongs to. */
  readonly number: number;
  /** Of the identity to which a report that is held was sealed. */
  readonly identity_seed: Bytes | null;
}

/** Null where nothing goes after the report: reports are not matched, or by nobody whom she did not leave out, or by holders whose keys do not belong together. */
export function companion_job(order: SendOrder, roster: Roster): CompanionPlace | null {
  const { matching } = roster;
  const excluded = [...new Set([...order.excluded, ...order.naming.excluded])];
  const audience = match_audience(roster, excluded);
  if (matching === null || audience.length === 0 || !holders_agree(matching)) return null;
  return { order, roster, matching, audience, excluded };
}

/** Throws only Cancelled. All that was drawn for it is wiped at the end, however it ends. */
export async function send_companion(job: CompanionJob, pace: Pace): Promise<"stored" | "refused"> {
  const { order, roster, matching, identity_seed } = job;
  const keys = derive_reporter_keys(order.codename);
  const secret = derive_report_secret(keys.seed, job.number);
  const id = encode_hex(report_id(secret));
  const line = new CompanionLine("/v1/reports/" + id, { Authorization: "Secret " + encode_hex(secret) }, pace);
  const batch = Batch.of(order.naming.inputs);
  const holding = holding_of(job, keys);
  try {
    const outputs = await evaluate(batch, matching, line, pace);
    if (outputs === null) return "refused";
    const note = make_companion({
      report_id: id, authorship_key: keys.authorship_key, roster_hash: roster.hash, evaluation_key: encode_hex(matching.public_key), excluded: job.excluded, outputs, holding,
    }, keys.authorship_seed);
    wipe(...outputs);
    const recipients = job.audience.flatMap(({ recipient }) => (recipient === null ? [] : [recipient]));
    const sealed = await seal_event(bytes_of_text(note), recipients, roster.places);
    const audience = job.audience.map((caseworker) => caseworker.id).sort().join(",");
    await line.put("companion", sealed, { "Candour-Audience": audience, ...audience_padding(audience, roster.places) });
    return "stored";
  } catch (error) {
    if (error instanceof Refused) return "refused";
    throw error;
  } finally {
    batch.wipe();
    wipe_reporter_keys(keys);
    wipe(secret, ...(identity_seed === null ? [] : [identity_seed]), ...(holding?.contact_first ? [holding.contact_first.release] : []));
  }
}

function holding_of({ order: { naming: { hold } }, number, identity_seed }: CompanionJob, keys: ReporterKeys): Holding | null {
  if (hold === null || identity_seed === null) return null;
  const contact_first = hold.contact === null ? null : { text: hold.contact, release: derive_match_release(keys.seed, number) };
  return { threshold: hold.threshold, identity_seed, contact_first };
}

/** Null: too few of the holders are left whose answer could be right. */
async function evaluate(batch: Batch, matching: RosterMatching, line: CompanionLine, pace: Pace): Promise<Outputs | null> {
  let answer = await line.put("evaluation", batch.bytes);
  for (let seconds = FIRST_REST_SECONDS; ; seconds = Math.min(2 * seconds, LONGEST_REST_SECONDS)) {
    const answers = parse_answers(answer);
    if (answers === null) return null;
    const outputs = batch.take(matching, answers);
    if (outputs === "never") return null;
    if (outputs !== "wait") return outputs;
    await pace.rest(seconds);
    answer = await line.get("evaluation");
  }
}

/** Each request goes on until it is answered or refused; the same again does no harm. */
class CompanionLine {
  constructor(private readonly path: string, private readonly headers: Record<string, string>, private readonly pace: Pace) {}

  put(what: "evaluation" | "companion", body: Bytes, more: Record<string, string> = {}): Promise<Bytes> {
    return this.ask(what, { method: "PUT", headers: { ...this.headers, "Content-Type": "application/octet-stream", ...more }, body });
  }

  get(what: "evaluation"): Promise<Bytes> {
    return this.ask(what, { method: "GET", headers: this.headers });
  }

  private ask(what: string, init: RequestInit): Promise<Bytes> {
    return insist(this.pace, async () => {
      const { signal, done } = this.pace.request_signal(REQUEST_SECONDS_MAX);
      try {
        return (await fetch_answer(this.path + "/" + what, { ...init, signal })).bytes;
      } finally {
        done();
      }
    });
  }
}
