// SPDX-License-Identifier: AGPL-3.0-or-later
// Naming him and holding a report, in real browsers with a server and a holder of the key: what is shown back, what she is told and when, what the
// line shows of it (nothing), and that two who name the same man can be found by those who match.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "puppeteer-core";
import { decode_base64 } from "../../client-web/src/protocol/bytes";
import type { Words } from "../../client-web/src/words";
import { cy } from "../../client-web/src/words/cy";
import { en } from "../../client-web/src/words/en";
import { choose, FARTHEST_BROWSERS, press, type, until, until_heading, walked, type BrowserName } from "./browser";
import { assert_good_view } from "./checks";
import { fetch_sealed, open_with_age, sign_in } from "./desk";
import type { Exchange, Site } from "./server";
import { CONTACT } from "./states";
import { share_visits, type Visits } from "./visits";
import { learn_codename, name_by_plate, says, STORY, to_files, until_sent, type AtView } from "./walk";

let site: Site;
let open: Visits["open"];
share_visits(FARTHEST_BROWSERS, (visits) => {
  ({ site, open } = visits);
});

const nothing: AtView = async () => undefined;
const last_report_id = (): string =>
  site.line.requests.map((request) => /^PUT \/v1\/reports\/([0-9a-f]{64}) /.exec(request)?.[1]).filter((id) => id !== undefined).at(-1) ?? assert.fail("nothing was sent");

async function name_by_collar(page: Page, words: Words = en, at: AtView = nothing): Promise<void> {
  await page.select("#kind", "collar-number");
  await page.select("#him-force", "metropolitan");
  await type(page, "him-number", "PC 0123");
  await press(page, words.match.show);
  await until(page, (text: string) => document.querySelector(".govuk-error-summary")?.textContent?.includes(text), {}, words.match.faults["letters-missing"]);
  await at("naming-refused");
  await type(page, "him-number", " ab");
  await press(page, words.match.show);
  await says(page, words.match.kinds["collar-number"].name + ": Metropolitan Police Service, 123AB");
  await at("naming-shown");
  await press(page, words.match.add);
}

/** From the page about files to what comes after the codename; held, and she is asked first. */
async function hold(page: Page, at: AtView = nothing): Promise<string> {
  await press(page, en.continue);
  await until_heading(page, en.readers.title);
  await choose(page, "desk");
  await choose(page, "choice-hold");
  await says(page, en.match.choice.nobody);
  await at("readers-hold");
  await press(page, en.continue);
  await until_heading(page, en.match.title_hold);
  await press(page, en.continue);
  await until(page, (text: string) => document.querySelector(".govuk-error-summary")?.textContent?.includes(text), {}, en.match.at_least_one);
  await name_by_collar(page, en, at);
  await name_by_plate(page);
  await press(page, en.match.add);
  await choose(page, "then-ask");
  await type(page, "contact", CONTACT);
  await at("naming-added");
  await press(page, en.continue);
  const codename = await learn_codename(page);
  await until_heading(page, en.check.title);
  await says(page, "AB12CDE");
  await at("check-held");
  return codename;
}

/** The companions of all reports, as somebody who matches has them. */
async function companions(member: string): Promise<readonly string[]> {
  const headers = { Authorization: "Bearer " + (await sign_in(site, member)) };
  const listed = (await (await fetch(site.desk_address + "/v1/events?from=2026-01-01", { headers })).json()) as { events: { id: string }[] };
  if (listed.events.length === 0) return [];
  const answer = await fetch(site.desk_address + "/v1/events/read", { method: "POST", headers, body: listed.events.map(({ id }) => id + "\n").join("") });
  assert.equal(answer.status, 200);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const notes: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = parseInt(bytes.toString("latin1", at, at + 8), 16);
    notes.push(open_with_age(site, member, bytes.subarray(at + 8, at + 8 + length)).toString().replace(/\0+$/, ""));
    at += 8 + length;
  }
  return notes.filter((note) => note.startsWith("candour/v1/companion\n"));
}

