// SPDX-License-Identifier: AGPL-3.0-or-later
// Every page and state that a reporter can see, once: tests of accessibility, layout and exit walk this list. A new page is a new row.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { en } from "../../client-web/src/words/en";
import { choose, press, type, until_heading } from "./browser";
import { day_from_now } from "./organisation";
import { put_reply } from "./replies";
import type { Site } from "./server";
import { add_files, name_by_plate, open_box, pass_time, past_naming, says, shown_codename, STORY, to_files } from "./walk";

export interface State {
  readonly name: string;
  /** The state before it; null: a page that was just opened. */
  readonly from: string | null;
  /** Before the page is opened; only where from is null. */
  readonly prepare?: (site: Site) => void | Promise<void>;
  /** Without a script of ours: Exit is a link there, and can do no more than lead away. */
  readonly plain?: true;
  readonly go: (page: Page, site: Site) => Promise<void>;
}

const on = (name: string, from: string | null, go: State["go"]): State => ({ name, from, go });
const errors = async (page: Page): Promise<void> => void (await page.waitForSelector(".govuk-error-summary"));

/** Any eight words open a box. */
const INVENTED = "abacus abdomen abdominal abide abiding ability ablaze able";
const WITH_MAIL = "zoom zone abdominal abide abiding ability ablaze able";
export const CONTACT = "Ring 0000 after nine.";
let replies = 0;

