// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fetch_text, Refused, Unreachable } from "../../../client-web/src/upload/http";

function answer(body: Uint8Array | string, init: ResponseInit = {}): void {
  globalThis.fetch = async () => new Response(body as BodyInit, init);
}

test("what is not UTF-8 is not mended, and a byte order mark stays", async () => {
  answer(Uint8Array.of(0x61, 0xff, 0x62));
  assert.equal(await fetch_text("/v1/roster"), "");
  answer(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61));
  assert.equal(await fetch_text("/v1/roster"), "\ufeffa");
});

test("refusals are told from what may pass", async () => {
  answer('{"type":"/problems/wrong-size"}', { status: 422 });
  await assert.rejects(fetch_text("/"), (error) => error instanceof Refused && error.problem === "wrong-size");
  answer("", { status: 503, headers: { "Retry-After": "7" } });
  await assert.rejects(fetch_text("/"), (error) => error instanceof Unreachable && error.wait_seconds === 7);
});

test("nothing of the page lets the browser decode", () => {
  const folder = join(process.env["CANDOUR_ROOT"] ?? ".", "client-web/src");
  for (const name of readdirSync(folder, { recursive: true }) as string[]) {
    const file = join(folder, name);
    if (statSync(file).isFile()) assert.doesNotMatch(readFileSync(file, "utf8").replace(/\/\*\*.*?\*\//gs, ""), /\.(text|json)\(\)/, name);
  }
});
