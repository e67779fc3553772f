// SPDX-License-Identifier: AGPL-3.0-or-later
// What follows every report where reports are matched, with a server and key holders that are made up here: the same requests of the same sizes
// whatever is in them; a report that is held opens by what its companion holds, and by nothing else.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { Decrypter } from "age-encryption";
import { NAMES_NOBODY, type NamingOrder, type SendOrder } from "../../../client-web/src/messages";
import { concat, decode_base64, encode_base64, encode_hex, type Bytes } from "../../../client-web/src/protocol/bytes";
import { derive_match_release, derive_report_secret, derive_reporter_keys, report_id } from "../../../client-web/src/protocol/codename";
import { today } from "../../../client-web/src/protocol/day";
import { derive } from "../../../client-web/src/protocol/derive";
import { encode_identifier, normalise_identifier } from "../../../client-web/src/protocol/identifier";
import { match_part } from "../../../client-web/src/protocol/match_share";
import { parse_note, signed_by, sign_note } from "../../../client-web/src/protocol/note";
import { parse_pin } from "../../../client-web/src/protocol/pin";
import { identity_of_seed } from "../../../client-web/src/protocol/recipient";
import { check_roster, type Roster } from "../../../client-web/src/protocol/roster";
import { sealed_size } from "../../../client-web/src/seal/plan";
import { send_companion } from "../../../client-web/src/send_companion";
import { ReportNumbers, send_report, type Outcome } from "../../../client-web/src/send_report";
import { Cancelled, Pace } from "../../../client-web/src/upload/pace";
import { make_organisation } from "../../e2e/organisation";
import { answer_batch, draw_holders, evaluate_directly, matching_entry, type Holder } from "../../e2e/evaluation_holders";

const organisation = await make_organisation();
const { matching, holders, key } = draw_holders(2, 3, ["ada", "robin", "sam"]);
const CODENAME = "abacus abdomen abdominal abide abiding ability ablaze able";
const keys = derive_reporter_keys(CODENAME);

function roster_with(changes: Record<string, unknown> = {}): Roster {
  const pin = parse_pin(organisation.pin);
  const check = pin === null ? null : check_roster(organisation.note({ matching: matching_entry(matching), ...changes }), pin, today(), null);
  assert.ok(check?.fault === null);
  return check.roster;
}
const roster = roster_with();

interface Asked {
  readonly method: string;
  readonly what: string;
  readonly bytes: number;
  readonly headers: Headers;
}

/** It keeps everything; who answers a batch, and when, is said by `answers`. */
class FakeServer {
  readonly asked: Asked[] = [];
  readonly reports = new Map<string, Uint8Array>();
  readonly companions = new Map<string, Uint8Array>();
  /** For the first, second … time that is asked. */
  answers: (batch: Uint8Array, times: number) => readonly (readonly [Holder, Bytes])[] = (batch, times) => (times < 2 ? [] : holders.slice(1).map((holder) => [holder, answer_batch(holder, batch)] as const));
  refuse: string | null = null;
  down = false;
  private batch: Uint8Array = new Uint8Array(0);
  private times = 0;

  constructor() {
    globalThis.fetch = (path, init) => this.answer(String(path), init ?? {});
  }

