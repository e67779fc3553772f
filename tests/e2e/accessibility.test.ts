// SPDX-License-Identifier: AGPL-3.0-or-later
// Every state of the page (states.ts): axe in both schemes and in forced colours, what it does not see (focus, zoom, spacing, motion),
// the whole report by keyboard alone, and what is announced.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import type { Browser, KeyInput, Page } from "puppeteer-core";
import { en } from "../../client-web/src/words/en";
import { DESKTOP, heading, open_browser, open_page, PHONE, shoot, until, until_heading } from "./browser";
import { clipped } from "./checks";
import { start_site, type Site } from "./server";
import { walk_all } from "./states";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let site: Site;
let browser: Browser;
before(async () => {
  site = await start_site();
  browser = await open_browser("chromium");
});
after(async () => {
  await browser.close();
  await site.stop();
});
const open = async (): Promise<Page> => (await open_page(browser, site.address)).page;

/** In forced colours the browser paints with colours of its own, and the computed ones that axe compares are not those. */
async function violations(page: Page, contrast = true): Promise<string[]> {
  return page.evaluate(async (enabled: boolean) => {
    const { violations: found } = await (window as unknown as { axe: { run(options: unknown): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> } }).axe.run({ rules: { "color-contrast": { enabled } } });
    return found.map((v) => v.id + ": " + v.nodes.map((n) => n.html.slice(0, 120) + " " + n.failureSummary).join(" | "));
  }, contrast);
}

const SCHEMES = [
  { name: "light", features: [{ name: "prefers-color-scheme", value: "light" }] },
  { name: "dark", features: [{ name: "prefers-color-scheme", value: "dark" }] },
] as const;

/** WCAG 1.4.12, as a person's own style would set it. */
const SPACING = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }";

/** WCAG 2.5.8: at least 24 by 24, but for links within a sentence. A label that belongs to it counts. */
function too_small(): string[] {
  const targets = [...document.querySelectorAll<HTMLElement>("a[href], button, input, textarea, select, summary")];
  return targets.filter((target) => {
    if (target.closest(".govuk-skip-link, p, li") !== null && target.tagName === "A") return false;
    const { width, height } = target.getBoundingClientRect();
    return width < 24 || height < 24;
  }).map((target) => target.outerHTML.slice(0, 100));
}

test("every state: axe finds nothing in either scheme nor in forced colours; nothing overflows at 400 %, nor with wide spacing; targets are large enough", { timeout: 900_000 }, async () => {
  const found: string[] = [];
  await walk_all(site, open, async (page, { name }) => {
    await page.evaluate(axe);
    for (const scheme of SCHEMES) {
      await page.emulateMediaFeatures([...scheme.features]);
      found.push(...(await violations(page)).map((one) => `${name} ${scheme.name}: ${one}`));
      await shoot(page, `a11y-${name}-${scheme.name}`);
    }
    const devtools = await page.createCDPSession();
    await devtools.send("Emulation.setEmulatedMedia", { features: [{ name: "forced-colors", value: "active" }] });
    found.push(...(await violations(page, false)).map((one) => `${name} forced colours: ${one}`));
    await shoot(page, `a11y-${name}-forced`);
    await devtools.send("Emulation.setEmulatedMedia", { features: [] });
    found.push(...(await page.evaluate(too_small)).map((one) => `${name} small target: ${one}`));
    // Greyed out is hard to see, and axe looks away: what cannot be done now is not shown, or says why when it is pressed.
    found.push(...(await page.$$eval(":disabled, [aria-disabled=true]", (all) => all.map((one) => one.outerHTML.slice(0, 100)))).map((one) => `${name} disabled: ${one}`));
    await page.setViewport({ width: 320, height: 256 });
    found.push(...(await page.evaluate(clipped)).map((one) => `${name} at 400 %: ${one}`));
    await page.setViewport(PHONE);
    // A constructed sheet: the page's policy forbids a style element, and a person's own style comes from outside the page.
    await page.evaluate((spacing: string) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(spacing);
      document.adoptedStyleSheets = [sheet];
    }, SPACING);
    found.push(...(await page.evaluate(clipped)).map((one) => `${name} spaced: ${one}`));
    await page.evaluate(() => { document.adoptedStyleSheets = []; });
  });
  assert.deepEqual(found, []);
});

