// SPDX-License-Identifier: AGPL-3.0-or-later
// A file that goes along with a reply from the desk: what is refused, and what the tool is sent.

import assert from "node:assert/strict";
import { test } from "node:test";
import { read_file, wrong_file } from "../../../client-web/desk/reply_file";
import { say } from "../../../client-web/desk/words";

test("empty, too large, or under a name that cannot travel: refused in words", () => {
  const words = say.reply.file;
  for (const [name, size, wrong] of [
    ["Letter.pdf", 1, null], ["Letter.pdf", 524_288, null], ["Letter.pdf", 0, words.empty], ["Letter.pdf", 524_289, words.too_large], ["", 1, words.long_name],
    ["é".repeat(100), 1, null], ["é".repeat(101), 1, words.long_name], ["a\nb", 1, words.hidden_name], ["a\u202efdp.exe", 1, words.hidden_name],
  ] as const) assert.equal(wrong_file({ name, size }), wrong, name);
});

test("sent as base64, also the largest; null where it cannot be read", async () => {
  const bytes = Buffer.alloc(524_288, "candour");
  assert.deepEqual(await read_file(new File([bytes], "Letter.pdf")), { name: "Letter.pdf", content: bytes.toString("base64") });
  assert.equal(await read_file({ arrayBuffer: () => Promise.reject(new Error("gone")) } as unknown as File), null);
});