  private async answer(path: string, init: RequestInit): Promise<Response> {
    if (this.down) throw new TypeError("no network");
    const [, id = "", what = ""] = /^\/v1\/reports\/([0-9a-f]{64})(?:\/([a-z]+))?$/.exec(path) ?? assert.fail(path);
    const body = init.body instanceof Uint8Array ? new Uint8Array(init.body) : new Uint8Array(0);
    const headers = new Headers(init.headers);
    this.asked.push({ method: init.method ?? "", what, bytes: body.length, headers });
    if (what === this.refuse) return new Response('{"type":"/problems/no-such-report"}', { status: 404 });
    if (what === "") {
      this.reports.set(id, body);
      const sha256 = createHash("sha256").update(body).digest("hex");
      return new Response(sign_note("candour/v1/receipt\nreport " + id + "\nsha256 " + sha256 + "\nday " + today() + "\n", organisation.receipt.name, organisation.receipt.seed), { status: 201 });
    }
    const secret = /^Secret ([0-9a-f]{64})$/.exec(headers.get("Authorization") ?? "")?.[1] ?? assert.fail();
    assert.equal(encode_hex(report_id(new Uint8Array(Buffer.from(secret, "hex")))), id, "only who made the report has its secret");
    if (what === "companion") {
      this.companions.set(id, body);
      return new Response(null, { status: 201 });
    }
    if (init.method === "PUT") this.batch = body;
    const answered = this.answers(this.batch, (this.times += 1));
    return new Response(concat(...answered.map(([{ number }, bytes]) => concat(Uint8Array.of(number), bytes))));
  }
}

const order: SendOrder = {
  follows: null, codename: CODENAME, files: [], desk: "legal", excluded: [], readers: ["robin", "sam"], members: ["robin", "sam"], threshold: 1,
  disclosure: { form: { id: "test", version: 1 }, language: "en", answers: { what_happened: "He reads my messages." }, accused: {} },
  naming: NAMES_NOBODY, releases: false,
};

const input = (number: string): Bytes => {
  const made = normalise_identifier("collar-number", ["metropolitan", number]);
  assert.ok(made.fault === null);
  return encode_identifier(made.identifier);
};
const names = (more: Partial<NamingOrder> = {}): NamingOrder => ({ inputs: [input("123AB"), input("PC 77 CD")], excluded: [], hold: null, ...more });

/** Both steps, as the Worker takes them; rests are cut short. */
async function send(changes: Partial<SendOrder> = {}, fresh = roster, numbers = new ReportNumbers()): Promise<{ outcome: Outcome; companion: "stored" | "refused" | null }> {
  const outcome = await send_report({ ...order, ...changes }, fresh, numbers, new Pace(() => undefined), () => undefined);
  if (outcome.why !== null || outcome.companion === null) return { outcome, companion: null };
  const pace = new Pace(() => undefined);
  const hurry = setInterval(() => pace.resume(), 5);
  try {
    return { outcome, companion: await send_companion(outcome.companion, pace) };
  } finally {
    clearInterval(hurry);
  }
}

const only = <T>(all: ReadonlyMap<string, T>): T => [...all.values()][0] ?? assert.fail();

async function opened(sealed: Uint8Array, identity: string): Promise<Uint8Array | null> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(sealed).catch(() => null);
}
const identity_of = (id: string): string => organisation.members.find((member) => member.id === id)?.identity ?? assert.fail();

interface Companion {
  readonly lines: ReadonlyMap<string, readonly string[]>;
  readonly slots: readonly Uint8Array[];
}

async function companion_in(server: FakeServer, id = "robin"): Promise<Companion> {
  const plain = await opened(only(server.companions), identity_of(id)) ?? assert.fail("not for " + id);
  assert.equal(plain.length, 16384);
  const note = parse_note(new TextDecoder().decode(plain).replace(/\0+$/, "")) ?? assert.fail();
  assert.equal(signed_by(note, { name: "candour/author", hash: note.signatures[0]?.hash ?? new Uint8Array(0), key: keys.authorship_key }), "good");
  const lines = new Map<string, string[]>();
  for (const line of note.text.split("\n").slice(1, -1)) {
    const [name = "", value = ""] = line.split(/ (.*)/);
    lines.set(name, [...(lines.get(name) ?? []), value]);
  }
  return { lines, slots: (lines.get("slot") ?? []).map((slot) => decode_base64(slot) ?? assert.fail()) };
}

