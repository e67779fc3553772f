// SPDX-License-Identifier: AGPL-3.0-or-later
// A hostile web page in the same browser as an open desk: on another port of this computer, which is as near as another page can come.
// It knows the desk's address, an address of the API, even a session that has ended; what it tries reaches nothing and reads nothing.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { say } from "../../client-web/desk/words";
import { DESKTOP, open_browser, open_page, press, until, walked } from "./browser";
import { publish_desk_form, send_report, start_desk } from "./desk_tool";
import { unlock } from "./desk_walk";
import { start_site, type Site } from "./server";

let site: Site;
before(async () => {
  site = await start_site();
  await publish_desk_form(site);
});
after(async () => site.stop());

/** Runs in the hostile page: what each try came to. */
async function try_all(desk: string): Promise<Record<string, string>> {
  const came_to: Record<string, string> = {};
  const note = async (name: string, does: () => Promise<string>): Promise<void> => {
    came_to[name] = await does().catch((error: unknown) => (error instanceof Error ? error.name : "failed"));
  };
  const body = JSON.stringify({ way: "0".repeat(64) });
  const asks: readonly (readonly [string, string, RequestInit])[] = [
    ["read the desk", "api/desk", {}],
    ["with a session", "api/desk", { headers: { Authorization: "Bearer " + "0".repeat(64) } }],
    ["enter", "api/enter", { method: "POST", body }],
    ["enter as a form would", "api/enter", { method: "POST", body, headers: { "Content-Type": "text/plain" } }],
    ["lock", "api/lock", { method: "POST", body: "{}" }],
    ["the page", "", {}],
    ["its script", "desk.js", {}],
  ];
  for (const [name, path, options] of asks) {
    await note(name, async () => (await fetch(desk + path, options)).status.toString());
    await note(name + ", blindly", async () => {
      const answer = await fetch(desk + path, { ...options, headers: {}, mode: "no-cors" });
      return answer.type + answer.status.toString();
    });
  }
  await note("a script of it", () => new Promise((resolve) => {
    const script = document.createElement("script");
    script.onload = () => resolve("loaded");
    script.onerror = () => resolve("refused");
    script.src = desk + "desk.js";
    document.head.append(script);
  }));
  await note("a frame of it", async () => {
    const frame = document.createElement("iframe");
    frame.src = desk;
    document.body.append(frame);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    try {
      return frame.contentDocument === null ? "closed" : "empty" + (frame.contentDocument.body?.innerText ?? "");
    } catch {
      return "closed";
    }
  });
  await note("a form to it", async () => {
    const form = document.createElement("form");
    form.method = "post";
    form.enctype = "text/plain";
    form.action = desk + "api/lock";
    form.target = "elsewhere";
    document.body.append(form);
    form.submit();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return "sent";
  });
  await note("a WebSocket", () => new Promise((resolve) => {
    const socket = new WebSocket(desk.replace("http", "ws") + "api/desk");
    socket.onopen = () => resolve("open");
    socket.onerror = () => resolve("refused");
  }));
  await note("a window", async () => {
    const other = window.open(desk, "_blank");
    await new Promise((resolve) => setTimeout(resolve, 1500));
    try {
      return other === null || other.closed ? "cut off" : "reads " + (other.document.body?.innerText ?? "");
    } catch {
      return "closed";
    }
  });
  return came_to;
}

for (const name of walked(["chromium", "firefox"])) {
  test("a hostile page beside an open desk reads nothing and changes nothing, " + name, { timeout: 180_000 }, async () => {
    await send_report(site, { what_happened: "Xylophon-Zebra-7731", surname: "Quaxington-" + name });
    const tool = await start_desk(site, "ada", { state: "stranger-" + name });
    const hostile = createServer((_request, response) => response.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><title>evil</title><body>evil"));
    await new Promise<void>((resolve) => hostile.listen(0, "127.0.0.1", resolve));
    const browser = await open_browser(name);
    try {
      const { page } = await open_page(browser, tool.way(), DESKTOP);
      await unlock(page);
      await until(page, () => document.querySelectorAll("[role=option]").length > 0);

      const desk = tool.way().replace(/#.*/, "");
      const { page: stranger } = await open_page(browser, `http://127.0.0.1:${(hostile.address() as AddressInfo).port.toString()}/`, DESKTOP);
      const came_to = await stranger.evaluate(try_all, desk);
      for (const [what, how] of Object.entries(came_to)) {
        // Blindly: the browser sends it and hands the page nothing; the desk refuses it, as the flow test of the requests shows.
        const harmless = what.endsWith(", blindly") ? ["opaque0", "TypeError"] : ["TypeError", "refused", "closed", "empty", "cut off", "sent"];
        assert.ok(harmless.includes(how), `${what}: ${how}`);
      }
      // The desk is as it was: open, and its session the same.
      await page.bringToFront();
      await press(page, say.bar.refresh);
      await until(page, (who: string) => document.body.innerText.includes(who), { timeout: 30_000 }, "Quaxington-" + name);
      assert.equal(await page.$eval("h1", (title) => (title as HTMLElement).innerText), say.inbox.title);
    } finally {
      await browser.close();
      hostile.close();
      await tool.stop();
    }
  });
}
