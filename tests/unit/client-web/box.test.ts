// SPDX-License-Identifier: AGPL-3.0-or-later
// The box of a codename, and what she sends from it, against a line and a server that are made up here.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Box } from "../../../client-web/src/box";
import type { BoxNews, ToCheckIn } from "../../../client-web/src/messages";
import { bytes_of_text, encode_hex, random_bytes } from "../../../client-web/src/protocol/bytes";
import { derive_report_secret, derive_reporter_keys, draw_follow_up_number, report_id } from "../../../client-web/src/protocol/codename";
import { look_again_day, today } from "../../../client-web/src/protocol/day";
import { drop_tag, reply_address, seal_drop } from "../../../client-web/src/protocol/drop";
import { Slots } from "../../../client-web/src/check_in/slots";
import type { Tag } from "../../../client-web/src/protocol/drop_index";
import { sign_note } from "../../../client-web/src/protocol/note";
import { parse_pin } from "../../../client-web/src/protocol/pin";
import { check_roster, type Roster } from "../../../client-web/src/protocol/roster";
import { WordList } from "../../../client-web/src/protocol/words";
import { Cancelled, Pace } from "../../../client-web/src/upload/pace";
import { ask_withdrawal } from "../../../client-web/src/withdraw";
import { make_organisation } from "../../e2e/organisation";

const CODENAME = "abacus abdomen abdominal abide abiding ability ablaze able";
const OTHER = "able ablaze ability abiding abide abdominal abdomen abacus";
const keys = derive_reporter_keys(CODENAME);
const organisation = await make_organisation();
const pin = parse_pin(organisation.pin);
assert.ok(pin !== null);

function roster_of(changes: Record<string, unknown> = {}): Roster {
  const check = check_roster(organisation.note(changes), pin as NonNullable<typeof pin>, today(), null);
  assert.ok(check.fault === null);
  return check.roster;
}
const roster = roster_of();

const place = (caseworker: string, number: number): Tag => drop_tag(reply_address(keys.mailbox_root, caseworker, number));

async function body_of(caseworker: string, number: number, day: string, words: string): Promise<Uint8Array<ArrayBuffer>> {
  const signer = organisation.members.find(({ id }) => id === caseworker)?.signer;
  assert.ok(signer !== undefined);
  const hex = "0".repeat(64);
  const text = `candour/v1/reply\nreport ${hex}\nsha256 ${hex}\nto ${keys.reply_recipient}\nnumber ${number}\nday ${day}\nkind message\ntext\n${words}\n`;
  return seal_drop(bytes_of_text(sign_note(text, signer.name, signer.seed)), keys.reply_recipient);
}

interface Made {
  readonly box: Box;
  readonly wanted: () => readonly Tag[];
  readonly wants: readonly ToCheckIn[];
  readonly news: readonly BoxNews[];
  /** Once everything that was begun is done. */
  readonly last: () => Promise<BoxNews | undefined>;
}

