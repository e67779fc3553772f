// SPDX-License-Identifier: AGPL-3.0-or-later
// Sealing: archive → age (post-quantum recipients, or shares for them; dummies in the unused places, random order) → parts of 1 MiB.
// Memory stays constant: two parts, one slice of a file, and what the engine has not yet collected.

import { Encrypter, type Recipient } from "age-encryption";
import type { Bytes } from "../protocol/bytes";
import { in_random_order } from "../protocol/random";
import { DummyRecipient } from "../protocol/recipient";
import { archive_pieces } from "./archive_stream";
import { sealed_size, type NamedBlob, type ReportPlan } from "./plan";
import { ThresholdRecipient } from "./threshold";

export const PART_BYTES = 1024 * 1024;

/** The sealed report in parts: each exactly PART_BYTES, the last one the rest. Two buffers take turns: a part is good until the
 *  one after the next is asked for, so that it can travel while that one is sealed. */
export async function* sealed_parts(plan: ReportPlan, files: readonly NamedBlob[]): AsyncGenerator<Bytes> {
  const encrypter = new Encrypter();
  for (const recipient of stanzas_of(plan)) encrypter.addRecipient(recipient as Recipient);
  const reader = (await encrypter.encrypt(stream_of(archive_pieces(plan, files)))).getReader();
  let part = new Uint8Array(PART_BYTES);
  let other = new Uint8Array(PART_BYTES);
  let used = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    for (let at = 0; at < value.length; ) {
      const taken = Math.min(value.length - at, PART_BYTES - used);
      part.set(value.subarray(at, at + taken), used);
      at += taken;
      used += taken;
      if (used < PART_BYTES) continue;
      yield part;
      [part, other] = [other, part];
      used = 0;
    }
  }
  if (used > 0) yield part.subarray(0, used);
}

function stanzas_of({ recipients, places, threshold }: ReportPlan): (string | Recipient)[] {
  return threshold > 1 ? [new ThresholdRecipient(recipients, places, threshold)] : with_dummies(recipients.map(({ recipient }) => recipient), places);
}

/** A place must not tell who is a dummy. */
function with_dummies(recipients: readonly string[], places: number): (string | Recipient)[] {
  return in_random_order([...recipients, ...Array.from({ length: places - recipients.length }, () => new DummyRecipient())]);
}

const EVENT_PLAIN_BYTES = 16384;

/** As what caseworkers tell each other about a case (docs/spec/cases.md): one size, whatever is in it. */
export async function seal_event(content: Bytes, recipients: readonly string[], places: number): Promise<Bytes> {
  const plain = new Uint8Array(EVENT_PLAIN_BYTES);
  plain.set(content);
  const encrypter = new Encrypter();
  for (const recipient of with_dummies(recipients, places)) encrypter.addRecipient(recipient as Recipient);
  const sealed = new Uint8Array(await encrypter.encrypt(plain));
  if (sealed.length !== sealed_size(EVENT_PLAIN_BYTES, places)) throw new RangeError("event");
  return sealed;
}

/** Pull by pull: ReadableStream.from() is missing in older browsers. */
function stream_of(pieces: AsyncGenerator<Bytes>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done === true) controller.close();
      else if (value.length > 0) controller.enqueue(value);
      else await this.pull?.(controller);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  }, { highWaterMark: 0 });
}