const tags = (companion: string): string[] => [...companion.matchAll(/^slot (.*)$/gm)].map(([, slot]) => Buffer.from(decode_base64(slot ?? "") ?? []).toString("hex", 0, 32));

for (const name of walked(FARTHEST_BROWSERS)) {
  test("held until somebody else names him: shown back, not done before it is done, and then nobody reads it: " + name, { timeout: 240_000 }, async (t) => {
    const { page } = await open(name);
    const at: AtView = (view) => assert_good_view(page, name, view);
    await to_files(page);
    await hold(page, at);
    site.line.unanswered = "/companion";
    const begun = performance.now();
    await press(page, en.match.check.button);
    await until_heading(page, en.match.holding.title, 60_000);
    assert.ok(!(await page.evaluate(() => document.body.innerText)).includes(en.sent.title), "not before");
    await says(page, en.match.holding.waiting, 120_000);
    t.diagnostic(`evaluated and sealed after ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    await at("holding");
    site.line.unanswered = null;
    await press(page, en.sending.now);
    await until_heading(page, en.diary.part.title, 60_000);
    await says(page, en.match.held.part_lead);
    await at("held-safety-part");
    await press(page, en.match.held.part_no);
    await until_heading(page, en.match.held.title);
    await says(page, en.match.held.lead(2));
    await at("held");
    assert.ok(!(await page.evaluate(() => document.body.innerText)).includes("AB12CDE"));

    const id = last_report_id();
    const sealed = await fetch_sealed(site, "robin", id) ?? assert.fail("it is listed as every report is");
    for (const member of ["robin", "sam"]) assert.throws(() => open_with_age(site, member, sealed), member);
    const mine = (await companions("ada")).filter((companion) => companion.includes("\nreport " + id + "\n"));
    assert.equal(mine.length, 1);

    // Somebody else, who sends hers at once and names his car.
    const other = (await open(name)).page;
    await to_files(other);
    await press(other, en.continue);
    await choose(other, "desk");
    await press(other, en.continue);
    await until_heading(other, en.match.title);
    await name_by_plate(other);
    await press(other, en.match.add);
    await press(other, en.continue);
    await learn_codename(other);
    await press(other, en.check.button);
    await until_sent(other);
    await says(other, en.match.last_step.stored, 120_000);
    await assert_good_view(other, name, "sent-last-step");
    const hers = (await companions("ada")).filter((companion) => companion.includes("\nreport " + last_report_id() + "\n"));
    const shared = tags(hers[0] ?? "").filter((tag) => tags(mine[0] ?? "").includes(tag));
    assert.equal(shared.length, 1, "one of the two is the same, for all who match");
    const opened = await fetch_sealed(site, "robin", last_report_id()) ?? assert.fail();
    assert.ok(open_with_age(site, "robin", opened).includes(STORY));
  });
}

test("it could not be held: she sends it to the desk after all, and is told that this one has arrived", { timeout: 180_000 }, async () => {
  const { page } = await open("chromium");
  await to_files(page);
  await hold(page);
  site.line.unanswered = "/evaluation";
  await press(page, en.match.check.button);
  await until_heading(page, en.match.holding.title, 60_000);
  const held = last_report_id();
  site.line.unanswered = null;
  await press(page, en.match.holding.after_all);
  await until_sent(page);
  assert.notEqual(last_report_id(), held);
  const sealed = await fetch_sealed(site, "robin", last_report_id()) ?? assert.fail();
  assert.ok(open_with_age(site, "robin", sealed).includes(STORY));
});

/** What can be seen of the requests that send a report, and of what follows it: everything but ids, secrets and content; how often it had to ask is the key holder's doing. */
function seen(exchanges: readonly Exchange[]): string[] {
  const shapes = exchanges.filter(({ path }) => path.startsWith("/v1/reports/")).map(({ method, path, head, body_bytes, status, answer_bytes }) => {
    const audience = head.filter((line) => /^candour-(audience|padding):/i.test(line)).reduce((sum, line) => sum + line.length, 0);
    const rest = head.filter((line) => !/^(candour-audience|candour-padding|host|origin|referer):/i.test(line)).map((line) => line.replace(/Secret [0-9a-f]{64}/, "Secret HEX"));
    return JSON.stringify([method, path.replace(/[0-9a-f]{64}/, "ID"), body_bytes, status, path.endsWith("/evaluation") ? 0 : answer_bytes, audience, rest]);
  });
  return [...new Set(shapes)];
}

test("the line shows the same for who names nobody as for who names and holds, in the same order", { timeout: 180_000 }, async () => {
  const lines: (readonly string[])[] = [];
  for (const holds of [false, true]) {
    const { page } = await open("chromium");
    const first = site.line.exchanges.length;
    await to_files(page);
    if (holds) await hold(page);
    else {
      await press(page, en.continue);
      await choose(page, "desk");
      await press(page, en.continue);
      await learn_codename(page);
    }
    await press(page, holds ? en.match.check.button : en.check.button);
    if (holds) await until_heading(page, en.diary.part.title, 60_000);
    else await says(page, en.match.last_step.stored, 60_000);
    lines.push(seen(site.line.exchanges.slice(first)));
  }
  assert.deepEqual(lines[1], lines[0]);
  assert.deepEqual(lines[0]?.map((line) => (JSON.parse(line) as string[]).slice(0, 2)), [
    ["PUT", "/v1/reports/ID"], ["PUT", "/v1/reports/ID/evaluation"], ["GET", "/v1/reports/ID/evaluation"], ["PUT", "/v1/reports/ID/companion"],
  ]);
});

test("in Welsh, on a phone and at 400 %", { timeout: 120_000 }, async () => {
  site.line.roster = site.organisation.note({ languages: ["en", "cy"] });
  const name: BrowserName = "chromium";
  const { page } = await open(name);
  const at: AtView = (view) => assert_good_view(page, name, "cy-" + view);
  await until_heading(page, en.start.title);
  await choose(page, "language-cy");
  await until_heading(page, cy.start.title);
  for (const button of [cy.start.button, cy.safety.button, cy.diary.stop.no]) {
    await until(page, (wanted: string) => [...document.querySelectorAll("button")].some((one) => one.textContent?.trim() === wanted), {}, button);
    await press(page, button);
  }
  for (const title of ["You", "What happened", "About him", cy.files.title]) {
    await until_heading(page, title);
    if (title === "What happened") await type(page, "q-what_happened", "Ychydig eiriau.");
    await press(page, cy.continue);
  }
  await until_heading(page, cy.readers.title);
  await choose(page, "desk");
  await choose(page, "choice-hold");
  await at("readers-hold");
  await press(page, cy.continue);
  await until_heading(page, cy.match.title_hold);
  await name_by_collar(page, cy, at);
  await choose(page, "then-ask");
  await at("naming-added");
  await press(page, cy.continue);
  await until(page, (text: string) => document.querySelector(".govuk-error-summary")?.textContent?.includes(text), {}, cy.match.contact_faults.missing);
});

test("with a roster that matches nothing, nothing of it shows, and nothing follows the report", { timeout: 120_000 }, async () => {
  site.line.roster = site.organisation.note({ matching: undefined });
  const { page } = await open("chromium");
  const first = site.line.exchanges.length;
  await to_files(page);
  await press(page, en.continue);
  await until_heading(page, en.readers.title);
  await choose(page, "desk");
  assert.equal(await page.$("#choice-hold"), null);
  await press(page, en.continue);
  await until_heading(page, en.codename.title);
  await learn_codename(page);
  await press(page, en.check.button);
  await until_sent(page);
  assert.equal(await page.$("#last-step"), null);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  assert.deepEqual(site.line.exchanges.slice(first).filter(({ path }) => path.startsWith("/v1/reports/")).map(({ method, path }) => method + path.replace(/[0-9a-f]{64}/, "")), ["PUT/v1/reports/"]);
});
