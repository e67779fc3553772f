// SPDX-License-Identifier: AGPL-3.0-or-later
// Her own drops at the server (docs/spec/drops.md, Resources): fetch, put, replace, erase. Each goes on until it is answered, at the
// pace given; an answer that was lost is found out by asking.

import { encode_hex, equal, type Bytes } from "../protocol/bytes";
import type { Tag } from "../protocol/drop_index";
import { deletion_verifier, type OwnPlace } from "../protocol/own_drop";
import { parse_puzzle, solve_puzzle, type Puzzle } from "../protocol/puzzle";
import { fetch_answer, insist, Refused, Unreachable, type Answered } from "./http";
import type { Pace } from "./pace";

const REQUEST_SECONDS_MAX = 120; // 18 KB are twenty seconds at the slowest that the server allows
const WORK_ATTEMPTS_MAX = 3;

/** new: nothing was there. known: it took the place of what had the token, or the same bytes were there. taken: something else is there. */
export type PutOutcome = "new" | "known" | "taken";

export class DropLine {
  /** working: is told which share of the usual work is done. */
  constructor(private readonly pace: Pace, private readonly working: (share: number) => void = () => undefined) {}

  /** Null where there is none. */
  async get(tag: Tag): Promise<Bytes | null> {
    return insist(this.pace, () => this.get_once(tag));
  }

  /** token: that of the new body. replaces: that of the old one, or null to put it only where none is. */
  async put(place: OwnPlace, body: Bytes, token: Bytes, replaces: Bytes | null = null): Promise<PutOutcome> {
    const headers: Record<string, string> = {
      "Content-Type": "application/octet-stream",
      "Candour-Address": encode_hex(place.address),
      "Candour-Deletion": encode_hex(deletion_verifier(token)),
      ...(replaces === null ? {} : { "Candour-Replace": encode_hex(replaces) }),
    };
    let doubtful = false; // an attempt without an answer may have been stored
    return insist(this.pace, async () => {
      try {
        const { status } = await this.put_with_work(place.tag, body, headers);
        return status === 201 ? "new" : "known";
      } catch (error) {
        if (error instanceof Unreachable) doubtful = true;
        if (!(error instanceof Refused && error.status === 409)) throw error;
        const there = doubtful ? await this.get_once(place.tag) : null;
        return there !== null && equal(there, body) ? "known" : "taken";
      }
    });
  }

  /** Afterwards none with this token is there, whether there was one or not. */
  async erase(tag: Tag, token: Bytes): Promise<void> {
    await insist(this.pace, async () => {
      try {
        await this.once("/v1/drops/" + tag, { method: "DELETE", headers: { Authorization: "Secret " + encode_hex(token) } });
      } catch (error) {
        if (!(error instanceof Refused && error.status === 404)) throw error;
      }
    });
  }

  private async get_once(tag: Tag): Promise<Bytes | null> {
    try {
      return (await this.once("/v1/drops/" + tag, { method: "GET" })).bytes;
    } catch (error) {
      if (error instanceof Refused && error.status === 404) return null;
      throw error;
    }
  }

  private async put_with_work(tag: Tag, body: Bytes, headers: Record<string, string>): Promise<Answered> {
    for (let attempt = 1; ; attempt += 1) {
      const puzzle = await this.fetch_puzzle();
      const work = await solve_puzzle(puzzle, tag, body, async (tried) => {
        this.working(Math.min(1, tried / 2 ** puzzle.bits));
        await this.pace.ready();
      });
      try {
        return await this.once("/v1/drops/" + tag, { method: "PUT", headers: { ...headers, "Candour-Work": encode_hex(work) }, body });
      } catch (error) {
        // It was too old by the time it came: a device that slept, or a slow line.
        if (!(error instanceof Refused && error.problem === "work-wanting") || attempt === WORK_ATTEMPTS_MAX) throw error;
      }
    }
  }

  private async fetch_puzzle(): Promise<Puzzle> {
    const { bytes } = await this.once("/v1/puzzle", { method: "GET" });
    const puzzle = parse_puzzle(bytes);
    if (puzzle === null) throw new Refused("", 0);
    return puzzle;
  }

  private async once(path: string, init: RequestInit): Promise<Answered> {
    const { signal, done } = this.pace.request_signal(REQUEST_SECONDS_MAX);
    try {
      return await fetch_answer(path, { ...init, signal });
    } finally {
      done();
    }
  }
}