export const STATES: readonly State[] = [
  on("start", null, (page) => until_heading(page, en.start.title)),
  on("safety", "start", async (page) => {
    await press(page, en.start.button);
    await until_heading(page, en.safety.title);
  }),
  on("stop-any-time", "safety", async (page) => {
    await press(page, en.safety.button);
    await until_heading(page, en.diary.stop.title);
  }),
  on("step-choices", "stop-any-time", async (page) => {
    await press(page, en.diary.stop.no);
    await until_heading(page, "You");
    await choose(page, "q-nation");
    await choose(page, "q-safe-no");
    await type(page, "q-danger", "He has a key.");
  }),
  on("step-error", "step-choices", async (page) => {
    await type(page, "q-danger", " He has a key to the house and to the car.");
    await press(page, en.continue);
    await errors(page);
  }),
  on("step-story", "step-choices", async (page) => {
    await press(page, en.continue);
    await until_heading(page, "What happened");
    await type(page, "q-what_happened", STORY);
  }),
  on("step-him", "step-story", async (page) => {
    await press(page, en.continue);
    await until_heading(page, "About him");
    await type(page, "q-surname", "Quaxington");
  }),
  on("files-none", "step-him", async (page) => {
    await press(page, en.continue);
    await until_heading(page, en.files.title);
  }),
  on("files", "files-none", async (page, site) => {
    const path = join(site.folder, "Photo-Kumquat.jpg");
    writeFileSync(path, "a small file: Wombat-Ferris-204");
    await add_files(page, [path]);
  }),
  on("readers", "files", async (page) => {
    await press(page, en.continue);
    await until_heading(page, en.readers.title);
  }),
  on("readers-error", "readers", async (page) => {
    await press(page, en.continue);
    await errors(page);
  }),
  on("readers-chosen", "readers", async (page) => {
    await choose(page, "desk");
    await choose(page, "people");
  }),
  on("readers-keep", "readers", async (page) => {
    await choose(page, "choice-keep");
  }),
  on("safety-part", "readers-keep", async (page) => {
    await press(page, en.continue);
    await until_heading(page, en.codename.title);
    await press(page, en.codename.button);
    await until_heading(page, en.practice.title);
    await press(page, en.practice.skip);
    await until_heading(page, en.diary.part.title, 60_000);
  }),
  on("diary-kept", "safety-part", async (page) => {
    await press(page, en.diary.part.no);
    await until_heading(page, en.diary.kept.title);
  }),
  on("diary-entries", "diary-kept", async (page) => {
    await press(page, en.diary.kept.open);
    await says(page, STORY);
  }),
  on("diary-choose", "diary-entries", async (page) => {
    await press(page, en.diary.page.send);
    await until_heading(page, en.diary.release.title);
  }),
  on("naming", "readers-chosen", async (page) => {
    await press(page, en.continue);
    await until_heading(page, en.match.title);
    await page.select("#kind", "collar-number");
    await page.select("#kind", "registration-mark");
  }),
  on("naming-error", "naming", async (page) => {
    await press(page, en.match.show);
    await errors(page);
  }),
  on("readers-hold", "readers-chosen", async (page) => {
    await choose(page, "choice-hold");
    await says(page, en.match.choice.nobody);
  }),
  on("naming-hold", "readers-hold", async (page) => {
    await press(page, en.continue);
    await until_heading(page, en.match.title_hold);
    await choose(page, "then-ask");
  }),
  on("naming-hold-error", "naming-hold", async (page) => {
    await press(page, en.continue);
    await errors(page);
  }),
  on("naming-shown", "naming-hold", async (page) => {
    await name_by_plate(page);
  }),
  on("naming-added", "naming-shown", async (page) => {
    await press(page, en.match.add);
    await says(page, "AB12CDE");
    await type(page, "contact", CONTACT);
  }),
  on("check-held", "naming-added", async (page) => {
    await press(page, en.continue);
    await until_heading(page, en.codename.title);
    await press(page, en.codename.button);
    await press(page, en.practice.skip);
    await until_heading(page, en.check.title);
  }),
  on("holding", "check-held", async (page, site) => {
    site.line.unanswered = "/evaluation";
    await press(page, en.match.check.button);
    await until_heading(page, en.match.holding.title, 60_000);
    await says(page, en.match.holding.waiting);
  }),
  on("held-safety-part", "holding", async (page, site) => {
    site.line.unanswered = null;
    await press(page, en.sending.now);
    await until_heading(page, en.diary.part.title, 60_000);
  }),
  on("held", "held-safety-part", async (page) => {
    await press(page, en.match.held.part_no);
    await until_heading(page, en.match.held.title);
  }),
  on("codename", "readers-chosen", async (page) => {
    await press(page, en.continue);
    await past_naming(page);
    await shown_codename(page);
  }),
  on("practice", "codename", async (page) => {
    await press(page, en.codename.button);
    await until_heading(page, en.practice.title);
  }),
  on("practice-error", "practice", async (page) => {
    await press(page, en.practice.button);
    await errors(page);
  }),
  on("check", "practice", async (page) => {
    await press(page, en.practice.skip);
    await until_heading(page, en.check.title);
  }),
  on("sending-waiting", "check", async (page, site) => {
    site.line.down = true;
    await press(page, en.check.button);
    await says(page, en.sending.waiting);
  }),
  on("receipt-wrong", "check", async (page, site) => {
    site.line.receipt = () => "nonsense";
    await press(page, en.check.button);
    await until_heading(page, en.receipt_wrong.title);
  }),
  on("sent", "check", async (page) => {
    await press(page, en.check.button);
    await until_heading(page, en.sent.title);
  }),
  on("sent-shown", "sent", async (page) => {
    await press(page, en.sent.receipt_show);
    await press(page, en.sent.codename_show);
    await page.waitForSelector(".codename__word");
  }),
  on("first-codename", "stop-any-time", async (page) => {
    await press(page, en.diary.stop.yes);
    await until_heading(page, en.codename.title);
  }),
  on("cover-warning", "first-codename", async (page) => {
    await pass_time(page, 95);
    await says(page, en.cover.warning.title);
  }),
  on("cover", "cover-warning", async (page) => {
    await pass_time(page, 30);
    await until_heading(page, en.cover.page.title);
  }),
  on("come-back", "start", async (page) => {
    await press(page, en.come_back.start_button);
    await until_heading(page, en.come_back.entry.title);
  }),
  on("come-back-error", "come-back", async (page) => {
    await type(page, "codename-0", "abacus nonsense");
    await press(page, en.come_back.entry.button);
    await errors(page);
  }),
  on("box", "come-back", async (page) => {
    await type(page, "codename-0", INVENTED);
    await press(page, en.come_back.entry.button);
    await until_heading(page, en.come_back.box.title);
  }),
  on("withdraw", "box", async (page) => {
    await press(page, en.come_back.box.withdraw);
    await until_heading(page, en.come_back.withdraw.title);
  }),
  on("change-codename", "box", async (page) => {
    await press(page, en.come_back.box.change);
    await until_heading(page, en.come_back.change.title);
  }),
  on("follow-up", "box", async (page) => {
    await press(page, en.come_back.box.write);
    await until_heading(page, en.come_back.more.title);
  }),
  on("follow-up-check", "follow-up", async (page) => {
    await type(page, "q-more", "You may read it.");
    await press(page, en.continue);
    await press(page, en.continue);
    await choose(page, "desk");
    await press(page, en.continue);
    await until_heading(page, en.check.title);
    await choose(page, "release");
  }),
  on("unfinished", "box", async (page) => {
    await press(page, en.diary.own.unfinished);
    await until_heading(page, en.diary.unfinished.title);
  }),
  on("last-opened", "box", async (page) => {
    await press(page, en.diary.own.last_opened);
    await until_heading(page, en.diary.last_opened.title);
  }),
  on("diary-closed", "box", async (page) => {
    await press(page, en.diary.own.diary);
    await until_heading(page, en.diary.page.title);
  }),
  on("diary-empty", "diary-closed", async (page) => {
    await press(page, en.diary.page.open);
    await says(page, en.diary.page.none);
  }),
  on("diary-write", "diary-empty", async (page) => {
    await press(page, en.diary.page.write);
    await until_heading(page, en.diary.write.title);
  }),
  {
    ...on("box-mail", null, async (page) => {
      await until_heading(page, en.start.title);
      await open_box(page, WITH_MAIL);
      await says(page, "We have read it.");
    }),
    prepare: async (site) => {
      await put_reply(site, "robin", WITH_MAIL, replies++, "We have read it.\n\nWhen is it safe to write?");
      await site.restart();
    },
  },
  { ...on("plain", "start", async (page, site) => void (await page.goto(site.address + "/plain.html"))), plain: true },
  {
    ...on("readers-together", null, async (page) => {
      await to_files(page);
      await press(page, en.continue);
      await until_heading(page, en.readers.title);
      await choose(page, "desk");
      await says(page, en.readers.together(2));
    }),
    prepare: (site) => { site.line.roster = site.organisation.note({ desks: [{ id: "legal", name: "Legal desk", description: "Solicitors.", threshold: 2 }, { id: "support", name: "Support desk", description: "", threshold: 1 }] }); },
  },
  on("readers-too-few", "readers-together", async (page) => {
    await choose(page, "people");
    await press(page, en.continue);
    await errors(page);
    await says(page, en.readers.several(2));
  }),
  {
    ...on("trouble-expired", null, (page) => until_heading(page, en.trouble.title)),
    prepare: (site) => { site.line.roster = site.organisation.note({ valid_from: day_from_now(-60), valid_until: day_from_now(-1) }); },
  },
  on("box-expired", "trouble-expired", (page) => open_box(page, INVENTED)),
  {
    ...on("trouble-nonsense", null, (page) => until_heading(page, en.trouble.title)),
    prepare: (site) => { site.line.roster = "nonsense"; },
  },
];

