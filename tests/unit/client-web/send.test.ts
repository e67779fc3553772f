// SPDX-License-Identifier: AGPL-3.0-or-later
// The whole way of a report against a server that is made up here: it stores, answers 409 to other bytes, and can fall silent.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { NAMES_NOBODY, type SendOrder } from "../../../client-web/src/messages";
import { encode_hex } from "../../../client-web/src/protocol/bytes";
import { derive_report_secret, derive_reporter_keys, report_id } from "../../../client-web/src/protocol/codename";
import { today } from "../../../client-web/src/protocol/day";
import { sign_note } from "../../../client-web/src/protocol/note";
import { parse_pin } from "../../../client-web/src/protocol/pin";
import { check_roster, type Roster } from "../../../client-web/src/protocol/roster";
import { ReportNumbers, send_report, type Outcome } from "../../../client-web/src/send_report";
import { Cancelled, Pace } from "../../../client-web/src/upload/pace";
import { day_from_now, make_member, make_organisation } from "../../e2e/organisation";

const organisation = await make_organisation();
const lapsed = await make_member("kim", "Kim", ["legal"], -1);
const pin = parse_pin(organisation.pin);

function roster_with(changes: Record<string, unknown>): Roster {
  const check = pin === null ? null : check_roster(organisation.note(changes), pin, today(), null);
  assert.ok(check?.fault === null);
  return check.roster;
}

function roster_of(...more: readonly Record<string, unknown>[]): Roster {
  return roster_with({ caseworkers: [...organisation.members.map((member) => member.entry), ...more] });
}
const roster = roster_of(lapsed.entry);

class FakeServer {
  readonly stored = new Map<string, string>();
  readonly headers: Headers[] = [];
  /** The first stanza of each file. */
  readonly stanzas: string[] = [];
  /** Called after the bytes were stored, before the answer. */
  before_answer: () => Promise<void> = async () => undefined;
  day = today();

  constructor() {
    globalThis.fetch = (path, init) => this.answer(String(path), init ?? {});
  }

  private async answer(path: string, init: RequestInit): Promise<Response> {
    const id = /^\/v1\/reports\/([0-9a-f]{64})$/.exec(path)?.[1];
    assert.ok(id !== undefined && init.method === "PUT", path);
    this.headers.push(new Headers(init.headers));
    const sha256 = createHash("sha256").update(init.body as Uint8Array).digest("hex");
    this.stanzas.push(Buffer.from(init.body as Uint8Array).toString("latin1", 0, 100).split("\n")[1] ?? "");
    const before = this.stored.get(id);
    if (before !== undefined && before !== sha256) return new Response('{"type":"/problems/different-report"}', { status: 409 });
    this.stored.set(id, sha256);
    await this.before_answer();
    const text = "candour/v1/receipt\nreport " + id + "\nsha256 " + sha256 + "\nday " + this.day + "\n";
    return new Response(sign_note(text, organisation.receipt.name, organisation.receipt.seed), { status: 201 });
  }
}

const order: SendOrder = {
  follows: null, codename: "abacus abdomen abdominal abide abiding ability ablaze able", files: [], desk: "legal", excluded: [], readers: ["robin", "sam"], members: ["robin", "sam", "kim"], threshold: 1, naming: NAMES_NOBODY, releases: false,
  disclosure: { form: { id: "test", version: 1 }, language: "en", answers: { what_happened: "He reads my messages." }, accused: {} },
};

function send(numbers: ReportNumbers, changes: Partial<SendOrder> = {}, pace = new Pace(() => undefined), fresh = roster): Promise<Outcome> {
  return send_report({ ...order, ...changes }, fresh, numbers, pace, () => undefined);
}

test("Stop after the server has stored it, then Send again: she ends with a receipt", async () => {
  const server = new FakeServer();
  const numbers = new ReportNumbers();
  const pace = new Pace(() => undefined);
  server.before_answer = async () => {
    pace.cancel();
    throw new TypeError("aborted");
  };
  await assert.rejects(send(numbers, {}, pace), Cancelled);
  assert.equal(server.stored.size, 1);
  server.before_answer = async () => undefined;
  assert.equal((await send(numbers)).why, null);
  assert.equal(server.stored.size, 2);
  assert.equal(server.headers.length, 2, "the number was not tried again");
});

test("a number that the server knows with other bytes is passed over", async () => {
  const server = new FakeServer();
  assert.equal((await send(new ReportNumbers())).why, null);
  assert.equal((await send(new ReportNumbers())).why, null);
  assert.equal(server.stored.size, 2);
});

test("another codename begins at its own first number", () => {
  const numbers = new ReportNumbers();
  assert.deepEqual(["a", "a", "b", "b"].map((codename) => numbers.take(codename)), [0, 1, 0, 1]);
});

