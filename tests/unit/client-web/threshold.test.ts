// SPDX-License-Identifier: AGPL-3.0-or-later
// Reports that several have to open together: the header byte for byte, that any k open it and fewer do not, and that nothing tells a dummy.

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { base64nopad } from "@scure/base";
import { Decrypter, Encrypter, Stanza } from "age-encryption";
import { combine } from "shamir-secret-sharing";
import { concat, encode_hex, random_bytes } from "../../../client-web/src/protocol/bytes";
import { derive_reporter_keys } from "../../../client-web/src/protocol/codename";
import { today } from "../../../client-web/src/protocol/day";
import { parse_pin } from "../../../client-web/src/protocol/pin";
import { open_desks, readers, threshold_of } from "../../../client-web/src/protocol/readers";
import { identity_of_seed, key_of_recipient, recipient_of_seed } from "../../../client-web/src/protocol/recipient";
import { FOLLOWS_NOTHING } from "../../../client-web/src/protocol/report";
import { check_roster, type Roster } from "../../../client-web/src/protocol/roster";
import { seal_to_key } from "../../../client-web/src/seal/hpke";
import { attachment_ends, plan_report, sealed_size, type PlanFault, type ReportPlan } from "../../../client-web/src/seal/plan";
import { sealed_parts } from "../../../client-web/src/seal/seal";
import { audience_hash, ThresholdRecipient } from "../../../client-web/src/seal/threshold";
import { Unsent } from "../../../client-web/src/unsent";
import { make_member, make_organisation } from "../../e2e/organisation";
import { open_together } from "./share_holders";

const vectors = JSON.parse(readFileSync(join(process.env["CANDOUR_ROOT"] ?? ".", "docs/spec/vectors/threshold.json"), "utf8"));
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const person = (id: string) => {
  const seed = random_bytes(32);
  return { id, recipient: recipient_of_seed(seed), identity: identity_of_seed(seed) };
};
const people = ["ada", "bo", "cy", "di"].map(person);
const identities = people.map(({ identity }) => identity);

async function seal(to: typeof people, places: number, threshold: number, plain: Uint8Array = random_bytes(100)): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(new ThresholdRecipient(to, places, threshold));
  return encrypter.encrypt(plain);
}

test("vectors: shares that were made elsewhere give their keys", async () => {
  const cases = vectors.cases.filter(({ threshold }: { threshold: number }) => threshold > 1);
  assert.ok(cases.length >= 5);
  for (const { threshold, key, shares } of cases) {
    const numbered: Uint8Array[] = shares.map((share: string, i: number) => new Uint8Array([...Buffer.from(share, "hex"), i + 1]));
    for (const some of [numbered.slice(0, threshold), numbered.slice(-threshold)]) assert.equal(encode_hex(await combine(some)), key);
  }
});

test("vectors: any k of the readers open the sealed file, fewer do not", async () => {
  assert.ok(vectors.headers.length > 0);
  for (const { file, places, threshold, audience, identities: of, plaintext_sha256 } of vectors.headers) {
    const sealed = Buffer.from(file, "base64");
    for (const left_out of audience) {
      const { plain, holders } = await open_together(sealed, audience.filter((id: string) => id !== left_out).map((id: string) => of[id]));
      assert.equal(sha256(plain), plaintext_sha256);
      assert.equal(sealed.length, sealed_size(plain.length, places, threshold));
      assert.ok(holders.held.length === threshold && holders.held.every((held) => held.committed && encode_hex(held.audience) === encode_hex(audience_hash(audience))));
      await assert.rejects(open_together(sealed, [of[left_out]]));
    }
  }
});

test("HPKE: with age's own info string it makes what the age library opens, with another it does not", async () => {
  const [ada] = people;
  const opened_with = async (info: string): Promise<string> => {
    const encrypter = new Encrypter();
    encrypter.addRecipient({
      wrapFileKey(file_key) {
        const { encapsulation, body } = seal_to_key(key_of_recipient(ada?.recipient ?? "") ?? new Uint8Array(0), info, file_key);
        return [new Stanza(["mlkem768x25519", base64nopad.encode(encapsulation)], body)];
      },
    });
    const decrypter = new Decrypter();
    decrypter.addIdentity(ada?.identity ?? "");
    return decrypter.decrypt(await encrypter.encrypt("words"), "text");
  };
  assert.equal(await opened_with("age-encryption.org/mlkem768x25519"), "words");
  await assert.rejects(opened_with("candour/v1/share"), /no identity matched/);
});

