// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { encode_member_header, gap_bytes, attachment_member } from "../../../client-web/src/protocol/archive";
import { parse_form } from "../../../client-web/src/protocol/form";
import { decode_base64, encode_base64, random_bytes } from "../../../client-web/src/protocol/bytes";
import { days_between, is_day } from "../../../client-web/src/protocol/day";
import * as labels from "../../../client-web/src/protocol/labels";
import { padded_size } from "../../../client-web/src/protocol/padme";
import { short_code } from "../../../client-web/src/protocol/receipt";
import { sealed_size } from "../../../client-web/src/seal/plan";

const root = process.env["CANDOUR_ROOT"] ?? ".";

test("labels are those of the spec and of the C++ code, each once", () => {
  const mine = Object.values(labels).sort();
  const spec = [...readFileSync(join(root, "docs/spec/labels.md"), "utf8").matchAll(/^\| `(candour\/v1\/[a-z/-]+)`/gm)].map((m) => m[1]).sort();
  const cpp = [...readFileSync(join(root, "crypto/core/labels.h"), "utf8").matchAll(/"(candour\/v1\/[a-z/-]+)"/g)].map((m) => m[1]).sort();
  assert.equal(new Set(mine).size, mine.length);
  assert.deepEqual(mine, spec);
  assert.deepEqual(mine, cpp);
});

test("base64 accepts only the canonical spelling", () => {
  for (let length = 0; length < 70; length += 1) {
    const bytes = random_bytes(length);
    assert.deepEqual(decode_base64(encode_base64(bytes)), bytes);
  }
  for (const wrong of ["A", "AA", "AAA", "AB==", "AAB=", "AA==\n", "A A=", "AA=A", "____", "AAAA===="]) assert.equal(decode_base64(wrong), null, wrong);
});

test("padded sizes follow Padmé: never smaller, at most 12 % larger, idempotent, few", () => {
  assert.equal(padded_size(0), 65536);
  assert.equal(padded_size(65536), 65536);
  assert.equal(padded_size(65537), 67584);
  assert.equal(padded_size(1_000_000), 1_015_808);
  const sizes = new Set<number>();
  for (let i = 0; i < 20_000; i += 1) {
    const bytes = Math.floor(2 ** (16 + Math.random() * 25));
    const padded = padded_size(bytes);
    assert.ok(padded >= bytes && padded <= bytes * 1.12, String(bytes));
    assert.equal(padded_size(padded), padded);
    sizes.add(padded);
  }
  assert.ok(sizes.size <= 1 + 16 * 32 + 9 * 64, "32 steps an octave, 64 from 4 GiB on");
  for (let exponent = 17; exponent < 50; exponent += 1) assert.equal(padded_size(2 ** exponent), 2 ** exponent);
});

test("sealed sizes at the edges of age's chunks", () => {
  assert.equal(sealed_size(65536, 1) - sealed_size(65535, 1), 1);
  assert.equal(sealed_size(65537, 1) - sealed_size(65536, 1), 17);
});

test("tar headers: sums, and names that could be paths are refused", () => {
  const header = encode_member_header("attachments/001.jpg", 123456);
  assert.equal(header.length, 512);
  assert.equal(new TextDecoder().decode(header.subarray(124, 136)), "00000361100\0");
  for (const name of ["", "../x y", "a\0b", "É", "x".repeat(101)]) assert.throws(() => encode_member_header(name, 1), RangeError);
  assert.throws(() => encode_member_header("a", 8 * 1024 ** 3), RangeError);
  assert.deepEqual([0, 1, 511, 512, 513].map(gap_bytes), [0, 511, 1, 0, 511]);
});

test("a file's name never becomes a path", () => {
  assert.equal(attachment_member(0, "IMG 0042.JPG"), "attachments/001.jpg");
  assert.equal(attachment_member(9, "../../etc/passwd"), "attachments/010");
  assert.equal(attachment_member(998, "x.tar.gz"), "attachments/999.gz");
  for (const name of ["a.", "a.j p", "a.toolongext", "a.jpg/", "a.é", ""]) assert.equal(attachment_member(0, name), "attachments/001", name);
});

test("days", () => {
  for (const day of ["2026-11-23", "2028-02-29"]) assert.ok(is_day(day));
  for (const day of ["2026-02-30", "2027-02-29", "2026-1-1", "2026-11-23T00", "", "20261123"]) assert.ok(!is_day(day), day);
  assert.equal(days_between("2026-11-23", "2027-02-20"), 89);
});

test("the short code is Crockford's base32 of the first ten bytes", () => {
  assert.equal(short_code("00".repeat(32)), "0000-0000-0000-0000");
  assert.equal(short_code("ff".repeat(10) + "00".repeat(22)), "ZZZZ-ZZZZ-ZZZZ-ZZZZ");
  assert.equal(short_code("0123456789abcdef0123" + "00".repeat(22)), "04HM-ASW9-NF6Y-Y093");
});

test("the default form is one that this page can ask", () => {
  const form = parse_form(JSON.parse(readFileSync(join(root, "protocol/forms/default.en.json"), "utf8")));
  assert.ok(form.steps.length > 0 && form.account.length > 0);
});
