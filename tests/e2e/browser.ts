// SPDX-License-Identifier: AGPL-3.0-or-later
// Debian's Chromium and Firefox ESR, headless; Firefox as it comes, and as Tor Browser's "Safer" leaves it: no JIT, no WebAssembly, no asm.js.

import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import puppeteer, { type Browser, type Page } from "puppeteer-core";

export type BrowserName = "chromium" | "firefox" | "firefox-safer";
/** For the way of a report and what may go wrong on it. */
export const BROWSERS: readonly BrowserName[] = ["chromium", "firefox", "firefox-safer"];
/** For the rest: what differs between them differs between these two. */
export const FARTHEST_BROWSERS: readonly BrowserName[] = ["chromium", "firefox-safer"];

/** Which of them a test for each runs in: `./check` without --long takes the one that is as Tor Browser at Safer, and Chromium too for the way of a report. */
export function walked(browsers: readonly BrowserName[]): readonly BrowserName[] {
  if (process.env["CANDOUR_BROWSERS"] !== "few") return browsers;
  return browsers === BROWSERS ? FARTHEST_BROWSERS : ["firefox-safer"];
}

export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1280, height: 900 };

const SAFER = {
  "javascript.options.ion": false,
  "javascript.options.baselinejit": false,
  "javascript.options.wasm": false,
  "javascript.options.asmjs": false,
  "javascript.options.native_regexp": false,
  "javascript.options.wasm_baselinejit": false,
  "javascript.options.wasm_optimizingjit": false,
};

/** Nothing but loopback can be reached: a request elsewhere fails, and the test sees that it was tried. */
export async function open_browser(name: BrowserName, more_prefs: Record<string, unknown> = {}, more_args: readonly string[] = [], profile?: string): Promise<Browser> {
  const kept = profile === undefined ? {} : { userDataDir: profile }; // otherwise a temporary one
  if (name === "chromium") {
    return puppeteer.launch({
      ...kept, executablePath: "/usr/bin/chromium", headless: true,
      args: ["--no-sandbox", "--disable-quic", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--lang=en-GB", ...more_args],
    });
  }
  return puppeteer.launch({
    ...kept, browser: "firefox", headless: true,
    executablePath: existsSync("/usr/bin/firefox-esr") ? "/usr/bin/firefox-esr" : "/usr/bin/firefox",
    extraPrefsFirefox: { ...(name === "firefox-safer" ? SAFER : {}), "network.proxy.type": 1, "network.proxy.http": "127.0.0.1", "network.proxy.http_port": 9, "network.proxy.ssl": "127.0.0.1", "network.proxy.ssl_port": 9, "network.proxy.no_proxies_on": "127.0.0.1", ...more_prefs },
  });
}

export async function open_page(browser: Browser, address: string, size = PHONE): Promise<{ page: Page; asked: string[] }> {
  const page = await browser.newPage();
  // An older Firefox ESR sets the size but knows no orientation, which no test looks at.
  await page.setViewport(size).catch((error: unknown) => {
    if (!String(error).includes("unknown command emulation.setScreenOrientationOverride")) throw error;
  });
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(address, { waitUntil: "load" });
  return { page, asked };
}

export async function heading(page: Page): Promise<string> {
  return page.evaluate(() => document.querySelector("h1")?.textContent ?? "");
}

/** Asks again and again; puppeteer's own waiting ends at once in Firefox ESR 140. */
export async function until<Args extends unknown[]>(page: Page, holds: (...args: Args) => unknown, { timeout = 30_000 } = {}, ...args: Args): Promise<void> {
  const deadline = Date.now() + timeout;
  while (!(await page.evaluate(holds as (...args: unknown[]) => unknown, ...args))) {
    if (Date.now() > deadline) throw new Error("waited in vain; the page says: " + (await page.evaluate(() => document.body.innerText.slice(0, 600))));
    await sleep(50);
  }
}

export async function until_heading(page: Page, text: string, timeout = 20_000): Promise<void> {
  await until(page, (wanted: string) => document.querySelector("h1")?.textContent === wanted, { timeout }, text);
}

/** Presses the button with this text, as a person finds it. */
export async function press(page: Page, text: string, nth = 0): Promise<void> {
  const found = await page.evaluateHandle((wanted: string, n: number) => {
    const all = [...document.querySelectorAll("button, summary")].filter((b) => b.textContent?.trim() === wanted);
    return all[n] ?? null;
  }, text, nth);
  const element = found.asElement();
  if (element === null) throw new Error(`no button "${text}"; the page says: ` + (await page.evaluate(() => document.body.innerText.slice(0, 600))));
  await page.evaluate((button) => (button as HTMLElement).click(), element);
}

export async function type(page: Page, field: string, text: string): Promise<void> {
  await page.focus("#" + field);
  await page.keyboard.type(text);
}

export async function choose(page: Page, field: string): Promise<void> {
  await page.evaluate((id: string) => (document.getElementById(id) as HTMLElement).click(), field);
}

/** Screenshots go to the folder named by CANDOUR_SHOTS; without it none are made. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env["CANDOUR_SHOTS"];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, name + ".png"), fullPage: true });
}