test("the header has this form and no other", async () => {
  const header = Buffer.from(await seal(people.slice(0, 3), 4, 2)).toString("latin1").split("--- ")[0] ?? "";
  const line = (characters: number): string => `[A-Za-z0-9+/]{${String(characters)}}\\n`;
  // 128 bytes of commitments, 64 of body: lines of 48.
  const share = `-> candour/v1/share [0-9a-f]{2} ${line(1494)}${line(64)}${line(22)}`;
  assert.match(header, new RegExp(`^age-encryption\\.org/v1\\n-> candour/v1/threshold 2\\n${line(64)}${line(64)}${line(43)}(${share}){4}$`));
  const numbers = [...header.matchAll(/share ([0-9a-f]{2}) /g)].map(([, number]) => number);
  assert.ok(new Set(numbers).size === 4 && !numbers.includes("00"));
});

test("any k of the readers open it, each with a share that was committed to; fewer do not, nor does whoever has a plain age key", async () => {
  const plain = new Uint8Array(randomBytes(70_000));
  const sealed = await seal(people, 8, 3, plain);
  const chosen = (count: number): number[][] => Array.from({ length: 16 }, (_, set) => [0, 1, 2, 3].filter((i) => (set >> i) & 1)).filter((some) => some.length === count);
  const held_by = (some: readonly number[]): string[] => some.map((i) => identities[i] ?? "");
  for (const some of [...chosen(3), ...chosen(4)]) {
    const opened = await open_together(sealed, held_by(some));
    assert.equal(sha256(opened.plain), sha256(plain));
    assert.deepEqual(opened.holders.held.map(({ committed, audience }) => [committed, encode_hex(audience)]), some.map(() => [true, sha256(Buffer.from("candour/v1/audienceaudience ada\naudience bo\naudience cy\naudience di\n"))]));
  }
  for (const some of chosen(2)) await assert.rejects(open_together(sealed, held_by(some)), /HMAC/);
  for (const some of chosen(1)) await assert.rejects(open_together(sealed, held_by(some)));
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  await assert.rejects(decrypter.decrypt(sealed), /no identity matched/);
});

test("nothing tells a dummy: neither size, nor place, nor number", async () => {
  const seen = { places: new Set<number>(), numbers: new Set<number>() };
  for (let i = 0; i < 12; i += 1) {
    const { holders: { held, stanzas } } = await open_together(await seal(people.slice(0, 2), 8, 2), identities);
    assert.equal(held.length, 2, "the others have nothing of it");
    assert.deepEqual(new Set(stanzas.slice(1).map(({ args, body }) => [args.length, args[1]?.length, args[2]?.length, body.length].join())), new Set(["3,2,1494,64"]));
    const commitments = Array.from({ length: 8 }, (_, place) => encode_hex(stanzas[0]?.body.subarray(32 * place, 32 * place + 32) ?? new Uint8Array(0)));
    assert.ok(new Set(commitments).size === 8 && stanzas[0]?.body.length === 256);
    seen.places.add(held[0]?.place ?? -1);
    seen.numbers.add(held[0]?.number ?? -1);
  }
  assert.ok(seen.places.size > 1 && seen.numbers.size > 1, "12 times the same: one chance in 8^11");
});

test("the size is known to the byte before anything is sealed", async () => {
  for (const [places, threshold] of [[4, 2], [5, 3], [6, 4], [31, 2], [32, 4]] as const) {
    assert.equal((await seal(people, places, threshold)).length, sealed_size(100, places, threshold), `${String(places)}, ${String(threshold)}`);
  }
  const twelve = [...people, ...Array.from({ length: 8 }, (_, i) => person("e" + String(i)))];
  assert.equal((await seal(twelve, 12, 10)).length, sealed_size(100, 12, 10), "a threshold of two digits");
});

const organisation = await make_organisation();
const kim = await make_member("kim", "Kim", ["legal"]);
const lapsed = await make_member("lee", "Lee", ["legal"], -1);
const members = [...organisation.members, kim, lapsed];
const keys = derive_reporter_keys("abacus abdomen abdominal abide abiding ability ablaze able");

