// SPDX-License-Identifier: AGPL-3.0-or-later
// The protocol's test vectors, made by an implementation that is not this one (docs/spec/vectors).

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { encode_member_header, member_bytes, END_BYTES } from "../../../client-web/src/protocol/archive";
import { bytes_of_text, encode_hex, text_of_bytes, type Bytes } from "../../../client-web/src/protocol/bytes";
import { derive_report_secret, derive_reporter_keys, report_id } from "../../../client-web/src/protocol/codename";
import { drop_tag, find_replies, open_drop, reply_address } from "../../../client-web/src/protocol/drop";
import { encode_manifest_text, sign_manifest, type Manifest } from "../../../client-web/src/protocol/manifest";
import { parse_note, parse_verifier, sign_note } from "../../../client-web/src/protocol/note";
import { padded_size } from "../../../client-web/src/protocol/padme";
import { parse_pin } from "../../../client-web/src/protocol/pin";
import { desk_audience } from "../../../client-web/src/protocol/readers";
import { check_receipt, short_code } from "../../../client-web/src/protocol/receipt";
import { check_reply, type Reply } from "../../../client-web/src/protocol/reply";
import { check_roster, type RosterCheck } from "../../../client-web/src/protocol/roster";
import { sign_succession } from "../../../client-web/src/protocol/succession";
import { normalise_codename } from "../../../client-web/src/protocol/words";
import { archive_pieces } from "../../../client-web/src/seal/archive_stream";

function vectors(name: string): any {
  return JSON.parse(readFileSync(join(process.env["CANDOUR_ROOT"] ?? ".", "docs/spec/vectors", name + ".json"), "utf8"));
}

const from_hex = (hex: string): Bytes => new Uint8Array(Buffer.from(hex, "hex"));
const from_base64 = (text: string): Bytes => new Uint8Array(Buffer.from(text, "base64"));

test("codename: everything that follows from it", () => {
  const { vectors: cases, same } = vectors("codename");
  assert.ok(cases.length > 0);
  for (const vector of cases) {
    const keys = derive_reporter_keys(vector.codename);
    assert.equal(encode_hex(keys.seed), vector.seed);
    assert.equal(encode_hex(keys.reply_seed), vector.reply_seed);
    assert.equal(keys.reply_recipient, vector.reply_recipient);
    assert.equal(encode_hex(keys.mailbox_root), vector.mailbox_root);
    assert.equal(encode_hex(keys.diary_root), vector.diary_root);
    assert.equal(encode_hex(keys.authorship_key), vector.authorship_key);
    for (const report of vector.reports) {
      const secret = derive_report_secret(keys.seed, report.n);
      assert.equal(encode_hex(secret), report.secret);
      assert.equal(encode_hex(report_id(secret)), report.id);
    }
  }
  for (const typed of same) assert.equal(normalise_codename(typed), cases[0].codename);
});

test("receipt: taken, and only for its report and its bytes", () => {
  const { receipt } = vectors("notes");
  assert.equal(sign_note(receipt.text, "candour/receipt/main", from_hex(receipt.seed)), receipt.note);
  assert.equal(check_receipt(receipt.note, receipt.key, receipt.report, receipt.sha256)?.day, receipt.day);
  assert.equal(short_code(receipt.sha256), receipt.short_code);
  const other = "0".repeat(64);
  assert.equal(check_receipt(receipt.note, receipt.key, other, receipt.sha256), null);
  assert.equal(check_receipt(receipt.note, receipt.key, receipt.report, other), null);
  assert.equal(check_receipt(receipt.note.replace(receipt.day, "2026-11-25"), receipt.key, receipt.report, receipt.sha256), null);
});

test("roster: every case has its outcome", () => {
  const { pin, cases } = vectors("roster");
  const trusted = parse_pin(pin);
  assert.ok(trusted !== null);
  const outcomes: Record<string, string> = {
    "not-a-roster": "not a signed roster", unsigned: "unsigned", "too-few-signatures": "too few signatures", "wrong-signature": "signature",
    "not-yet-valid": "not yet valid", expired: "expired", older: "older than the one already seen", "different-text": "same version",
  };
  for (const { name, note, today, last_seen, outcome } of cases) {
    const seen = last_seen === null ? null : { version: last_seen.version, hash: last_seen.text_sha256 };
    const check = check_roster(note, trusted, today, seen);
    const said = check.fault === null ? "ok" : check.fault === "malformed" ? check.field : outcomes[check.fault];
    assert.equal(said, outcome, name);
    if (check.fault === null && today === "2026-11-24") assert.ok(check.roster.desks.some((desk) => desk_audience(check.roster, desk.id).length > 0), name);
  }
});

test("roster changes: every wrong field is refused with its name, and what may stand is read", () => {
  const { root, today, desk, text, refused, read } = vectors("roster_changes");
  const trusted = parse_pin("candour/v1/pin\nquorum 1\nkey " + root.key + "\n");
  assert.ok(trusted !== null && refused.length > 50 && read.length > 10);
  const check = ({ name, find, replace }: Record<"name" | "find" | "replace", string>): RosterCheck => {
    assert.ok(text.includes(find), name);
    return check_roster(sign_note(text.replace(find, () => replace), "candour/root-key/anna", from_hex(root.seed)), trusted, today, null);
  };
  for (const change of refused) {
    const found = check(change);
    assert.equal(found.fault, "malformed", change.name);
    assert.ok(found.fault !== null && found.field.includes(change.names), change.name + ": " + (found.fault === null ? "" : found.field));
  }
  for (const change of read) {
    const found = check(change);
    assert.ok(found.fault === null, change.name + ": " + (found.fault === null ? "" : found.fault + " " + found.field));
    assert.deepEqual(desk_audience(found.roster, desk).map((c) => c.id), change.readers, change.name);
  }
});

