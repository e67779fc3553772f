// SPDX-License-Identifier: AGPL-3.0-or-later
// What the page needs while it sends: large files must not be held in memory, or a phone kills the tab in the middle.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Page } from "puppeteer-core";
import { en } from "../../client-web/src/words/en";
import { heading, open_browser, open_page, press, until } from "./browser";
import { start_site, type Site } from "./server";
import { add_files, to_check, to_files } from "./walk";

const MIB = 1024 * 1024;
const FILE_BYTES = 200 * MIB;
const HELD_BYTES_MAX = 16 * MIB;
const GROWTH_BYTES_MAX = 256 * MIB; // with what the engine has not collected yet: on a busy machine it lets much lie

let site: Site;
before(async () => {
  site = await start_site();
});
after(() => site.stop());

/** Of every process that the browser draws pages with. */
function resident_bytes(browser_pid: number): number {
  const read = (pid: string, file: string): string => {
    try {
      return readFileSync(join("/proc", pid, file), "utf8");
    } catch {
      return ""; // it has ended
    }
  };
  const ours = new Set([browser_pid.toString()]);
  for (const pid of readdirSync("/proc").filter((name) => /^[0-9]+$/.test(name)).sort((a, b) => Number(a) - Number(b))) {
    if (ours.has(/^PPid:\s+([0-9]+)$/m.exec(read(pid, "status"))?.[1] ?? "")) ours.add(pid);
  }
  const renderers = [...ours].filter((pid) => read(pid, "cmdline").includes("--type=renderer"));
  return renderers.reduce((sum, pid) => sum + 1024 * Number(/^VmRSS:\s+([0-9]+)/m.exec(read(pid, "status"))?.[1] ?? 0), 0);
}

/** Of the page and its Worker, once the engine has collected. */
async function held_bytes(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { bytes } = await (performance as unknown as { measureUserAgentSpecificMemory(): Promise<{ bytes: number }> }).measureUserAgentSpecificMemory();
    return bytes;
  });
}

test("a file of 200 MiB is never in memory", async (t) => {
  const browser = await open_browser("chromium", {}, ["--enable-blink-features=ForceEagerMeasureMemory"]);
  try {
    const pid = browser.process()?.pid ?? 0;
    const { page } = await open_page(browser, site.address);
    await to_files(page);
    const film = join(site.folder, "film.mp4");
    writeFileSync(film, "");
    truncateSync(film, FILE_BYTES);
    await add_files(page, [film]);
    await to_check(page, null);
    const held_at_rest = await held_bytes(page);
    const resident_at_rest = resident_bytes(pid);
    assert.ok(held_at_rest > 0 && resident_at_rest > 0);
    let resident = 0;
    const watch = setInterval(() => (resident = Math.max(resident, resident_bytes(pid))), 100);
    await press(page, en.check.button);
    await until(page, () => Number(document.querySelector("progress")?.value) >= 15, { timeout: 100_000 });
    const held = await held_bytes(page);
    clearInterval(watch);
    assert.equal(await heading(page), en.sending.title, "it was measured while it was sent");
    t.diagnostic(`held ${((held - held_at_rest) / MIB).toFixed(1)} MiB, not yet collected up to ${((resident - resident_at_rest) / MIB).toFixed(0)} MiB`);
    assert.ok(held - held_at_rest < HELD_BYTES_MAX);
    assert.ok(resident - resident_at_rest < GROWTH_BYTES_MAX);
  } finally {
    await browser.close();
  }
});