function roster_with(threshold: number): Roster {
  const desks = [{ id: "legal", name: "Legal desk", description: "", threshold }, { id: "support", name: "Support desk", description: "", threshold: 1 }];
  const pin = parse_pin(organisation.pin);
  const check = pin === null ? null : check_roster(organisation.note({ desks, caseworkers: members.map(({ entry }) => entry) }), pin, today(), null);
  assert.ok(check?.fault === null);
  return check.roster;
}

function plan(roster: Roster, excluded: readonly string[], text = "He reads my messages.", files: readonly { name: string; content: Blob }[] = []): ReportPlan | PlanFault {
  const disclosure = { form: { id: "test", version: 1 }, language: "en", answers: { what_happened: text }, accused: {} };
  return plan_report({ disclosure, files, desk: "legal", audience: readers(roster, "legal", excluded), excluded, roster, keys, number: 0, following: FOLLOWS_NOTHING, day: today() });
}

test("a whole report: of one size whoever was left out; its readers open it together, and its manifest names them", async () => {
  const roster = roster_with(2);
  const sizes = new Set<number>();
  for (const [text, excluded, left] of [["a", [], ["robin", "sam", "kim"]], ["ü".repeat(20_000), ["robin"], ["sam", "kim"]]] as const) {
    const made = plan(roster, excluded, text);
    assert.ok(typeof made !== "string");
    const parts: Uint8Array[] = [];
    for await (const part of sealed_parts(made, [])) parts.push(part.slice());
    const sealed = concat(...parts);
    assert.equal(sealed.length, made.sealed_bytes);
    sizes.add(sealed.length);
    const identity_of = (id: string): string => members.find((member) => member.id === id)?.identity ?? "";
    const { plain, holders } = await open_together(sealed, members.map(({ id }) => identity_of(id)));
    assert.deepEqual(holders.held.map(({ audience }) => encode_hex(audience)), left.map(() => encode_hex(audience_hash(left))));
    const manifest = Buffer.from(plain).toString();
    for (const { id } of members) assert.equal(manifest.includes(`\naudience ${id}\n`), left.some((reader) => reader === id), id);
    await assert.rejects(open_together(sealed, [identity_of("sam")]));
  }
  assert.deepEqual([...sizes], [sealed_size(65536, roster.places, 2)]);
});

test("which files are safe is told by the place of the payload", () => {
  const files = [{ name: "a", content: { size: 3_000_000, type: "" } as Blob }, { name: "b", content: { size: 10, type: "" } as Blob }];
  const [together, alone] = [plan(roster_with(2), [], "a", files), plan(roster_with(1), [], "a", files)];
  assert.ok(typeof together !== "string" && typeof alone !== "string");
  const longer = together.sealed_bytes - alone.sealed_bytes;
  assert.deepEqual(attachment_ends(together), attachment_ends(alone).map((end) => end + longer));
});

test("nobody can leave out so many that the others could not open it", () => {
  const roster = roster_with(2);
  const ids = (excluded: readonly string[]): string[] => readers(roster, "legal", excluded).map(({ id }) => id);
  assert.deepEqual(ids(["robin"]), ["sam", "kim"]);
  assert.deepEqual(ids(["lee"]), ["robin", "sam", "kim"]);
  assert.deepEqual(ids(["robin", "sam"]), []);
  assert.equal(plan(roster, ["robin", "sam"]), "nobody-to-read");
  const said = new Unsent(() => undefined, null);
  said.choose_desk("legal");
  for (const [id, enough] of [["robin", true], ["lee", true], ["kim", false]] as const) {
    said.exclude(id, true);
    assert.equal(said.readers(roster).length >= said.threshold(roster), enough, id);
  }
});

test("a desk is offered if enough of it can receive today", () => {
  const offered = (threshold: number): string[] => open_desks(roster_with(threshold)).map(({ id }) => id);
  assert.deepEqual([1, 2, 3, 4].map(offered), [["legal", "support"], ["legal", "support"], ["legal", "support"], ["support"]], "of four, one has no key for today");
  assert.deepEqual(readers(roster_with(4), "legal", []), []);
  assert.equal(threshold_of(roster_with(3), "legal"), 3);
  assert.deepEqual(readers(roster_with(1), "nowhere", []), []);
});
