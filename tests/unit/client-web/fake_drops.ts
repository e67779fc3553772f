// SPDX-License-Identifier: AGPL-3.0-or-later
// The server's part of drops (docs/spec/drops.md, Resources) as a test needs it: it checks what a put must carry, and can break off.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { DROP_BODY_BYTES } from "../../../client-web/src/protocol/drop_index";

const sha256 = (...parts: readonly (string | Uint8Array)[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const from_hex = (text: string | null): Buffer => Buffer.from(text ?? "", "hex");
const answer = (status: number, problem = ""): Response => new Response(status === 204 ? null : `{"type":"/problems/${problem}"}`, { status });

export class FakeDrops {
  readonly stored = new Map<string, { readonly body: Buffer; readonly verifier: string }>();
  readonly requests: string[] = [];
  bits = 2;
  /** Called with the number of the request (0, 1, …) and whether it was already carried out; what it throws breaks the line. */
  at_request: (number: number, done: boolean) => void = () => undefined;

  constructor() {
    globalThis.fetch = async (path, init) => {
      const number = this.requests.push((init?.method ?? "GET") + " " + String(path)) - 1;
      this.at_request(number, false);
      await new Promise((resolve) => setImmediate(resolve)); // so that two windows take turns
      const response = this.respond(String(path), init ?? {});
      this.at_request(number, true);
      return response;
    };
  }

  puts(): number {
    return this.requests.filter((request) => request.startsWith("PUT")).length;
  }

  private respond(path: string, init: RequestInit): Response {
    if (path === "/v1/puzzle") return new Response(JSON.stringify({ puzzle: Buffer.from([this.bits, ...Array(23).fill(7)]).toString("hex"), bits: this.bits }));
    const tag = /^\/v1\/drops\/([0-9a-f]{16})$/.exec(path)?.[1];
    assert.ok(tag !== undefined, path);
    const headers = new Headers(init.headers);
    const there = this.stored.get(tag);
    switch (init.method) {
      case "GET": return there === undefined ? answer(404, "no-such-drop") : new Response(new Uint8Array(there.body));
      case "DELETE": {
        const secret = /^Secret ([0-9a-f]{64})$/.exec(headers.get("Authorization") ?? "")?.[1] ?? "";
        if (there === undefined || there.verifier !== this.verifier_of(secret)) return answer(404, "no-such-drop");
        this.stored.delete(tag);
        return answer(204);
      }
      case "PUT": return this.put(tag, Buffer.from(init.body as Uint8Array), headers);
      default: throw new RangeError(init.method);
    }
  }

  private verifier_of(token: string): string {
    return sha256("candour/v1/drop-deletion", from_hex(token)).toString("hex");
  }

  private put(tag: string, body: Buffer, headers: Headers): Response {
    const address = headers.get("Candour-Address");
    if (!sha256("candour/v1/drop-tag", from_hex(address)).toString("hex").startsWith(tag)) return answer(422, "wrong-address");
    if (body.length !== DROP_BODY_BYTES) return answer(422, "wrong-size");
    const work = from_hex(headers.get("Candour-Work"));
    const hash = sha256("candour/v1/puzzle", work.subarray(0, 24), from_hex(tag), sha256(body), work.subarray(24));
    if (work.length !== 32 || work[0] !== this.bits || hash.readUInt32BE() >>> (32 - this.bits) !== 0) return answer(422, "work-wanting");
    const verifier = headers.get("Candour-Deletion") ?? "";
    assert.match(verifier, /^[0-9a-f]{64}$/);
    const there = this.stored.get(tag);
    const replace = headers.get("Candour-Replace");
    const may = there === undefined || (replace === null ? there.body.equals(body) : there.verifier === this.verifier_of(replace));
    if (!may) return answer(409, "drop-taken");
    this.stored.set(tag, { body, verifier });
    return answer(there === undefined ? 201 : 200);
  }
}
