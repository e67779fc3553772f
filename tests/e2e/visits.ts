// SPDX-License-Identifier: AGPL-3.0-or-later
// What the tests of a file share: a server and browsers that are started once, pages that are closed and a line that is mended after each test.

import { after, afterEach, before } from "node:test";
import type { Browser, Page } from "puppeteer-core";
import { open_browser, open_page, type BrowserName } from "./browser";
import { start_site, type Site } from "./server";
import { mend } from "./states";

type Launch = readonly [prefs: Record<string, unknown>, args: readonly string[]];

export interface Visits {
  readonly site: Site;
  open(name: BrowserName): Promise<{ readonly page: Page; readonly asked: string[] }>;
}

/** started: is told once the server and the browsers are there. */
export function share_visits(names: readonly BrowserName[], started: (visits: Visits) => void, launch: (name: BrowserName) => Launch = () => [{}, []]): void {
  const browsers = new Map<BrowserName, Browser>();
  const pages: Page[] = [];
  let site: Site;
  before(async () => {
    site = await start_site();
    for (const name of names) browsers.set(name, await open_browser(name, ...launch(name)));
    started({
      site,
      async open(name) {
        const browser = browsers.get(name);
        if (browser === undefined) throw new RangeError(name);
        const opened = await open_page(browser, site.address);
        pages.push(opened.page);
        return opened;
      },
    });
  });
  afterEach(async () => {
    mend(site);
    for (const page of pages.splice(0)) if (!page.isClosed()) await page.close();
  });
  after(async () => {
    for (const browser of browsers.values()) await browser.close();
    await site.stop();
  });
}
