// SPDX-License-Identifier: AGPL-3.0-or-later
// Who keeps what under which codename: two codenames in one visit never get each other's words or news. At a server that is made up here.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Diary } from "../../../client-web/src/diary";
import { Draft } from "../../../client-web/src/draft";
import { DiaryStore } from "../../../client-web/src/kept/diary_store";
import { DraftStore } from "../../../client-web/src/kept/draft_store";
import { Keeper } from "../../../client-web/src/kept/keeper";
import type { KeptNews, KeptOrder } from "../../../client-web/src/kept/orders";
import { derive_reporter_keys } from "../../../client-web/src/protocol/codename";
import type { Draft as SavedDraft } from "../../../client-web/src/protocol/draft";
import { DropLine } from "../../../client-web/src/upload/drop_line";
import { Pace } from "../../../client-web/src/upload/pace";
import { FakeDrops } from "./fake_drops";

const A = "abacus abdomen abdominal abide abiding ability ablaze able";
const B = "able ablaze ability abiding abide abdominal abdomen abacus";
const LATER_MILLISECONDS_MAX = 20_000;
const draft = (story: string): SavedDraft => ({ day: "2026-11-25", form: { id: "test", version: 1 }, answers: { what_happened: story }, desk: null, excluded: [] });
const line = (): DropLine => new DropLine(new Pace(() => undefined));

/** As another device finds it. */
const story_of = async (codename: string): Promise<unknown> => (await new DraftStore(derive_reporter_keys(codename), line()).load())?.answers["what_happened"];
async function entries_of(codename: string): Promise<string[]> {
  const store = new DiaryStore(derive_reporter_keys(codename), line());
  await store.read();
  return store.entries.map(({ text }) => text);
}

