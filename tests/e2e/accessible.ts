// SPDX-License-Identifier: AGPL-3.0-or-later
// axe-core finds nothing, in both colour schemes; and nothing has to be scrolled sideways at 320 px, which is a desktop at 400 %.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "puppeteer-core";
import { PHONE, shoot } from "./browser";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** shot: the name of its pictures, where they are kept. */
export async function assert_accessible(page: Page, view: string, shot: string): Promise<void> {
  for (const scheme of ["light", "dark"]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
      const { violations } = await (window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> } }).axe.run();
      return violations.map((v) => v.id + ": " + v.nodes.map((n) => n.html.slice(0, 120) + " " + n.failureSummary).join(" | "));
    });
    assert.deepEqual(found, [], view + " " + scheme);
    await shoot(page, shot + "-" + scheme);
  }
  await page.emulateMediaFeatures([]);
  await page.setViewport({ width: 320, height: 256 });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320), view + ": no sideways scrolling at 400 %");
  await shoot(page, shot + "-320");
  await page.setViewport(PHONE);
}