/** With a name that somebody else gave too, k of them found its root: what the wrap of that slot holds, or null. */
function unwrapped({ lines, slots }: Companion, named: Uint8Array, threshold: 2 | 3): Bytes | null {
  const { root, sent } = match_part(threshold, evaluate_directly(key, named), keys.authorship_key);
  const slot = slots.find((one) => Buffer.from(one).includes(Buffer.from(sent))) ?? assert.fail("no slot of this name");
  const info = "candour/v1/match-wrap/" + (lines.get("report")?.[0] ?? "") + "/" + encode_hex(keys.authorship_key) + "/" + encode_hex(decode_base64(lines.get("salt")?.[0] ?? "") ?? assert.fail());
  return open_once(derive(root, info), slot.slice(-48)) as Bytes | null;
}

function open_once(once: Bytes, sealed: Uint8Array): Uint8Array | null {
  try {
    return chacha20poly1305(once, new Uint8Array(12)).decrypt(sealed);
  } catch {
    return null;
  }
}
const field = ({ lines }: Companion, name: string): Bytes => decode_base64(lines.get(name)?.[0] ?? "") ?? assert.fail();

test("every report is followed by the same requests of the same sizes: whoever she names, whatever is held, whomever she leaves out", async () => {
  const shapes: unknown[] = [];
  const hold = { threshold: 3, contact: "Ring 000." } as const;
  const kinds: readonly Partial<SendOrder>[] = [
    {}, { naming: names() }, { naming: names({ hold: { threshold: 2, contact: null } }) }, { naming: names({ hold, excluded: ["ada"] }) }, { excluded: ["sam"], readers: ["robin"] },
    { naming: names({ inputs: Array.from({ length: 8 }, (_, i) => input(`${i + 1}AB`)) }) }, { follows: CODENAME }, { follows: CODENAME, releases: true }, { follows: "zoom zoom zoom zoom zoom zoom zoom zoom" },
  ];
  for (const changes of kinds) {
    const server = new FakeServer();
    const { outcome, companion } = await send(changes);
    assert.deepEqual([outcome.why, companion], [null, "stored"]);
    const length = (headers: Headers, ...all: string[]): number => all.reduce((sum, name) => sum + (headers.get(name) ?? "").length, 0);
    shapes.push(server.asked.map(({ method, what, bytes, headers }) => [method, what, bytes, [...headers.keys()].sort(), length(headers, "Candour-Audience", "Candour-Padding"), length(headers, "Authorization")]));
    assert.equal(only(server.companions).length, sealed_size(16384, roster.places));
  }
  for (const shape of shapes) assert.deepEqual(shape, shapes[0]);
  assert.deepEqual((shapes[0] as unknown[][]).map(([method, what, bytes]) => [method, what, bytes]), [
    ["PUT", "", sealed_size(65536, roster.places)], ["PUT", "evaluation", 256], ["GET", "evaluation", 0], ["PUT", "companion", sealed_size(16384, roster.places)],
  ]);
});

test("the companion goes to those who match, without whom she left out of her report or of this, and says so", async () => {
  for (const [changes, audience, excluded] of [
    [{}, ["ada", "robin", "sam"], []],
    [{ excluded: ["sam"], readers: ["robin"] }, ["ada", "robin"], ["sam"]],
    [{ excluded: ["sam"], readers: ["robin"], naming: names({ excluded: ["ada", "sam"] }) }, ["robin"], ["ada", "sam"]],
  ] as const) {
    const server = new FakeServer();
    await send(changes);
    assert.equal(server.asked.at(-1)?.headers.get("Candour-Audience"), audience.join(","));
    for (const { id, identity } of organisation.members) {
      assert.equal((await opened(only(server.companions), identity)) !== null, (audience as readonly string[]).includes(id), id);
    }
    const { lines } = await companion_in(server);
    assert.deepEqual(lines.get("exclude") ?? [], excluded);
    assert.deepEqual([lines.get("roster"), lines.get("key"), lines.get("author")], [[roster.hash], [encode_hex(matching.public_key)], [encode_base64(keys.authorship_key)]]);
    assert.deepEqual(lines.get("report"), [...server.reports.keys()]);
  }
});

