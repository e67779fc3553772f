// SPDX-License-Identifier: AGPL-3.0-or-later
// A report sealed by the page's own code is opened with stock age and tar, and compared byte for byte.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { derive_reporter_keys } from "../../../client-web/src/protocol/codename";
import { today } from "../../../client-web/src/protocol/day";
import { AUTHOR_KEY_NAME } from "../../../client-web/src/protocol/manifest";
import { encode_verifier, parse_note, parse_verifier, signed_by } from "../../../client-web/src/protocol/note";
import { padded_size } from "../../../client-web/src/protocol/padme";
import { parse_pin } from "../../../client-web/src/protocol/pin";
import { readers } from "../../../client-web/src/protocol/readers";
import { FOLLOWS_NOTHING } from "../../../client-web/src/protocol/report";
import { check_roster } from "../../../client-web/src/protocol/roster";
import { plan_report, sealed_size, type NamedBlob, type ReportPlan } from "../../../client-web/src/seal/plan";
import { PART_BYTES, sealed_parts } from "../../../client-web/src/seal/seal";
import { make_organisation } from "../../e2e/organisation";

const folder = mkdtempSync(join(tmpdir(), "candour-seal-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const organisation = await make_organisation();
const pin = parse_pin(organisation.pin);
const check = pin === null ? null : check_roster(organisation.note(), pin, today(), null);
assert.ok(check?.fault === null);
const roster = check.roster;
const keys = derive_reporter_keys("abacus abdomen abdominal abide abiding ability ablaze able");

function plan(files: readonly NamedBlob[], text = "He reads my messages.", excluded: readonly string[] = [], desk = "legal"): ReportPlan {
  const disclosure = { form: { id: "test", version: 1 }, language: "en", answers: { what_happened: text }, accused: {} };
  const made = plan_report({ disclosure, files, desk, audience: readers(roster, desk, excluded), excluded, roster, keys, number: 0, following: FOLLOWS_NOTHING, day: today() });
  assert.ok(typeof made !== "string", String(made));
  return made;
}

async function seal(made: ReportPlan, files: readonly NamedBlob[]): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of sealed_parts(made, files)) parts.push(part.slice()); // its buffer is used again
  assert.ok(parts.slice(0, -1).every((part) => part.length === PART_BYTES));
  return Buffer.concat(parts);
}

function run(program: string, args: readonly string[], input?: Buffer): { status: number | null; out: Buffer } {
  const result = spawnSync(program, args, { input, maxBuffer: 1 << 28 });
  return { status: result.status, out: result.stdout };
}

function age_open(sealed: Buffer, member_id: string): { status: number | null; out: Buffer } {
  const identity = organisation.members.find((member) => member.id === member_id)?.identity ?? "";
  writeFileSync(join(folder, "identity"), identity + "\n");
  return run("age", ["-d", "-i", join(folder, "identity")], sealed);
}

test("stock age and tar open it, every byte is as it was, the manifest holds", async () => {
  const contents = [new Uint8Array(randomBytes(3 * 1024 * 1024 + 17)), new Uint8Array(0), new Uint8Array(randomBytes(512))];
  const files = ["IMG 0042.JPG", "leer", "…/böse.pdf"].map((name, i) => ({ name, content: new Blob([contents[i] ?? new Uint8Array(0)]) }));
  const made = plan(files, "Zeile 1\nZeile 2 — “Anführung” 🙂", ["robin"]);
  const sealed = await seal(made, files);
  assert.equal(sealed.length, made.sealed_bytes);

  const opened = age_open(sealed, "sam");
  assert.equal(opened.status, 0);
  assert.equal(opened.out.length, made.padded_bytes);
  assert.notEqual(age_open(sealed, "robin").status, 0, "the excluded one must not be able to open it");
  assert.notEqual(age_open(sealed, "ada").status, 0);

  const archive = join(folder, "report.tar");
  writeFileSync(archive, opened.out);
  const names = run("tar", ["tf", archive]).out.toString().trim().split("\n");
  assert.deepEqual(names, ["report.json", "attachments/001.jpg", "attachments/002", "attachments/003.pdf", "manifest.note"]);
  const member = (name: string): Buffer => run("tar", ["xOf", archive, name]).out;
  contents.forEach((content, i) => assert.deepEqual(new Uint8Array(member(names[i + 1] ?? "")), content));
  const listing = run("tar", ["tvf", archive]).out.toString();
  assert.ok(listing.split("\n").filter((line) => line !== "").every((line) => line.startsWith("-rw------- 0/0")), listing);

  const note = parse_note(member("manifest.note").toString());
  const author = parse_verifier(encode_verifier(AUTHOR_KEY_NAME, keys.authorship_key));
  assert.ok(note !== null && author !== null);
  assert.equal(signed_by(note, author), "good");
  assert.match(note.text, /^candour\/v1\/manifest\nreport [0-9a-f]{64}\ndesk legal\naudience sam\nexclude robin\nroster [0-9a-f]{64}\nthread -\nfile /);
  for (const name of names.slice(0, -1)) {
    const bytes = member(name);
    assert.ok(note.text.includes("\nfile " + createHash("sha256").update(bytes).digest("hex") + " " + bytes.length + " " + name + "\n"), name);
  }
  const report = JSON.parse(member("report.json").toString());
  assert.equal(report.answers.what_happened, "Zeile 1\nZeile 2 — “Anführung” 🙂");
  assert.equal(report.attachments[2].name, "…/böse.pdf");
});