/** The text of a manifest, taken apart again. */
function read_manifest(text: string): Manifest {
  const lines = text.trimEnd().split("\n").slice(1).map((line) => line.split(" "));
  const all = (key: string): string[] => lines.filter(([name]) => name === key).map(([, value]) => value ?? "");
  const thread = all("thread")[0] ?? "-";
  return {
    report_id: all("report")[0] ?? "", desk: all("desk")[0] ?? "", audience: all("audience").reverse(), excluded: all("exclude").reverse(),
    roster_hash: all("roster")[0] ?? "", thread: thread === "-" ? null : thread,
    files: lines.filter(([name]) => name === "file").map(([, sha256 = "", bytes, member = ""]) => ({ sha256, bytes: Number(bytes), member })),
  };
}

test("manifest and archive: the same bytes", async () => {
  const vector = vectors("report");
  const manifest = read_manifest(vector.manifest_text);
  assert.equal(encode_manifest_text(manifest), vector.manifest_text);
  assert.equal(sign_manifest(manifest, from_hex(vector.authorship_seed)), vector.manifest_note);
  for (const [name, header] of Object.entries<string>(vector.headers)) {
    const bytes = from_base64(header);
    const size = Number.parseInt(new TextDecoder().decode(bytes.subarray(124, 135)), 8);
    assert.deepEqual(encode_member_header(name, size), bytes, name);
  }

  const report_json = new TextEncoder().encode(vector.report_json) as Bytes;
  const attachment = from_base64(vector.attachment);
  const note = new TextEncoder().encode(vector.manifest_note) as Bytes;
  const archive_bytes = [report_json, attachment, note].reduce((sum, content) => sum + member_bytes(content.length), END_BYTES);
  assert.equal(padded_size(archive_bytes), vector.archive_bytes);
  const plan = {
    report_id: vector.report_id, report_json, readers: [], places: 3, threshold: 1, sealed_bytes: 0, archive_bytes, padded_bytes: vector.archive_bytes,
    attachments: [{ member: "attachments/001.jpg", name: "IMG 0042.JPG", type: "image/jpeg", bytes: attachment.length }],
    sign: (files: Manifest["files"]): Bytes => {
      assert.deepEqual(files, manifest.files);
      return note;
    },
  };
  const hash = createHash("sha256");
  for await (const piece of archive_pieces(plan, [{ name: "IMG 0042.JPG", content: new Blob([attachment]) }])) hash.update(piece);
  assert.equal(hash.digest("hex"), vector.archive_sha256);
});

test("notes of the vectors parse", () => {
  const { receipt, sealing_key, session } = vectors("notes");
  for (const { note, text } of [receipt, sealing_key, session]) assert.equal(parse_note(note)?.text, text);
});

test("drops: where replies lie, and a body that is opened", async () => {
  const { mailbox_root, replies, looking, sealed } = vectors("drops");
  for (const reply of replies) {
    const address = reply_address(from_hex(mailbox_root), reply.caseworker, reply.number);
    assert.equal(encode_hex(address), reply.address);
    assert.equal(drop_tag(address), reply.tag);
  }
  const found = find_replies(new Set<string>(looking.there), from_hex(mailbox_root), ["ada", "bo", "cy"]);
  assert.deepEqual(found.map(({ caseworker, number }) => [caseworker, number]), looking.found);
  const opened = await open_drop(from_base64(sealed.body), from_hex(sealed.identity_seed));
  assert.ok(opened !== null);
  assert.equal(text_of_bytes(opened), sealed.note);
});

test("replies: what is shown, and everything that is skipped", () => {
  const { reply } = vectors("drops");
  const verifier = parse_verifier(reply.key);
  assert.ok(verifier !== null && reply.shown.length >= 5 && reply.skipped.length >= 15);
  const author = { id: reply.caseworker, name: "Ada", desks: [], revoked: false, signing_key: verifier.key, recipient: null };
  const place = { tag: "", caseworker: reply.caseworker, number: reply.number };
  const read = (note: string, changes = {}): Reply | null => check_reply(bytes_of_text(note), place, { ...author, ...changes }, reply.to);
  for (const { name, note, kind, words, file } of reply.shown) assert.deepEqual(read(note), { caseworker: "ada", number: reply.number, day: reply.day, kind, words, file: file ?? null }, name);
  for (const { name, note } of reply.skipped) assert.equal(read(note), null, name);
  const [{ note }] = reply.shown;
  assert.equal(read(note, { revoked: true }), null);
  assert.equal(read(note, { id: "bo" }), null);
  assert.equal(check_reply(bytes_of_text(note), { ...place, number: 1 }, author, reply.to), null);
  assert.equal(check_reply(Uint8Array.of(0xff, ...bytes_of_text(note)), place, author, reply.to), null);
});

test("succession: the old codename names the new one", () => {
  const { succession } = vectors("drops");
  assert.equal(sign_succession(from_hex(succession.seed), succession.thread, from_base64(succession.authorship)), succession.note);
});
