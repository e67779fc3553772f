// SPDX-License-Identifier: AGPL-3.0-or-later
// Drops: the index, where her replies lie, and bodies, which stock age opens too.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { bytes_of_text, encode_hex, random_bytes, text_of_bytes, type Bytes } from "../../../client-web/src/protocol/bytes";
import { derive_reporter_keys } from "../../../client-web/src/protocol/codename";
import { drop_tag, find_replies, open_drop, reply_address, seal_drop } from "../../../client-web/src/protocol/drop";
import { DROP_BODY_BYTES, DROP_PLAIN_BYTES, DropIndex, type Tag } from "../../../client-web/src/protocol/drop_index";
import { in_random_order, random_below } from "../../../client-web/src/protocol/random";
import { identity_of_seed } from "../../../client-web/src/protocol/recipient";

const keys = derive_reporter_keys("abacus abdomen abdominal abide abiding ability ablaze able");
const other = derive_reporter_keys("able ablaze ability abiding abide abdominal abdomen abacus");

function index_bytes(count: number, own: readonly Tag[] = []): Bytes {
  const tags = [...own, ...Array.from({ length: count - own.length }, () => encode_hex(random_bytes(8)))].sort();
  return new Uint8Array(Buffer.from(tags.join(""), "hex"));
}

test("index: a power of two of tags from 1024 to 65536, ascending, none twice; nothing else is taken", () => {
  const good = index_bytes(1024);
  assert.equal(DropIndex.parse(good)?.tags.length, 1024);
  assert.equal(DropIndex.parse(index_bytes(65536))?.tags.length, 65536);
  for (const count of [0, 1, 512, 1023, 1025, 1536, 131072]) assert.equal(DropIndex.parse(index_bytes(count)), null, String(count));
  assert.equal(DropIndex.parse(good.slice(0, -1)), null);
  const [first, second] = [good.slice(0, 8), good.slice(8, 16)];
  const swapped = good.slice();
  swapped.set(second, 0);
  swapped.set(first, 8);
  assert.equal(DropIndex.parse(swapped), null);
  const twice = good.slice();
  twice.set(first, 8);
  assert.equal(DropIndex.parse(twice), null);
});

test("replies are found in the index, for whose codename they are and for nobody else", () => {
  const tag = (caseworker: string, n: number): Tag => drop_tag(reply_address(keys.mailbox_root, caseworker, n));
  const there = [["robin", 0], ["robin", 1], ["robin", 9], ["sam", 31], ["kim", 32]] as const;
  const index = DropIndex.parse(index_bytes(2048, there.map(([caseworker, n]) => tag(caseworker, n))));
  assert.ok(index !== null);
  const found = find_replies(index, keys.mailbox_root, ["robin", "sam", "kim"]);
  assert.deepEqual(found, [["robin", 0], ["robin", 1], ["robin", 9], ["sam", 31]].map(([caseworker, number]) => ({ tag: tag(String(caseworker), Number(number)), caseworker, number })));
  assert.deepEqual(find_replies(index, other.mailbox_root, ["robin", "sam", "kim"]), []);
});

test("cover is drawn from the whole index, each tag alike", () => {
  const index = DropIndex.parse(index_bytes(1024));
  assert.ok(index !== null);
  const counts = new Map<Tag, number>(index.tags.map((tag) => [tag, 0]));
  const draws = 1024 * 64;
  for (let i = 0; i < draws; i += 1) {
    const tag = index.pick([]);
    counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  assert.equal(counts.size, 1024);
  // Chi square with 1023 degrees of freedom: six standard deviations are as good as never by chance.
  const chi_square = [...counts.values()].reduce((sum, count) => sum + (count - 64) ** 2 / 64, 0);
  assert.ok(Math.abs(chi_square - 1023) < 6 * Math.sqrt(2 * 1023), String(chi_square));
  const [first = ""] = index.tags;
  for (let i = 0; i < 20_000; i += 1) assert.notEqual(index.pick([first]), first);
});

test("random order: every order comes, every number comes", () => {
  const seen = new Set(Array.from({ length: 2000 }, () => in_random_order(["a", "b", "c", "d"]).join("")));
  assert.equal(seen.size, 24);
  const drawn = Array.from({ length: 2000 }, () => random_below(7));
  assert.deepEqual([...new Set(drawn)].sort(), [0, 1, 2, 3, 4, 5, 6]);
});

test("a body: one size whatever is in it, opened by its owner and by stock age, by nobody else", async () => {
  const folder = mkdtempSync(join(tmpdir(), "candour-drop-"));
  try {
    writeFileSync(join(folder, "key"), identity_of_seed(keys.reply_seed) + "\n");
    for (const text of ["", "Come on Thursday.", "x".repeat(DROP_PLAIN_BYTES)]) {
      const body = await seal_drop(bytes_of_text(text), keys.reply_recipient);
      assert.equal(body.length, DROP_BODY_BYTES);
      const opened = await open_drop(body, keys.reply_seed);
      assert.ok(opened !== null);
      assert.equal(text_of_bytes(opened), text);
      assert.equal(await open_drop(body, other.reply_seed), null);
      const age = spawnSync("age", ["-d", "-i", join(folder, "key")], { input: body });
      assert.equal(age.status, 0, age.stderr.toString());
      assert.equal(age.stdout.length, DROP_PLAIN_BYTES);
      assert.equal(age.stdout.toString().replace(/\0*$/, ""), text);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a body of another size, or damaged anywhere, is not opened; content that would not come back is not sealed", async () => {
  const body = await seal_drop(bytes_of_text("Come on Thursday."), keys.reply_recipient);
  for (const wrong of [body.slice(0, -1), new Uint8Array([...body, 0]), new Uint8Array(DROP_BODY_BYTES), new Uint8Array(0)]) assert.equal(await open_drop(wrong, keys.reply_seed), null);
  for (const at of [0, 30, 1500, 1600, 1650, 5000, DROP_BODY_BYTES - 1]) {
    const damaged = body.slice();
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    assert.equal(await open_drop(damaged, keys.reply_seed), null, String(at));
  }
  await assert.rejects(seal_drop(new Uint8Array(DROP_PLAIN_BYTES + 1).fill(1), keys.reply_recipient), RangeError);
  await assert.rejects(seal_drop(Uint8Array.of(1, 0), keys.reply_recipient), RangeError);
});