test("every text-only report has one size, whatever is said and whoever reads", async () => {
  const sizes = new Set<number>();
  for (const [text, excluded, desk] of [["a", [], "legal"], ["x".repeat(20_000), ["robin"], "legal"], ["ü".repeat(20_000), [], "support"]] as const) {
    const made = plan([], text, excluded, desk);
    const sealed = await seal(made, []);
    assert.equal(sealed.length, made.sealed_bytes);
    sizes.add(sealed.length);
    const header = sealed.toString("latin1", 0, 20_000);
    assert.equal(header.split("-> mlkem768x25519 ").length - 1, roster.places, "all places are filled");
  }
  assert.deepEqual([...sizes], [sealed_size(65536, roster.places)]);
});

test("attachments hide in Padmé steps", () => {
  for (let i = 0; i < 300; i += 1) {
    const size = Math.floor(2 ** (Math.random() * 33));
    const content = { size, type: "" } as Blob;
    const made = plan([{ name: "a.jpg", content }]);
    assert.equal(made.padded_bytes, padded_size(made.archive_bytes));
    assert.equal(made.sealed_bytes, sealed_size(made.padded_bytes, roster.places));
  }
});

test("a reader's place does not tell: order changes from report to report", async () => {
  const made = plan([]);
  const opens_first = new Set<number>();
  const identity = organisation.members.find((m) => m.id === "robin")?.identity ?? "";
  const { Decrypter } = await import("age-encryption");
  for (let i = 0; i < 12; i += 1) {
    const stanzas: number[] = [];
    const decrypter = new Decrypter();
    const probe = new Decrypter();
    probe.addIdentity(identity);
    decrypter.addIdentity({
      async unwrapFileKey(all) {
        for (const [place, stanza] of all.entries()) {
          const inner = (probe as unknown as { identities: { unwrapFileKey(s: unknown[]): Uint8Array | null }[] }).identities[0];
          if ((await inner?.unwrapFileKey([stanza])) != null) stanzas.push(place);
        }
        return null;
      },
    });
    await assert.rejects(decrypter.decrypt(new Uint8Array(await seal(made, []))));
    assert.equal(stanzas.length, 1);
    opens_first.add(stanzas[0] ?? -1);
  }
  assert.ok(opens_first.size > 1, "12 times the same place: one chance in 8^11");
});

test("a text over 48 KiB is refused before anything is sent", () => {
  const disclosure = { form: { id: "test", version: 1 }, language: "en", answers: { a: "x".repeat(48 * 1024) }, accused: {} };
  assert.equal(plan_report({ disclosure, files: [], desk: "legal", audience: readers(roster, "legal", []), excluded: [], roster, keys, number: 0, following: FOLLOWS_NOTHING, day: today() }), "text-too-long");
});

test("a manifest over 8 KiB is refused before anything is sent, unless there are attachments", () => {
  const disclosure = { form: { id: "test", version: 1 }, language: "en", answers: { a: "a" }, accused: {} };
  const excluded = Array.from({ length: 250 }, (_, i) => "somebody-of-the-desk-" + i);
  const job = { disclosure, files: [], desk: "legal", audience: readers(roster, "legal", []), excluded, roster, keys, number: 0, following: FOLLOWS_NOTHING, day: today() };
  assert.equal(plan_report(job), "too-many-people");
  assert.notEqual(plan_report({ ...job, excluded: excluded.slice(0, 200) }), "too-many-people");
  assert.notEqual(plan_report({ ...job, files: [{ name: "a", content: new Blob(["a"]) }] }), "too-many-people");
});