function make_box(): Made {
  const wants: ToCheckIn[] = [];
  const news: BoxNews[] = [];
  const box = new Box({ postMessage: (message) => void wants.push(message) }, (said) => void news.push(said));
  return {
    box, wants, news, wanted: () => wants.at(-1)?.want ?? [],
    last: async () => {
      for (let before = -1; before !== news.length; ) {
        before = news.length;
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
      return news.at(-1);
    },
  };
}

const index = [place("robin", 0), place("sam", 0), place("sam", 1), encode_hex(random_bytes(8))];

test("what is hers is wanted, opened, checked, and told in the order of its days; the rest is thrown away", async () => {
  const { box, wanted, last } = make_box();
  box.open(CODENAME);
  assert.deepEqual(await last(), { searched: false, no_answer: false, to_come: 0, replies: [] });
  box.take_roster(roster);
  box.hear({ index: null });
  assert.deepEqual(await last(), { searched: false, no_answer: true, to_come: 0, replies: [] }, "she is told that there is no line");
  box.hear({ index });
  assert.deepEqual(await last(), { searched: true, no_answer: false, to_come: 3, replies: [] });
  assert.deepEqual([...wanted()].sort(), index.slice(0, 3).sort());
  box.hear({ bodies: [
    { tag: place("sam", 1), body: await body_of("sam", 1, "2026-11-24", "Second") },
    { tag: index[3] ?? "", body: await body_of("robin", 1, "2026-11-24", "Of a cover") },
    { tag: place("sam", 0), body: await body_of("sam", 0, "2026-11-23", "First") },
  ] });
  const told = await last();
  assert.equal(told?.to_come, 1);
  assert.equal(told?.no_answer, true, "three of four bodies came");
  assert.deepEqual(told?.replies.map(({ words }) => words), ["First", "Second"]);
  box.hear({ bodies: [{ tag: place("robin", 0), body: null }] });
  assert.equal((await last())?.to_come, 0, "what the server no longer has is not waited for");
});

test("an invented codename: searched, nothing wanted, nothing told", async () => {
  const { box, wanted, last } = make_box();
  box.take_roster(roster);
  box.hear({ index });
  box.open(OTHER);
  assert.deepEqual(await last(), { searched: true, no_answer: false, to_come: 0, replies: [] });
  assert.deepEqual(wanted(), []);
});

test("closed and opened again: the messages are there without being fetched twice; closed, it wants and tells nothing", async () => {
  const { box, wanted, news, last } = make_box();
  box.take_roster(roster);
  box.hear({ index: index.slice(1, 2) });
  box.open(CODENAME);
  box.hear({ bodies: [{ tag: place("sam", 0), body: await body_of("sam", 0, "2026-11-23", "First") }] });
  assert.equal((await last())?.replies.length, 1);
  const open_keys = box.keys;
  box.close();
  assert.deepEqual(wanted(), []);
  assert.ok(open_keys !== null && open_keys.seed.every((byte) => byte === 0), "wiped");
  const told = news.length;
  box.hear({ bodies: [{ tag: place("sam", 0), body: null }] });
  await last();
  assert.equal(news.length, told);
  box.open(CODENAME);
  assert.deepEqual((await last())?.replies.map(({ words }) => words), ["First"]);
});

test("closed between the answer and the end of its slot: the message is there when she opens it again, though it is not asked for again", async () => {
  const { box, wants, wanted, last } = make_box();
  const slots = new Slots({ pick: (without) => index.find((tag) => !without.includes(tag) && tag !== place("sam", 0)) ?? encode_hex(random_bytes(8)) });
  box.take_roster(roster);
  box.hear({ index: [place("sam", 0)] });
  box.open(CODENAME);
  assert.equal((await last())?.to_come, 1);
  slots.want(wanted());
  const slot = slots.next();
  assert.ok(slot.includes(place("sam", 0)));
  for (const tag of slot) slots.note(tag, true);
  box.close();
  slots.want(wanted());
  const body = await body_of("sam", 0, "2026-11-23", "First");
  box.hear({ bodies: slot.map((tag) => ({ tag, body: tag === place("sam", 0) ? body : null })) });
  box.open(OTHER);
  assert.deepEqual([(await last())?.replies, wanted()], [[], []], "it is not for another codename");
  box.open(CODENAME);
  const told = await last();
  assert.deepEqual([told?.to_come, told?.replies.map(({ words }) => words)], [0, ["First"]]);
  slots.want(wanted());
  for (let i = 0; i < 20; i += 1) {
    const next = slots.next();
    assert.ok(!next.includes(place("sam", 0)), "asking again would show whose it is");
    for (const tag of next) slots.note(tag, true);
  }
  assert.deepEqual(wants.map(({ want }) => want.length), [0, 1, 0, 0, 0, 0, 1], "what is named does not change by what came");
});

test("a reply is skipped that its author did not write for this place, or whose author is revoked meanwhile", async () => {
  const { box, last } = make_box();
  box.take_roster(roster);
  box.hear({ index });
  box.open(CODENAME);
  const by_robin = await body_of("robin", 0, "2026-11-23", "By Robin");
  box.hear({ bodies: [{ tag: place("sam", 0), body: by_robin }, { tag: place("sam", 1), body: await body_of("sam", 0, "2026-11-23", "Moved") }, { tag: place("robin", 0), body: by_robin }] });
  const told = await last();
  assert.deepEqual([told?.to_come, told?.replies.map(({ words }) => words)], [0, ["By Robin"]]);
  const caseworkers = organisation.members.map(({ id, entry }) => ({ ...entry, revoked: id === "robin" }));
  box.take_roster(roster_of({ caseworkers }));
  assert.deepEqual((await last())?.replies, []);
});

test("withdrawing asks for the ids 0 to 7 with their secrets, all eight, over a line that breaks", async () => {
  const asked: string[] = [];
  let requests = 0;
  globalThis.fetch = async (path, init) => {
    requests += 1;
    if (requests === 3) throw new TypeError("broken");
    asked.push(`${String(init?.method)} ${String(path)} ${String(new Headers(init?.headers).get("Authorization"))}`);
    return new Response(null, { status: 204 });
  };
  const states: string[] = [];
  for (const [verb, method] of [["withdraw", "PUT"], ["take-back", "DELETE"]] as const) {
    asked.length = 0;
    await ask_withdrawal(keys, verb, new Pace((state) => void states.push(state)));
    assert.deepEqual(asked, Array.from({ length: 8 }, (_, n) => {
      const secret = derive_report_secret(keys.seed, n);
      return `${method} /v1/reports/${encode_hex(report_id(secret))}/withdrawal Secret ${encode_hex(secret)}`;
    }));
  }
  assert.deepEqual(states, ["waiting", "going"]);
  const pace = new Pace(() => undefined);
  pace.cancel();
  asked.length = 0;
  await assert.rejects(ask_withdrawal(keys, "withdraw", pace), Cancelled);
  assert.deepEqual(asked, []);
});

test("numbers of follow-ups: from 2^16 to 2^48 - 1, not twice", () => {
  const numbers = Array.from({ length: 500 }, draw_follow_up_number);
  assert.ok(numbers.every((number) => Number.isSafeInteger(number) && number >= 2 ** 16 && number < 2 ** 48));
  assert.equal(new Set(numbers).size, 500);
  assert.ok(Math.max(...numbers) > 2 ** 46, "the whole range");
});

test("an answer is looked for three days on, and never on a weekend", () => {
  assert.deepEqual(["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-12-29"].map(look_again_day),
    ["2026-11-26", "2026-11-27", "2026-11-30", "2026-11-30", "2026-11-30", "2027-01-01"]);
});

test("words are completed in the order of the list, a few of them", () => {
  const words = Array.from({ length: 7776 }, (_, i) => "w" + [...i.toString(8)].map((digit) => "abcdefgh"[Number(digit)]).join(""));
  const list = WordList.parse(words.join("\n") + "\n");
  assert.deepEqual(list?.beginning_with("wbb", 3), words.filter((word) => word.startsWith("wbb")).slice(0, 3));
  assert.deepEqual(list?.beginning_with("x", 3), []);
});
