// SPDX-License-Identifier: AGPL-3.0-or-later
// One request, whole answer or error. Refusals (RFC 9457 problem documents) are told from what may pass.

import { text_of_bytes, type Bytes } from "../protocol/bytes";
import type { Pace } from "./pace";

/** The server understood and says no. */
export class Refused extends Error {
  constructor(readonly problem: string, readonly status: number) {
    super("refused: " + problem);
  }
}

/** No answer, or one that may be better next time. */
export class Unreachable extends Error {
  constructor(readonly wait_seconds: number | null) {
    super("unreachable");
  }
}

const WAIT_SECONDS_MAX = 300;
const PLAIN = { cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer" } as const;

export interface Answered {
  readonly status: number;
  readonly bytes: Bytes;
}

/** An answer that is no refusal. */
export async function fetch_answer(path: string, init: RequestInit = {}): Promise<Answered> {
  let response: Response;
  let bytes: Bytes;
  try {
    response = await fetch(path, { ...init, ...PLAIN });
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch {
    throw new Unreachable(null); // broken circuit, no network, or aborted by a pause
  }
  if (!response.ok) throw problem_of(response, strict_text(bytes));
  return { status: response.status, bytes };
}

export async function fetch_bytes(path: string, init: RequestInit = {}): Promise<Bytes> {
  return (await fetch_answer(path, init)).bytes;
}

/** What is not UTF-8 is given as the empty text, which no reader takes. (response.text() would mend it, and hide that it was changed.) */
export async function fetch_text(path: string, init: RequestInit = {}): Promise<string> {
  return strict_text(await fetch_bytes(path, init));
}

function strict_text(bytes: Bytes): string {
  try {
    return text_of_bytes(bytes);
  } catch {
    return "";
  }
}

function problem_of(response: Response, text: string): Refused | Unreachable {
  const name = /"type"\s*:\s*"\/problems\/([a-z-]+)"/.exec(text)?.[1] ?? "";
  const passing = response.status >= 500 || response.status === 429 || response.status === 408;
  if (name === "roster-expired" || !passing) return new Refused(name, response.status);
  const wait = Number(response.headers.get("Retry-After") ?? "");
  return new Unreachable(Number.isFinite(wait) && wait > 0 ? Math.min(wait, WAIT_SECONDS_MAX) : null);
}

/** Again and again until it is answered or refused, at the pace given. */
export async function insist<T>(pace: Pace, request: () => Promise<T>): Promise<T> {
  for (;;) {
    await pace.ready();
    try {
      const answer = await request();
      pace.succeeded();
      return answer;
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      await pace.wait_after_failure(error.wait_seconds);
    }
  }
}
