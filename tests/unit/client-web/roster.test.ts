// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { characters_in } from "../../../client-web/src/protocol/form";
import { encode_verifier, parse_note, parse_verifier, sign_note, signed_by } from "../../../client-web/src/protocol/note";
import { parse_pin } from "../../../client-web/src/protocol/pin";
import { open_desks, desk_audience, readers } from "../../../client-web/src/protocol/readers";
import { check_roster, type RosterFault } from "../../../client-web/src/protocol/roster";
import { day_from_now, make_key_holder, make_organisation } from "../../e2e/organisation";

const organisation = await make_organisation();
const pin = parse_pin(organisation.pin);
assert.ok(pin !== null);
const today = day_from_now(0);
const fault_of = (note: string, seen: { version: number; hash: string } | null = null): RosterFault | null => check_roster(note, pin, today, seen).fault;

test("a good roster is taken", () => {
  const check = check_roster(organisation.note(), pin, today, null);
  assert.ok(check.fault === null);
  assert.deepEqual(desk_audience(check.roster, "legal").map((c) => c.id), ["robin", "sam"]);
  assert.deepEqual(readers(check.roster, "legal", ["robin"]).map((c) => c.id), ["sam"]);
});

test("each kind of wrong roster is refused for its own reason", () => {
  const good = organisation.note();
  const stranger = make_key_holder("candour/root-key/test");
  const text = good.slice(0, good.lastIndexOf("\n\n") + 1);
  assert.equal(fault_of("hello"), "not-a-roster");
  assert.equal(fault_of(text), "not-a-roster");
  assert.equal(fault_of(sign_note(text, stranger.name, stranger.seed)), "unsigned");
  assert.equal(fault_of(good.replace("Candour test", "Candour tess")), "wrong-signature");
  assert.equal(fault_of(organisation.note({ valid_from: day_from_now(-50), valid_until: day_from_now(-1) })), "expired");
  assert.equal(fault_of(organisation.note({ valid_from: day_from_now(1) })), "not-yet-valid");
  assert.equal(fault_of(good, { version: 8, hash: "" }), "older");
  assert.equal(fault_of(good, { version: 7, hash: "00" }), "different-text");
  assert.equal(fault_of(organisation.note({ valid_until: day_from_now(130) })), "malformed");
  assert.equal(fault_of(organisation.note({ places: 1 })), "malformed");
  assert.equal(fault_of(organisation.note({ places: 33 })), "malformed");
  assert.equal(fault_of(organisation.note({ format: "candour/v2/roster" })), "malformed");
  assert.equal(fault_of(organisation.note({ desks: [] })), "malformed");
});

test("the helplines of an expired roster are still there, those of a forged one are not", () => {
  const expired = check_roster(organisation.note({ valid_from: day_from_now(-50), valid_until: day_from_now(-1) }), pin, today, null);
  assert.equal(expired.fault !== null && expired.roster?.helplines[0]?.name, "Refuge");
  const forged = check_roster(organisation.note().replace("0808", "0900"), pin, today, null);
  assert.equal(forged.fault !== null && forged.roster, null);
});

test("two of three: one signature is too few, two will do, the same one twice will not", () => {
  const holders = ["anna", "beth", "cara"].map((name) => make_key_holder("candour/root-key/" + name));
  const two = parse_pin("candour/v1/pin\nquorum 2\n" + holders.map((holder) => "key " + holder.verifier + "\n").join(""));
  assert.ok(two !== null);
  const text = JSON.stringify(organisation.roster()) + "\n";
  const lines = holders.map((holder) => sign_note(text, holder.name, holder.seed).slice(text.length + 1));
  const fault = (...signatures: (string | undefined)[]): RosterFault | null => check_roster(text + "\n" + signatures.join(""), two, today, null).fault;
  assert.equal(fault(lines[0]), "too-few-signatures");
  assert.equal(fault(lines[0], lines[0]), "too-few-signatures");
  assert.equal(fault(lines[2], lines[0]), null);
});

test("where every key has lapsed no desk can be written to", () => {
  const later = check_roster(organisation.note({ valid_from: day_from_now(0), valid_until: day_from_now(90) }), pin, day_from_now(61), null);
  assert.deepEqual(later.fault === null && open_desks(later.roster), []);
});

test("pins: strict", () => {
  const key = "key " + organisation.root.verifier + "\n";
  assert.ok(parse_pin("candour/v1/pin\nquorum 1\n" + key) !== null);
  for (const wrong of [
    "", "candour/v1/pin\nquorum 1\n", "candour/v1/pin\nquorum 2\n" + key, "candour/v1/pin\nquorum 0\n" + key, "candour/v1/pin\nquorum 01\n" + key,
    "candour/v1/pin\nquorum 1\n" + key + key, "candour/v2/pin\nquorum 1\n" + key, "candour/v1/pin\nquorum 1\n" + key.trimEnd(), "candour/v1/pin\nquorum 1\n" + key + "\n",
    "candour/v1/pin\nquorum 1\n" + key.replace("root", "receipt"),
    "candour/v1/pin\nquorum 1\n" + key + "key " + make_key_holder(organisation.root.name).verifier + "\n",
  ]) assert.equal(parse_pin(wrong), null, wrong);
});

test("notes: the example of C2SP verifies, and changes of it do not", () => {
  const verifier = parse_verifier("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  const whole = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
  const note = parse_note(whole);
  assert.ok(note !== null && verifier !== null);
  assert.equal(signed_by(note, verifier), "good");
  const changed = parse_note(whole.replace("then", "than"));
  assert.equal(changed !== null && signed_by(changed, verifier), "wrong");
  assert.equal(parse_verifier("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"), null);
  for (const wrong of ["text\n", "text\n\n", "text\n\n— a AAAA", "text\n\n- a AAAAAAAA\n", "te\u0001xt\n\n— a AAAAAAAA\n", "text\n\n— a b AAAAAAAA\n"]) assert.equal(parse_note(wrong), null, wrong);
});

test("names of keys: Unicode's white space, and no plus", () => {
  const { verifier } = make_key_holder("candour/root-key/test");
  const named = (name: string): string => encode_verifier(name, parse_verifier(verifier)?.key ?? new Uint8Array(32));
  for (const good of ["a", "\ufeff", "\u007f", "\ufffd", "x".repeat(255)]) assert.equal(parse_verifier(named(good))?.name, good);
  for (const wrong of ["", "a b", "a\u0085", "a\u00a0", "a\u2028", "a\u0001", "x".repeat(256)]) assert.equal(parse_verifier(named(wrong)), null, wrong);
});

test("form: lengths are counted in code points", () => {
  assert.equal(characters_in("Łé\u{1F600}"), 3);
});