test("the length of a request does not tell who was left out", async () => {
  const lengths: number[] = [];
  for (const [excluded, readers] of [[[], ["robin", "sam"]], [["sam"], ["robin"]], [["robin"], ["sam"]], [["kim"], ["robin", "sam"]], [["kim", "sam"], ["robin"]]]) {
    const server = new FakeServer();
    assert.equal((await send(new ReportNumbers(), { excluded, readers })).why, null);
    const headers = server.headers[0];
    assert.equal(headers?.get("Candour-Audience"), readers?.join(","));
    lengths.push((headers?.get("Candour-Audience") ?? "").length + (headers?.get("Candour-Padding") ?? "").length);
  }
  assert.deepEqual(lengths, lengths.map(() => 35 * roster.places));
});

test("whoever of the desk changed meanwhile, with a key or without: she is asked again, and nothing is sent", async () => {
  const server = new FakeServer();
  const asked_again = async (fresh: Roster, changes: Partial<SendOrder> = {}): Promise<void> => {
    assert.equal((await send(new ReportNumbers(), changes, undefined, fresh)).why, "readers-changed");
  };
  const newcomer = await make_member("lee", "Lee", ["legal"], -1);
  const renewed = await make_member("kim", "Kim", ["legal"]);
  for (const excluded of [[], ["kim"]]) {
    await asked_again(roster_of(), { excluded });
    await asked_again(roster_of(lapsed.entry, newcomer.entry), { excluded });
    await asked_again(roster_of({ ...lapsed.entry, revoked: true }), { excluded });
    await asked_again(roster_of({ ...lapsed.entry, desks: ["support"] }), { excluded });
  }
  await asked_again(roster_of(renewed.entry));
  await asked_again(roster, { excluded: ["ada"] }); // of another desk
  assert.equal(server.stored.size, 0);
  assert.equal((await send(new ReportNumbers(), { excluded: ["kim"] }, undefined, roster_of(renewed.entry))).why, null, "she was left out, and stays so");
});

test("a receipt whose day is not today's, give or take one, is not believed", async () => {
  for (const [days, why] of [[-2, "receipt-day"], [-1, null], [0, null], [1, null], [2, "receipt-day"]] as const) {
    const server = new FakeServer();
    server.day = day_from_now(days);
    assert.equal((await send(new ReportNumbers())).why, why, String(days));
    assert.equal(server.stored.size, 1);
  }
});

test("what follows an earlier report takes a number of its own, by which nobody can find the others", async () => {
  const server = new FakeServer();
  const numbers = new ReportNumbers();
  for (let i = 0; i < 2; i += 1) assert.equal((await send(numbers, { follows: order.codename })).why, null);
  const ids = [...server.stored.keys()];
  const { seed } = derive_reporter_keys(order.codename);
  const first = Array.from({ length: 8 }, (_, n) => encode_hex(report_id(derive_report_secret(seed, n))));
  assert.equal(ids.length, 2);
  for (const id of ids) assert.ok(!first.includes(id));
  assert.equal((await send(numbers, { follows: "zoom zoom zoom zoom zoom zoom zoom zoom" })).why, null);
  assert.equal([...server.stored.keys()].at(-1), first[0], "another codename: its own first report");
});

test("to a desk that opens reports together, whatever is sent is shared out; to too few nothing is sent", async () => {
  const together = roster_with({ desks: [{ id: "legal", name: "Legal desk", description: "", threshold: 2 }, { id: "support", name: "Support desk", description: "", threshold: 1 }] });
  const members = ["robin", "sam"];
  const server = new FakeServer();
  const numbers = new ReportNumbers();
  for (const follows of [null, order.codename, "zoom zoom zoom zoom zoom zoom zoom zoom"]) {
    assert.equal((await send(numbers, { follows, members, threshold: 2 }, undefined, together)).why, null);
  }
  assert.deepEqual(server.stanzas, Array.from({ length: 3 }, () => "-> candour/v1/threshold 2"));
  assert.equal((await send(numbers, { excluded: ["sam"], readers: ["robin"], members, threshold: 2 }, undefined, together)).why, "readers-changed");
  assert.equal((await send(numbers, { members }, undefined, roster_with({}))).why, null);
  // The list has changed since she saw how many it takes: she is asked again, either way.
  assert.equal((await send(numbers, { members, threshold: 2 }, undefined, roster_with({}))).why, "readers-changed");
  assert.equal((await send(numbers, { members }, undefined, together)).why, "readers-changed");
  assert.equal(server.stanzas.length, 4);
  assert.match(server.stanzas[3] ?? "", /^-> mlkem768x25519 /);
});
