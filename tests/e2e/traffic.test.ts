// SPDX-License-Identifier: AGPL-3.0-or-later
// All traffic of visits that differ in what nobody may learn: somebody who only reads the page; who comes back and has no mail; who has
// mail; who gives an invented codename; who sends meanwhile. In real browsers, seen by a proxy: the same requests, the same sizes, the
// same order, at the same times.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "puppeteer-core";
import { DROP_BODY_BYTES, type Tag } from "../../client-web/src/protocol/drop_index";
import { en } from "../../client-web/src/words/en";
import { FARTHEST_BROWSERS, choose, open_browser, open_page, press, type, until, until_heading, walked } from "./browser";
import { put_reply } from "./replies";
import { start_site, type Exchange, type Site } from "./server";
import { add_files } from "./walk";

const words = en.come_back;
const SLOTS = 3;
const VISIT_SECONDS = 5 + 20 * (SLOTS - 1) + 8; // the last slot ends long before the next begins
const LATE_SECONDS_MAX = 4; // the machine is shared with other tests
const EMPTY = "zone zone zone zone zone zone zone zone";
const INVENTED = "abacus abdomen abdominal abide abiding ability ablaze able";
const WITH_MAIL = "zebra zebra zebra zebra zebra zebra zebra zebra";
const WITH_MUCH_MAIL = "yoga yoga yoga yoga yoga yoga yoga yoga";

let site: Site;
before(async () => {
  site = await start_site();
  for (const number of [0, 1, 2]) await put_reply(site, "robin", WITH_MAIL, number, "Message " + number);
  for (const number of [0, 1, 2, 3, 4, 5]) await put_reply(site, "sam", WITH_MUCH_MAIL, number, "Message " + number);
  await site.restart();
});
after(() => site.stop());

async function give_codename(page: Page, codename: string): Promise<void> {
  await press(page, words.start_button);
  await until_heading(page, words.entry.title);
  await type(page, "codename-0", codename);
  await press(page, words.entry.button);
  await until_heading(page, words.box.title);
}

const has_messages = (page: Page, count: number): Promise<void> =>
  until(page, (wanted: number) => document.querySelectorAll(".message").length === wanted, { timeout: 60_000 }, count);

interface Visitor {
  readonly name: string;
  readonly does: (page: Page) => Promise<void>;
  /** What she does is seen besides, as it must be: these requests are looked away from. */
  readonly sends?: true;
}

const VISITORS: readonly Visitor[] = [
  { name: "reads the page", does: async (page) => void await page.evaluate(() => scrollTo(0, 2000)) },
  { name: "writes a report", does: async (page) => {
    await press(page, en.start.button);
    await press(page, en.safety.button);
    await press(page, en.diary.stop.no);
    await choose(page, "q-safe-no");
    await type(page, "q-danger", "He has a key.");
  } },
  { name: "has no mail", does: (page) => give_codename(page, EMPTY) },
  { name: "has an invented codename", does: (page) => give_codename(page, INVENTED) },
  { name: "has mail", does: async (page) => {
    await give_codename(page, WITH_MAIL);
    await has_messages(page, 3);
    await press(page, words.box.write);
    await type(page, "q-more", "I have read it.");
  } },
  { name: "has more than four messages", does: async (page) => {
    await give_codename(page, WITH_MUCH_MAIL);
    await has_messages(page, 6);
  } },
  { name: "sends", sends: true, does: async (page) => {
    await give_codename(page, WITH_MAIL);
    await press(page, words.box.write);
    await type(page, "q-more", "A photo.");
    await press(page, en.continue);
    const photo = join(site.folder, "photo.jpg");
    writeFileSync(photo, randomBytes(3_000_000));
    await add_files(page, [photo]);
    await press(page, en.continue);
    await choose(page, "desk");
    await press(page, en.continue);
    await press(page, en.check.button);
    await until_heading(page, en.sent.title, 60_000);
  } },
];

