// SPDX-License-Identifier: AGPL-3.0-or-later
// The file that comes with a reply: how a reply describes it, fetching its parts, and under which name it is saved.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { fetch_reply_file, parts_of } from "../../../client-web/src/fetch_reply_file";
import { bytes_of_text, encode_hex, random_bytes, type Bytes } from "../../../client-web/src/protocol/bytes";
import { derive_reporter_keys } from "../../../client-web/src/protocol/codename";
import { drop_tag, reply_file_address, seal_drop } from "../../../client-web/src/protocol/drop";
import type { Tag } from "../../../client-web/src/protocol/drop_index";
import { key_hash, sign_note } from "../../../client-web/src/protocol/note";
import { check_reply, type Reply } from "../../../client-web/src/protocol/reply";
import type { ReplyFile } from "../../../client-web/src/protocol/reply_file";
import { save_name } from "../../../client-web/src/save_name";
import { ed25519 } from "@noble/curves/ed25519.js";

const keys = derive_reporter_keys("abacus abdomen abdominal abide abiding ability ablaze able");
const seed = new Uint8Array(32).fill(7);
const author = { id: "ada", name: "Ada", desks: [], revoked: false, signing_key: ed25519.getPublicKey(seed) as Bytes, recipient: null };
assert.equal(key_hash("candour/caseworker/ada", author.signing_key).length, 4);
const HASH = "ab".repeat(32);

function read(after_kind: string, kind = "message", words = "Words\n"): Reply | null {
  const zero = "0".repeat(64);
  const text = `candour/v1/reply\nreport ${zero}\nsha256 ${zero}\nto ${keys.reply_recipient}\nnumber 3\nday 2026-11-23\nkind ${kind}\n${after_kind}text\n${words}`;
  return check_reply(bytes_of_text(sign_note(text, "candour/caseworker/ada", seed)), { tag: "", caseworker: "ada", number: 3 }, author, keys.reply_recipient);
}

test("a reply describes its file on one line between kind and text; without one it has none", () => {
  assert.equal(read("")?.file, null);
  for (const [bytes, name] of [[1, "a"], [48213, "Letter to her.pdf"], [524288, "é".repeat(100)], [9, "half\u2028line \u202efdp"]] as const) {
    assert.deepEqual(read(`file ${bytes} ${HASH} ${name}\n`)?.file, { bytes, sha256: HASH, name });
  }
  assert.equal(read("", "message", `file 1 ${HASH} a\n`)?.file, null, "among the words it is words");
});

test("a reply whose file is described in another form is skipped", () => {
  const wrong = [
    `file 0 ${HASH} a\n`, `file 01 ${HASH} a\n`, `file +1 ${HASH} a\n`, `file 524289 ${HASH} a\n`, `file 1000000 ${HASH} a\n`, `file 1e3 ${HASH} a\n`, `file  ${HASH} a\n`,
    `file 1 ${HASH.toUpperCase()} a\n`, `file 1 ${HASH.slice(1)} a\n`, `file 1 ${HASH}0 a\n`, `file 1 ${HASH}\n`, `file 1 ${HASH} \n`, `file 1 ${HASH} ${"x".repeat(201)}\n`,
    `file 1 ${HASH} ${"é".repeat(101)}\n`, `file 1 ${HASH} a\tb\n`, `file 1 ${HASH} a\nfile 1 ${HASH} b\n`, "file\n", `File 1 ${HASH} a\n`,
  ];
  for (const line of wrong) assert.equal(read(line), null, JSON.stringify(line));
  assert.equal(read(`file 1 ${HASH} a\n`, "opened", ""), null);
  assert.ok(read("", "opened", "") !== null);
});

const place = (part: number): Tag => drop_tag(reply_file_address(keys.mailbox_root, "ada", 3, part));
const describe = (bytes: Bytes): ReplyFile => ({ bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex"), name: "a" });

/** The parts of a file, as they lie at the server. Stock age would seal the same plaintext: the zeros at an end are those that fill it up. */
async function put(bytes: Bytes): Promise<Map<Tag, Bytes>> {
  const drops = new Map<Tag, Bytes>();
  for (let at = 0; at < bytes.length; at += 16384) {
    let end = Math.min(at + 16384, bytes.length);
    while (end > at && bytes[end - 1] === 0) end -= 1;
    drops.set(place(at / 16384), await seal_drop(bytes.slice(at, end), keys.reply_recipient));
  }
  return drops;
}

async function get(drops: ReadonlyMap<Tag, Bytes>, file: ReplyFile, asked: Tag[] = []): Promise<string> {
  const line = { get: async (tag: Tag): Promise<Bytes | null> => {
    asked.push(tag);
    return drops.get(tag) ?? null;
  } };
  const seen: number[] = [];
  const got = await fetch_reply_file(keys, { caseworker: "ada", number: 3 }, file, line, (done) => void seen.push(done));
  assert.deepEqual(seen, asked.map((_, i) => i));
  return typeof got === "string" ? got : encode_hex(got);
}

test("parts are fetched one after the other, joined and checked; zeros inside and at the end stay", async () => {
  const zeros_inside = random_bytes(40_000);
  zeros_inside.fill(0, 16_000, 17_000);
  zeros_inside.fill(0, 39_900);
  for (const bytes of [random_bytes(1), new Uint8Array(5), random_bytes(16384), random_bytes(16385), zeros_inside]) {
    const asked: Tag[] = [];
    assert.equal(await get(await put(bytes), describe(bytes), asked), encode_hex(bytes));
    assert.deepEqual(asked, Array.from({ length: Math.ceil(bytes.length / 16384) }, (_, part) => place(part)));
  }
  assert.equal(parts_of({ ...describe(random_bytes(1)), bytes: 524288 }), 32);
});

test("a part that is not there; parts that are damaged, in another order, longer than said, or of another file", async () => {
  const bytes = random_bytes(20_000);
  const drops = await put(bytes);
  const file = describe(bytes);
  const but = (part: number, body: Bytes | undefined): Map<Tag, Bytes> => {
    const changed = new Map(drops);
    if (body === undefined) changed.delete(place(part));
    else changed.set(place(part), body);
    return changed;
  };
  assert.equal(await get(but(1, undefined), file), "missing");
  assert.equal(await get(but(0, random_bytes(18043)), file), "wrong");
  assert.equal(await get(but(0, drops.get(place(1))), file), "wrong");
  assert.equal(await get(drops, { ...file, sha256: HASH }), "wrong");
  assert.equal(await get(drops, { ...describe(bytes.slice(0, 19_999)), name: "a" }), "wrong", "what is beyond is not zeros");
});

test("saved under a name of letters, digits and ._-, with the end that it has", () => {
  const names = { "Letter.pdf": "Letter.pdf", "Llythyr at chi – 3.docx": "Llythyr_at_chi_3.docx", "Brief für Zoë.pdf": "Brief_fur_Zoe.pdf", "letter\u202efdp.exe": "letter_fdp.exe", "../../.bashrc": "file.bashrc", "خطاب.pdf": "file.pdf", "": "file", "...": "file", "a/b\\c": "a_b_c", "x.tar.gz": "x.tar.gz" };
  for (const [name, saved] of Object.entries(names)) assert.equal(save_name(name), saved, name);
  assert.equal(save_name("x".repeat(200) + ".pdf"), "x".repeat(60) + ".pdf");
});
