// SPDX-License-Identifier: AGPL-3.0-or-later
// Drops as candourd will have them (docs/spec/drops.md), in the proxy: an index of made-up tags, and a body for each.

import { randomBytes } from "node:crypto";
import type http from "node:http";
import { DROP_BODY_BYTES, type Tag } from "../../client-web/src/protocol/drop_index";
import type { Exchange } from "./server";

const TAGS = 1024;

export class FakeDrops {
  private readonly bodies = new Map<Tag, Buffer>();

  constructor() {
    while (this.bodies.size < TAGS) this.bodies.set(randomBytes(8).toString("hex"), randomBytes(DROP_BODY_BYTES));
  }

  put(tag: Tag, body: Uint8Array): void {
    const [dummy = ""] = this.bodies.keys();
    this.bodies.delete(dummy);
    this.bodies.set(tag, Buffer.from(body));
  }

  answer(request: http.IncomingMessage, response: http.ServerResponse, exchange: Exchange): boolean {
    const tag = /^\/v1\/drops\/([0-9a-f]{16})$/.exec(request.url ?? "")?.[1];
    const body = request.url === "/v1/drops" ? Buffer.from([...this.bodies.keys()].sort().join(""), "hex") : this.bodies.get(tag ?? "");
    if (body === undefined) return false;
    exchange.status = 200;
    exchange.answer_bytes = body.length;
    response.writeHead(200, { "Content-Type": "application/octet-stream", "Content-Length": body.length, "Cache-Control": "no-store" });
    response.end(body);
    return true;
  }
}
