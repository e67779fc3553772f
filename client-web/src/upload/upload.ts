// SPDX-License-Identifier: AGPL-3.0-or-later
// Sending a sealed report (docs/spec/http.md): in one request up to 1 MiB, else in parts. A part that was not acknowledged is
// asked about and sent again; a part that was acknowledged is durable.

import type { Bytes } from "../protocol/bytes";
import { fetch_text, insist, Refused, Unreachable } from "./http";
import type { Pace } from "./pace";

/** The server has other bytes under this id (of an attempt that was stopped), or no longer has parts that it acknowledged (it was
 *  restored, or it took longer than 48 hours): seal and send anew, under another id. */
export class UploadLost extends Error {}

const REQUEST_SECONDS_MAX = 18 * 60; // 1 MiB at 1 KiB/s, the slowest that the server allows

/** An id, quotes and a comma. */
const PLACE_BYTES = 35;

/** The audience as it is sent and this have one length together, so that the length of a request does not tell who was left out. */
export function audience_padding(audience: string, places: number): Record<string, string> {
  return { "Candour-Padding": "0".repeat(places * PLACE_BYTES - audience.length) };
}

export class Upload {
  /** places: of the roster, at least as many as the audience. */
  constructor(
    private readonly report_id: string, private readonly audience: readonly string[], private readonly places: number, private readonly pace: Pace,
  ) {}

  /** A report of at most 1 MiB. Returns the receipt note. */
  async send_whole(sealed: Bytes): Promise<string> {
    const audience = [...this.audience].sort().join(",");
    const headers = { "Candour-Audience": audience, "Content-Type": "application/octet-stream", ...audience_padding(audience, this.places) };
    return this.insist("/v1/reports/" + this.report_id, { method: "PUT", headers, body: sealed });
  }

  async begin(total_bytes: number): Promise<void> {
    const audience = [...this.audience].sort();
    const body = JSON.stringify({ audience, bytes: total_bytes });
    const headers = { "Content-Type": "application/json", ...audience_padding(JSON.stringify(audience).slice(1, -1), this.places) };
    await this.insist(this.path(), { method: "PUT", headers, body });
  }

  /** Returns once the part is durable at the server. */
  async send_part(index: number, part: Bytes): Promise<void> {
    for (;;) {
      await this.pace.ready();
      try {
        await this.once(this.path() + "/parts/" + index.toString(), { method: "PUT", headers: { "Content-Type": "application/octet-stream" }, body: part });
        return this.pace.succeeded();
      } catch (error) {
        if (error instanceof Refused && error.status === 404) throw new UploadLost();
        if (!(error instanceof Unreachable)) throw error;
        await this.pace.wait_after_failure(error.wait_seconds);
        if (!(await this.missing_parts()).some(([from, until]) => from <= index && index <= until)) return;
      }
    }
  }

  /** Returns the receipt note. */
  async finish(sha256: string): Promise<string> {
    try {
      const body = JSON.stringify({ sha256 });
      return await this.insist(this.path() + "/finish", { method: "POST", headers: { "Content-Type": "application/json" }, body });
    } catch (error) {
      throw error instanceof Refused && error.status === 404 ? new UploadLost() : error;
    }
  }

  private path(): string {
    return "/v1/uploads/" + this.report_id;
  }

  private async missing_parts(): Promise<readonly (readonly [number, number])[]> {
    let answer: unknown;
    try {
      answer = JSON.parse(await this.insist(this.path(), { method: "GET" }));
    } catch (error) {
      if (error instanceof Refused && error.status === 404) throw new UploadLost();
      throw error instanceof SyntaxError ? new Refused("", 0) : error;
    }
    const missing = typeof answer === "object" && answer !== null && "missing" in answer ? answer.missing : null;
    if (!Array.isArray(missing)) throw new Refused("", 0);
    return (missing as unknown[]).map((range) => {
      const [from, until] = Array.isArray(range) ? (range as unknown[]) : [];
      if (typeof from !== "number" || typeof until !== "number") throw new Refused("", 0);
      return [from, until] as const;
    });
  }

  /** Until it is answered: every request here may be repeated without harm. */
  private async insist(path: string, init: RequestInit): Promise<string> {
    return insist(this.pace, () => this.once(path, init));
  }

  private async once(path: string, init: RequestInit): Promise<string> {
    const { signal, done } = this.pace.request_signal(REQUEST_SECONDS_MAX);
    try {
      return await fetch_text(path, { ...init, signal });
    } catch (error) {
      throw error instanceof Refused && error.status === 409 ? new UploadLost() : error;
    } finally {
      done();
    }
  }
}