/** What can be seen of one exchange; whose tag it was cannot, and the port is the proxy's. */
function seen({ method, path, head, body_bytes, status, answer_head, answer_bytes }: Exchange): unknown {
  const lines = (all: readonly string[]): readonly string[] => all.map((line) => line.replace(/127\.0\.0\.1:[0-9]{5}/, "HOST:PORT"));
  return { method, path: path.replace(/^(\/v1\/drops\/)[0-9a-f]{16}$/, "$1TAG"), head: lines(head), body_bytes, status, answer_head: lines(answer_head).filter((line) => !line.startsWith("Date:")), answer_bytes };
}

const is_drop = ({ path }: Exchange): boolean => path.startsWith("/v1/drops/");
const tag_of = ({ path }: Exchange): Tag => path.slice("/v1/drops/".length);

for (const name of walked(FARTHEST_BROWSERS)) {
  test("the traffic of all visits is one and the same: " + name, async (t) => {
    const traffic: { visitor: Visitor; exchanges: readonly Exchange[] }[] = await Promise.all(VISITORS.map(async (visitor) => {
      const browser = await open_browser(name);
      try {
        const { address, line } = await site.another_line();
        assert.equal(new URL(address).port.length, 5, "ports of one length, or heads differ by it");
        const { page } = await open_page(browser, address);
        await until_heading(page, en.start.title);
        await until(page, () => true);
        for (let i = 0; i < 200 && !line.exchanges.some(({ path, status }) => path === "/v1/drops" && status === 200); i += 1) await sleep(100);
        const end = performance.now() + 1000 * VISIT_SECONDS;
        await visitor.does(page);
        const left = end - performance.now();
        assert.ok(left > 0, visitor.name + ": she was done before the last slot began, or it proves nothing");
        await sleep(left);
        return { visitor, exchanges: [...line.exchanges] };
      } finally {
        await browser.close();
      }
    }));

    const [reference] = traffic;
    assert.ok(reference !== undefined);
    for (const { visitor, exchanges } of traffic) {
      const drops = exchanges.filter(is_drop);
      const index = exchanges.filter(({ path }) => path === "/v1/drops");
      assert.equal(index.length, 1, visitor.name);
      assert.equal(drops.length, 4 * SLOTS, visitor.name + ": four bodies a slot");
      assert.deepEqual(drops.map(seen), reference.exchanges.filter(is_drop).map(seen), visitor.name);
      for (const exchange of drops) assert.equal(exchange.answer_bytes, DROP_BODY_BYTES);
      const starts = Array.from({ length: SLOTS }, (_, slot) => (drops[4 * slot]?.seconds ?? 0) - (index[0]?.seconds ?? 0));
      starts.forEach((start, slot) => assert.ok(Math.abs(start - 5 - 20 * slot) < LATE_SECONDS_MAX, visitor.name + ": slot " + slot + " began after " + start.toFixed(1) + " s"));
      t.diagnostic(visitor.name + ": slots after " + starts.map((start) => start.toFixed(2)).join(", ") + " s");

      if (visitor.sends === true) continue;
      assert.equal(exchanges.indexOf(drops[0] as Exchange), exchanges.length - drops.length, visitor.name + ": once it has loaded, nothing but slots");
      // While the page loads several connections race, in every visit: the same set, in no order.
      const loading = (all: readonly Exchange[]): string[] => all.filter((exchange) => !is_drop(exchange)).map((exchange) => JSON.stringify(seen(exchange))).sort();
      assert.deepEqual(loading(exchanges), loading(reference.exchanges), visitor.name);
    }

    // The test can fail: hers were really among what was asked for.
    const asked = (visitor: string): readonly Tag[] => traffic.find((one) => one.visitor.name === visitor)?.exchanges.filter(is_drop).map(tag_of) ?? [];
    const again = asked("has mail").filter((tag) => asked("sends").includes(tag));
    assert.ok(new Set(again).size >= 3, "two visits with one codename ask for its three messages");
  });
}