export function mend(site: Site): void {
  Object.assign(site.line, { down: false, cut_after_bytes: null, unanswered: null, roster: null, receipt: null, bytes_per_second: null, slow: null });
}

/** From nothing to the state, as a person gets there. open: opens the page anew. */
export async function reach(name: string, site: Site, open: () => Promise<Page>): Promise<Page> {
  const state = STATES.find((one) => one.name === name);
  if (state === undefined) throw new RangeError("no such state: " + name);
  if (state.from === null) {
    mend(site);
    await state.prepare?.(site);
  }
  const page = state.from === null ? await open() : await reach(state.from, site, open);
  await state.go(page, site);
  return page;
}

/** Calls at() in every state, or in those that are named, with as few visits as the list allows: a state that goes on from the last one goes on in its page. */
export async function walk_all(site: Site, open: () => Promise<Page>, at: (page: Page, state: State) => Promise<void>, names?: readonly string[]): Promise<void> {
  let last: string | null = null;
  let page: Page | null = null;
  for (const state of STATES) {
    if (names?.includes(state.name) === false) continue;
    if (page !== null && state.from !== null && state.from === last) await state.go(page, site);
    else {
      await page?.close();
      page = await reach(state.name, site, open);
    }
    last = state.name;
    await at(page, state);
  }
  await page?.close();
  mend(site);
}
