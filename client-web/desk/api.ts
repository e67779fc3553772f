// SPDX-License-Identifier: AGPL-3.0-or-later
// What the page asks of the tool (docs/spec/desk.md). The session is here and nowhere else.

import { as_flag, as_object, as_text } from "../src/protocol/json";

const WORDS_BYTES_MAX = 65536;
/** Not of the mode "same-origin": where no referrer is sent, Firefox would send "Origin: null" with it, which the tool refuses. */
const PLAIN = { cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer", mode: "cors" } as const;

/** The tool says no, in words that name cause and remedy. */
export class ToolError extends Error {
  constructor(readonly status: number, readonly words: string) {
    super("tool: " + status.toString());
  }
}

/** The tool does not answer at all. */
export class ToolGone extends Error {}

/** No answer is to be waited for: the desk was locked, or left. */
export class Dropped extends Error {}

export type Lost = "locked" | "left";

export class Api {
  private session = "";
  private stop = new AbortController();
  /** The tool does one thing at a time, so nothing is asked before the last answer is there. */
  private line: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  constructor(private readonly lost: (how: Lost, words: string) => void) {}

  get is_waiting(): boolean {
    return this.waiting > 0;
  }

  async enter(way: string): Promise<void> {
    const answer = as_object(await this.json("POST", "/api/enter", { way }), "answer");
    this.session = as_text(answer["session"], "session", 256);
  }

  get(path: string): Promise<unknown> {
    return this.in_turn(() => this.json("GET", path));
  }

  post(path: string, body: object = {}): Promise<unknown> {
    return this.in_turn(() => this.json("POST", path, body));
  }

  /** Answered while another request is under way. */
  desk(): Promise<unknown> {
    return this.json("GET", "/api/desk");
  }

  /** Past the line: it must not wait. What is under way is given up. */
  async lock(): Promise<unknown> {
    this.drop();
    return this.json("POST", "/api/lock", {});
  }

  /** With the page's end, when no answer can come any more. */
  leave(): void {
    if (this.session !== "") void fetch("/api/lock", { ...this.request("POST", {}), keepalive: true }).catch(() => undefined);
    this.drop();
    this.session = "";
  }

  async awake(): Promise<void> {
    await this.json("POST", "/api/awake", {});
  }

  file(path: string): Promise<Response> {
    return this.in_turn(() => this.ask("GET", path));
  }

  /** Nothing that was asked before is answered any more. */
  drop(): void {
    this.stop.abort();
    this.stop = new AbortController();
    this.line = Promise.resolve();
    this.waiting = 0;
  }

  private in_turn<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    const { signal } = this.stop;
    this.waiting += 1;
    const turn = this.line.then(() => {
      if (signal.aborted) throw new Dropped();
      return ask();
    });
    this.line = turn.then(() => undefined, () => undefined).then(() => {
      if (!signal.aborted) this.waiting -= 1;
    });
    return turn;
  }

  private request(method: string, body?: object): RequestInit {
    const headers: Record<string, string> = {};
    if (this.session !== "") headers["Authorization"] = "Bearer " + this.session;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    return { ...PLAIN, method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  }

  private async ask(method: string, path: string, body?: object): Promise<Response> {
    const { signal } = this.stop;
    let response: Response;
    try {
      response = await fetch(path, { ...this.request(method, body), signal });
    } catch {
      throw signal.aborted ? new Dropped() : new ToolGone();
    }
    if (signal.aborted) throw new Dropped();
    if (response.ok) return response;
    const { words, locked } = await refusal(response);
    if (path !== "/api/enter" && (response.status === 401 || locked)) {
      this.lost(locked ? "locked" : "left", words);
      throw new Dropped();
    }
    throw new ToolError(response.status, words);
  }

  private async json(method: string, path: string, body?: object): Promise<unknown> {
    const { signal } = this.stop;
    const response = await this.ask(method, path, body);
    if (response.status === 204) return null;
    try {
      const answer = JSON.parse(await response.text()) as unknown;
      if (signal.aborted) throw new Dropped();
      return answer;
    } catch {
      throw signal.aborted ? new Dropped() : new ToolGone();
    }
  }
}

async function refusal(response: Response): Promise<{ words: string; locked: boolean }> {
  try {
    const answer = as_object(JSON.parse(await response.text()), "refusal");
    return { words: as_text(answer["error"], "error", WORDS_BYTES_MAX), locked: answer["locked"] !== undefined && as_flag(answer["locked"], "locked") };
  } catch {
    return { words: "", locked: false };
  }
}