interface Focused {
  readonly what: string;
  readonly top: number;
  readonly left: number;
  readonly visible: boolean;
  readonly contrast: number;
}

/** What has the focus, whether that shows, and with what contrast to the page (WCAG 1.4.11: 3). */
function focused(): Focused {
  const element = document.activeElement as HTMLElement;
  const luminance = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number).map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one: string, other: string): number => {
    const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = getComputedStyle(document.body).backgroundColor;
  const looks = [element, ...(element.matches(".govuk-radios__input, .govuk-checkboxes__input") && element.nextElementSibling !== null ? [element.nextElementSibling] : [])]
    .flatMap((part) => [getComputedStyle(part), getComputedStyle(part, "::before")]);
  const marks = looks.flatMap((look) => [
    ...(look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2 ? [look.outlineColor] : []),
    ...(look.boxShadow.match(/rgba?\([^)]*\)/g) ?? []),
    ...(look.borderTopStyle !== "none" && parseFloat(look.borderTopWidth) >= 4 ? [look.borderTopColor] : []),
  ]);
  const { top, left, height } = element.getBoundingClientRect();
  const bar = document.querySelector(".bar")?.getBoundingClientRect().bottom ?? 0;
  const in_bar = element.closest(".bar") !== null;
  return {
    what: element.tagName + "#" + element.id + " " + (element.textContent ?? "").trim().slice(0, 40),
    top: top + scrollY, left,
    visible: element.matches(".govuk-skip-link") || in_bar || (top + height > bar && top < innerHeight),
    contrast: Math.max(0, ...marks.map((mark) => ratio(mark, ground))),
  };
}

const pressed = async (page: Page, key: KeyInput): Promise<void> => page.keyboard.press(key);

/** Tab until the focus is on what is wanted; on the way each stop must be seen, and lie after the one before. */
async function tab_to(page: Page, wanted: string, faults: string[]): Promise<void> {
  let before: Focused | null = null;
  for (let stop = 0; stop < 60; stop += 1) {
    await pressed(page, "Tab");
    const here = await page.evaluate(focused);
    const where = (await heading(page)) + " → " + here.what;
    if (!here.visible) faults.push(where + ": hidden");
    if (here.contrast < 3) faults.push(where + ": focus shows with a contrast of " + here.contrast.toFixed(2));
    if (before !== null && here.top < before.top - 4 && !here.what.startsWith("BODY")) faults.push(where + ": before " + before.what);
    before = here;
    if (await page.evaluate((selector: string) => document.activeElement?.matches(selector) === true, wanted)) return;
  }
  throw new Error("Tab does not lead to " + wanted + " on " + (await heading(page)));
}

async function on_page(page: Page, title: string, faults: string[]): Promise<void> {
  await until_heading(page, title);
  if (!(await page.evaluate(() => document.activeElement?.tagName === "H1"))) faults.push(title + ": the focus is not on the heading");
}

