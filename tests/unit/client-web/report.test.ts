// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { derive_reporter_keys } from "../../../client-web/src/protocol/codename";
import { encode_report, FOLLOWS_NOTHING } from "../../../client-web/src/protocol/report";

test("half a character, pasted or in a file's name, becomes a whole one; every other stays", () => {
  const keys = derive_reporter_keys("abacus abdomen abdominal abide abiding ability ablaze able");
  const half = "\ud83d";
  const disclosure = {
    form: { id: "test", version: 1 }, language: "en", accused: {},
    answers: { what_happened: "a" + half + "b \u{1F600} ج", wants: ["advice", half] },
  };
  const attachments = [{ member: "attachments/001.jpg", name: half + ".jpg", type: "image/jpeg", bytes: 1 }];
  const text = new TextDecoder("utf-8", { fatal: true }).decode(encode_report(disclosure, "2026-11-23" as never, attachments, keys, FOLLOWS_NOTHING));
  assert.doesNotMatch(text, /\\ud/i);
  const report = JSON.parse(text) as { answers: Record<string, unknown>; attachments: { name: string }[] };
  assert.deepEqual(report.answers, { what_happened: "a\ufffdb \u{1F600} ج", wants: ["advice", "\ufffd"] });
  assert.equal(report.attachments[0]?.name, "\ufffd.jpg");
});