test("nobody who matches is left, or reports are not matched, or the holders' keys do not belong together: nothing follows, and nothing can be held", async () => {
  const hold = { threshold: 2, contact: null } as const;
  const apart = { ...matching, holders: matching.holders.map((holder, i) => (i === 1 ? { ...holder, public_share: matching.public_key } : holder)) };
  for (const [fresh, naming] of [[roster, names({ excluded: ["ada", "robin", "sam"] })], [roster_with({ matching: undefined }), names()], [roster_with({ matching: matching_entry(apart) }), names()]] as const) {
    const server = new FakeServer();
    const { outcome, companion } = await send({ naming }, fresh);
    assert.deepEqual([outcome.why, companion, server.asked.length], [null, null, 1]);
    assert.equal((await send({ naming: { ...naming, hold } }, fresh)).outcome.why, "cannot-hold");
    assert.equal(server.asked.length, 1);
  }
  const server = new FakeServer();
  assert.equal((await send({ naming: names({ inputs: [], hold }) })).outcome.why, "cannot-hold", "for nobody");
  const desks = [{ id: "legal", name: "Legal desk", description: "", threshold: 2 }, { id: "support", name: "Support desk", description: "", threshold: 1 }];
  assert.equal((await send({ threshold: 2, naming: names({ hold }) }, roster_with({ desks }))).outcome.why, "cannot-hold", "one alone could open it after a match");
  assert.equal((await send({ threshold: 2, naming: names() }, roster_with({ desks }))).companion, "stored");
  assert.equal(server.reports.size, 1);
});

test("sent now: its readers open the report, and no name opens anything of the companion", async () => {
  const server = new FakeServer();
  await send({ naming: names() });
  assert.ok((await opened(only(server.reports), identity_of("robin"))) !== null);
  const companion = await companion_in(server);
  const secret = unwrapped(companion, input("123AB"), 2) ?? assert.fail();
  assert.deepEqual(unwrapped(companion, input("77CD"), 2), secret, "one for all that she names");
  assert.equal(open_once(derive(secret, "candour/v1/match-body"), field(companion, "body")), null);
  assert.equal(open_once(derive(secret, "candour/v1/match-contact"), field(companion, "contact")), null);
});

test("held: nobody opens the report but with what two or three who name him find in the companion", async () => {
  for (const threshold of [2, 3] as const) {
    const server = new FakeServer();
    await send({ naming: names({ hold: { threshold, contact: null } }) });
    for (const { identity, id } of organisation.members) assert.equal(await opened(only(server.reports), identity), null, id);
    const companion = await companion_in(server);
    assert.equal(unwrapped(companion, input("123AB"), threshold === 2 ? 3 : 2), null);
    const secret = unwrapped(companion, input("123AB"), threshold) ?? assert.fail();
    const seed = open_once(derive(secret, "candour/v1/match-body"), field(companion, "body")) as Bytes;
    const plain = await opened(only(server.reports), identity_of_seed(seed)) ?? assert.fail();
    const text = new TextDecoder().decode(plain);
    assert.ok(text.includes("He reads my messages.") && text.includes("audience robin\naudience sam\n"), "the manifest names its readers as ever");
    assert.equal(open_once(derive(secret, "candour/v1/match-contact"), field(companion, "contact")), null);
  }
});