for (const scheme of SCHEMES) {
  test("the whole report by keyboard alone, " + scheme.name, { timeout: 120_000 }, async () => {
    const page = await open();
    await page.setViewport(DESKTOP);
    await page.emulateMediaFeatures([...scheme.features]);
    const faults: string[] = [];
    const go_on = async (): Promise<void> => {
      await tab_to(page, ".page button.govuk-button[type=submit]:not(.govuk-button--secondary)", faults);
      await pressed(page, "Enter");
    };
    await on_page(page, en.start.title, faults);
    await go_on();
    await on_page(page, en.safety.title, faults);
    await go_on();
    await on_page(page, en.diary.stop.title, faults);
    await tab_to(page, ".page button.govuk-button--secondary", faults);
    await pressed(page, "Enter");
    await on_page(page, "You", faults);
    await tab_to(page, "#q-nation", faults);
    await pressed(page, "Space");
    await pressed(page, "ArrowDown");
    assert.equal(await page.$eval("#q-nation-wales", (radio) => (radio as HTMLInputElement).checked), true, "arrow keys choose");
    await tab_to(page, "#q-safe", faults);
    await pressed(page, "Space");
    await go_on();
    await on_page(page, "What happened", faults);
    await tab_to(page, "#q-what_happened", faults);
    await page.keyboard.type("A few words.");
    await go_on();
    await on_page(page, "About him", faults);
    await tab_to(page, "#q-wants-safety", faults);
    await pressed(page, "Space");
    assert.equal(await page.$eval("#q-wants-safety", (box) => (box as HTMLInputElement).checked), true);
    await go_on();
    await on_page(page, en.files.title, faults);
    await go_on();
    await on_page(page, en.readers.title, faults);
    await go_on();
    await until(page, () => document.activeElement?.className === "govuk-error-summary");
    await tab_to(page, ".govuk-error-summary a", faults);
    await pressed(page, "Enter");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "desk", "the summary's link leads to the question");
    await pressed(page, "Space");
    await go_on();
    await on_page(page, en.match.title, faults);
    await tab_to(page, "#kind", faults);
    await page.keyboard.type("Number plate");
    await tab_to(page, "#him-mark", faults);
    await page.keyboard.type("ab12 cde");
    await pressed(page, "Enter");
    await until(page, () => document.querySelector(".govuk-inset-text strong") !== null);
    await tab_to(page, ".govuk-inset-text + .govuk-button-group button", faults);
    await pressed(page, "Enter");
    await until(page, () => document.querySelector(".files__name") !== null);
    await go_on();
    await on_page(page, en.codename.title, faults);
    const codename = (await page.$$eval(".codename__word", (words) => words.map((word) => word.textContent ?? "")));
    await go_on();
    await on_page(page, en.practice.title, faults);
    for (const id of await page.$$eval("input[id^=word-]", (inputs) => inputs.map((input) => input.id))) {
      await tab_to(page, "#" + id, faults);
      await page.keyboard.type(codename[Number(id.slice(5))] ?? "");
    }
    await go_on();
    await on_page(page, en.check.title, faults);
    await tab_to(page, "#send", faults);
    await pressed(page, "Enter");
    await on_page(page, en.sent.title, faults);
    await tab_to(page, "#show-receipt", faults);
    await pressed(page, "Space");
    await page.waitForSelector("#receipt");
    assert.deepEqual(faults, []);
    await page.close();
  });
}

/** Texts in live regions and alerts, as the accessibility tree has them. */
async function announced(page: Page): Promise<string> {
  const session = await page.createCDPSession();
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const by_id = new Map(nodes.map((node) => [node.nodeId, node]));
  const text = (id: string): string => {
    const node = by_id.get(id);
    if (node === undefined) return "";
    return node.role?.value === "StaticText" ? String(node.name?.value ?? "") + " " : (node.childIds ?? []).map(text).join("");
  };
  const live = nodes.filter((node) => node.properties?.some(({ name, value }) => name === "live" && value.value !== "off" && value.value !== ""));
  return live.map((node) => text(node.nodeId)).join("\n");
}

test("what changes is announced: duties, errors, room that is left, files, sending, the receipt", { timeout: 120_000 }, async () => {
  const wanted: Record<string, readonly string[]> = {
    "step-choices": [en.texts.privacy, en.texts.court, en.texts.emergency], "step-error": [en.problem, "too many"], files: ["Photo-Kumquat.jpg", en.files.added],
    "readers-error": [en.readers.choose_desk], "readers-chosen": [en.readers.other_desk], "practice-error": [en.problem],
    "sending-waiting": [en.sending.waiting], "trouble-nonsense": [en.trouble.distrust],
  };
  const heard = new Set<string>();
  await walk_all(site, open, async (page, { name }) => {
    const said = await announced(page);
    for (const text of wanted[name] ?? []) assert.ok(said.includes(text), `${name}: “${text}” is not in: ${said}`);
    heard.add(name);
  }, Object.keys(wanted));
  for (const name of Object.keys(wanted)) assert.ok(heard.has(name), name);
});

test("whoever wants less motion sees none", async () => {
  const page = await open();
  await page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]);
  await until_heading(page, en.start.title);
  const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter((element) => {
    const look = getComputedStyle(element);
    return [look.animationDuration, look.transitionDuration].some((time) => time.split(",").some((one) => parseFloat(one) > 0)) || look.scrollBehavior === "smooth";
  }).map((element) => element.outerHTML.slice(0, 80)));
  assert.deepEqual(moving, []);
  await page.close();
});