async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + LATER_MILLISECONDS_MAX; !condition(); ) {
    assert.ok(Date.now() < end, "in time");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A server whose puts can be refused while it goes on answering everything else. */
function busy_server(): { refuses: boolean; refused: number } {
  new FakeDrops();
  const state = { refuses: true, refused: 0 };
  const respond = globalThis.fetch;
  globalThis.fetch = async (path, init) => {
    if (!state.refuses || init?.method !== "PUT") return respond(path, init);
    state.refused += 1;
    return new Response("", { status: 429, headers: { "Retry-After": "2" } });
  };
  return state;
}

function keep(): { news: KeptNews[]; hear: (order: KeptOrder) => void; count: (name: KeptNews["news"]) => number } {
  const news: KeptNews[] = [];
  const keeper = new Keeper((told) => void news.push(told));
  return { news, hear: (order) => keeper.hear(order), count: (name) => news.filter((told) => told.news === name).length };
}

const save = (codename: string, story: string, change: number, fresh = true): KeptOrder => ({ order: "draft-save", draft: draft(story), change, fresh, codename });

test("a draft is saved under its own codename, also while a save under another one waits", async () => {
  const server = busy_server();
  const { news, hear, count } = keep();
  hear(save(A, "A first", 1));
  await until(() => server.refused > 0);
  hear(save(A, "A second", 2));
  hear({ order: "draft-load", codename: B }); // she opens another box: reading is answered
  await until(() => count("draft") === 1);
  hear(save(B, "secret of B", 1, false));
  await until(() => server.refused > 1);
  assert.equal(count("draft-saved"), 0);
  server.refuses = false;
  hear({ order: "kept-again", lane: "draft" });
  await until(() => count("draft-saved") === 3);
  assert.deepEqual([await story_of(A), await story_of(B)], ["A second", "secret of B"]);
  const saved = news.flatMap((told) => (told.news === "draft-saved" ? [[told.codename, told.change, told.outcome]] : []));
  assert.deepEqual(saved.filter(([codename]) => codename === A), [[A, 1, "saved"], [A, 2, "saved"]]);
  assert.deepEqual(saved.filter(([codename]) => codename === B), [[B, 1, "saved"]]);
});

test("a draft that is removed under one codename takes back no save under another", async () => {
  const server = busy_server();
  const { hear, count } = keep();
  hear(save(A, "A first", 1));
  await until(() => server.refused > 0);
  hear(save(A, "A second", 2));
  hear({ order: "draft-remove", codename: B });
  await until(() => count("draft-removed") === 1);
  server.refuses = false;
  hear({ order: "kept-again", lane: "draft" });
  await until(() => count("draft-saved") === 2);
  assert.equal(await story_of(A), "A second");
});

function page_draft(): { page: Draft; orders: KeptOrder[] } {
  const orders: KeptOrder[] = [];
  const page = new Draft((order) => void orders.push(order), () => undefined, () => draft("words"));
  return { page, orders };
}

test("the page takes news of a draft for the codename that they are of, and for no other", () => {
  const { page, orders } = page_draft();
  page.begin(A, true);
  page.touch();
  page.save();
  page.hear({ news: "kept-pace", lane: "draft", codename: A, waiting: true });
  assert.equal(page.state, "no-connection");
  page.look(B);
  assert.equal(page.looks_in_vain, false, "it is A that waits");
  page.hear({ news: "draft", lane: "draft", codename: A, draft: draft("of A") });
  assert.deepEqual([page.looking, page.found], ["looking", undefined]);
  page.hear({ news: "kept-refused", lane: "draft", codename: A });
  assert.deepEqual([page.looking, page.lookup_refused, page.state], ["looking", false, "refused"]);
  page.hear({ news: "draft", lane: "draft", codename: B, draft: draft("of B") });
  assert.deepEqual([page.looking, page.found?.answers["what_happened"]], ["no", "of B"]);

  page.begin(B, false); // she goes on with it
  page.touch();
  page.save();
  const ordered = orders.flatMap((order) => (order.order === "draft-save" ? [order] : [])).at(-1) ?? assert.fail();
  assert.equal(ordered.codename, B);
  page.hear({ news: "draft-saved", lane: "draft", codename: A, outcome: "saved", change: ordered.change });
  assert.equal(page.state, "saving", "what was saved is A's");
  page.hear({ news: "kept-pace", lane: "draft", codename: A, waiting: true });
  page.hear({ news: "kept-refused", lane: "draft", codename: A });
  assert.equal(page.state, "saving");
  page.hear({ news: "draft-saved", lane: "draft", codename: B, outcome: "saved", change: ordered.change });
  assert.equal(page.state, "saved");

  page.end(); // its report was sent
  page.hear({ news: "draft-removed", lane: "draft", codename: A });
  assert.equal(page.removal, "under-way");
  assert.equal(page.removal_waits, false, "it is A that waits");
  page.hear({ news: "draft-removed", lane: "draft", codename: B });
  assert.equal(page.removal, "done");
});

test("another box is opened while she looks for an unfinished report: what is found then is not shown there", () => {
  const { page } = page_draft();
  page.look(A);
  page.stop_looking();
  assert.equal(page.looking, "no");
  page.hear({ news: "draft", lane: "draft", codename: A, draft: draft("of A") });
  page.look(B);
  page.hear({ news: "draft", lane: "draft", codename: A, draft: draft("of A") });
  assert.deepEqual([page.looking, page.found], ["looking", undefined]);
});

test("a change has a number of its own in the whole visit: an old save never stands for a new one", () => {
  const { page, orders } = page_draft();
  const saves = (): number[] => orders.flatMap((order) => (order.order === "draft-save" ? [order.change] : []));
  for (const codename of [A, B, A]) {
    page.begin(codename, false);
    page.touch();
    page.save();
  }
  page.let_go();
  assert.equal(new Set(saves()).size, 3);
});

function page_diary(): { page: Diary; orders: KeptOrder[]; added: () => number } {
  const orders: KeptOrder[] = [];
  let added = 0;
  const page = new Diary((order) => void orders.push(order), () => undefined, () => void (added += 1));
  return { page, orders, added: () => added };
}

const turn_of = (order: KeptOrder | undefined): number => (order !== undefined && "turn" in order ? order.turn : assert.fail());
const entries = [{ number: 0, day: "2026-11-25", text: "of A" }];

test("the page takes news of the diary that is open, not of one that was closed: entries, days, what goes wrong", () => {
  const { page, orders, added } = page_diary();
  page.turn_to(A);
  page.read(A);
  const before = turn_of(orders.at(-1));
  page.close();
  page.hear({ news: "diary", lane: "diary", turn: before, entries, unreadable: 0 });
  assert.equal(page.entries, null);
  page.turn_to(B);
  page.mark_opened(B);
  for (const stale of [
    { news: "diary", entries, unreadable: 1 }, { news: "opened", days: ["2026-11-25"] }, { news: "diary-moved" },
    { news: "kept-pace", waiting: true }, { news: "kept-share", share: 0.5 }, { news: "kept-refused" },
  ] as const) page.hear({ ...stale, lane: "diary", turn: before });
  assert.deepEqual([page.entries, page.unreadable, page.opened, page.moved, page.waiting, page.share, page.refused, page.doing], [null, 0, null, false, false, 0, false, "marking"]);
  page.hear({ news: "opened", lane: "diary", turn: turn_of(orders.at(-1)), days: [] });
  assert.deepEqual(page.opened, { days: [] });

  page.close(); // the same codename again: an answer to what was asked before it was closed is none to what is asked now
  page.turn_to(A);
  page.write("new words");
  page.add(A, page.text);
  page.hear({ news: "diary", lane: "diary", turn: before, entries, unreadable: 0 });
  assert.deepEqual([page.text, added(), page.doing], ["new words", 0, "adding"]);
  page.hear({ news: "diary", lane: "diary", turn: turn_of(orders.at(-1)), entries, unreadable: 0 });
  assert.deepEqual([page.text, added()], ["", 1]);
});

test("something is asked of another codename's diary: what was known of the first is forgotten", () => {
  const { page, orders } = page_diary();
  page.read(A);
  page.hear({ news: "diary", lane: "diary", turn: turn_of(orders.at(-1)), entries, unreadable: 0 });
  page.add(B, "of B");
  assert.equal(page.entries, null);
  assert.deepEqual(orders.map(({ order }) => order), ["diary-read", "kept-stop", "diary-add"]);
});

test("an entry that waits when its diary is closed is given up; nothing of it gets into another one", async () => {
  const server = busy_server();
  const { news, hear, count } = keep();
  hear({ order: "diary-add", entries: [{ day: "2026-11-25", text: "of A" }], fresh: true, codename: A, turn: 1 });
  await until(() => server.refused > 0);
  hear({ order: "kept-stop", lane: "diary" });
  server.refuses = false;
  hear({ order: "diary-add", entries: [{ day: "2026-11-25", text: "of B" }], fresh: true, codename: B, turn: 2 });
  await until(() => count("diary") === 1);
  assert.deepEqual([await entries_of(A), await entries_of(B)], [[], ["of B"]]);
  const told = news.find((one) => one.news === "diary");
  assert.deepEqual(told?.news === "diary" && [told.turn, told.entries.map(({ text }) => text)], [2, ["of B"]]);
});