test("held, asked first: her words open, the report only with what she hands over in a follow-up", async () => {
  const server = new FakeServer();
  await send({ naming: names({ hold: { threshold: 2, contact: "Ring 000.\nNot on Fridays." } }) });
  const companion = await companion_in(server);
  const secret = unwrapped(companion, input("77CD"), 2) ?? assert.fail();
  const contact = open_once(derive(secret, "candour/v1/match-contact"), field(companion, "contact")) ?? assert.fail();
  assert.equal(new TextDecoder().decode(contact).replace(/\0+$/, ""), "Ring 000.\nNot on Fridays.");
  assert.equal(open_once(derive(secret, "candour/v1/match-body"), field(companion, "body")), null);

  const later = new FakeServer();
  await send({ follows: CODENAME, releases: true });
  const json = new TextDecoder().decode(await opened(only(later.reports), identity_of("sam")) ?? assert.fail());
  const said = JSON.parse(/\{"format":"candour\/v1\/report".*?\}(?=\0)/.exec(json)?.[0] ?? "") as { releases: { report: string; release: string }[] };
  assert.equal(said.releases.length, 8);
  assert.deepEqual(said.releases.map(({ report }) => report), Array.from({ length: 8 }, (_, n) => encode_hex(report_id(derive_report_secret(keys.seed, n)))));
  assert.deepEqual(said.releases.map(({ release }) => release), Array.from({ length: 8 }, (_, n) => encode_base64(derive_match_release(keys.seed, n))));
  const held = said.releases.find(({ report }) => report === companion.lines.get("report")?.[0]) ?? assert.fail();
  const seed = open_once(derive(concat(secret, decode_base64(held.release) ?? assert.fail()), "candour/v1/match-body"), field(companion, "body")) as Bytes;
  assert.ok((await opened(only(server.reports), identity_of_seed(seed))) !== null);

  const plain = new FakeServer();
  await send({ follows: CODENAME });
  assert.ok(!new TextDecoder().decode(await opened(only(plain.reports), identity_of("sam")) ?? assert.fail()).includes("releases"), "only where she chose it");
});

test("answers that are wrong are waited for no longer once too few are left; a refusal ends it; without a network it goes on", async () => {
  const wrong = new Uint8Array(320);
  const lying = new FakeServer();
  lying.answers = () => holders.slice(1).map((holder) => [holder, wrong] as const);
  assert.equal((await send({ naming: names() })).companion, "refused");
  assert.equal(lying.companions.size, 0);
  const late = new FakeServer();
  late.answers = (batch, times) => [[holders[0] as Holder, wrong] as const, ...holders.slice(1, times).map((holder) => [holder, answer_batch(holder, batch)] as const)];
  assert.equal((await send({ naming: names() })).companion, "stored", "two of the three are right");
  for (const what of ["evaluation", "companion"]) {
    const server = new FakeServer();
    server.refuse = what;
    const { outcome, companion } = await send();
    assert.deepEqual([outcome.why, companion], [null, "refused"], "the report has arrived all the same");
  }
  const server = new FakeServer();
  const outcome = await send_report(order, roster, new ReportNumbers(), new Pace(() => undefined), () => undefined);
  assert.ok(outcome.why === null && outcome.companion !== null);
  server.down = true;
  const told: string[] = [];
  const pace = new Pace((state) => told.push(state));
  const going = send_companion(outcome.companion, pace);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(told, ["waiting"]);
  server.down = false;
  const hurry = setInterval(() => pace.resume(), 5);
  assert.equal(await going, "stored");
  clearInterval(hurry);
});

test("sent after all: what follows the one that was to be held stops, and the next goes under another number", async () => {
  const server = new FakeServer();
  server.answers = () => [];
  const numbers = new ReportNumbers();
  const outcome = await send_report({ ...order, naming: names({ hold: { threshold: 2, contact: null } }) }, roster, numbers, new Pace(() => undefined), () => undefined);
  assert.ok(outcome.why === null && outcome.companion !== null);
  const seed = outcome.companion.identity_seed ?? assert.fail();
  const pace = new Pace(() => undefined);
  const going = send_companion(outcome.companion, pace);
  await new Promise((resolve) => setTimeout(resolve, 20));
  pace.cancel();
  await assert.rejects(going, Cancelled);
  assert.ok(seed.every((byte) => byte === 0), "what would have opened it is wiped");
  server.answers = (batch) => holders.map((holder) => [holder, answer_batch(holder, batch)] as const);
  assert.equal((await send({ naming: names() }, roster, numbers)).companion, "stored");
  const ids = [...server.reports.keys()];
  assert.deepEqual(ids, [0, 1].map((n) => encode_hex(report_id(derive_report_secret(keys.seed, n)))));
  assert.ok((await opened(server.reports.get(ids[1] ?? "") ?? assert.fail(), identity_of("robin"))) !== null);
});
