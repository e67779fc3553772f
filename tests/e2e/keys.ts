// SPDX-License-Identifier: AGPL-3.0-or-later
// Somebody who has no mouse, or cannot use one: keys alone, and after each she must see where she is.

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { KeyInput, Page } from "puppeteer-core";

export interface Focus {
  readonly what: string;
  readonly id: string;
  /** What it says, or is labelled with. */
  readonly text: string;
  /** Why nobody can see it; empty where she can. */
  readonly unseen: string;
}

const STOPS_MAX = 120;
const SETTLED_MILLISECONDS_MAX = 3000;

/** In the page. It is seen if it looks otherwise than its like without the focus, and lies in the window. */
export function look_at_focus(): Focus {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || active === document.body) return { what: "nothing", id: "", text: "", unseen: "the focus is lost" };
  const label = active.getAttribute("aria-label") ?? (active as HTMLInputElement).labels?.[0]?.textContent ?? active.textContent ?? "";
  const row = active.getAttribute("aria-activedescendant");
  // A list shows which of its rows the keys are at; a tick box is drawn by its label.
  const drawn = (row === null ? null : document.getElementById(row)) ?? active;
  const [shown, part] = active.matches(".govuk-checkboxes__input") && active.nextElementSibling !== null ? [active.nextElementSibling, "::before"] : [drawn, null];
  const look = (element: Element): string[] => {
    const style = getComputedStyle(element, part);
    const outline = style.outlineStyle === "none" || style.outlineWidth === "0px" || /transparent|, 0\)/.test(style.outlineColor) ? "none" : `${style.outlineWidth} ${style.outlineColor}`;
    return [outline, style.boxShadow, style.backgroundColor, style.borderColor];
  };
  const place = drawn.getBoundingClientRect();
  const bar = document.querySelector(".bar");
  const covers = bar === null || bar.contains(active) || active.closest("dialog") !== null ? null : bar.getBoundingClientRect();
  const covered = covers !== null && place.top >= covers.top && place.bottom <= covers.bottom;
  const outside = covered || place.bottom <= 0 || place.top >= innerHeight || place.right <= 0 || place.left >= innerWidth || place.width < 2 || place.height < 2;
  // The same element beside it, without the focus.
  const like = (row === null ? shown : active).cloneNode(true) as HTMLElement;
  const holder = part === null ? like : shown.parentElement?.cloneNode(true) as HTMLElement;
  (part === null && row === null ? shown : part !== null ? shown.parentElement ?? shown : active).after(holder);
  const without = part !== null ? holder.querySelector(".govuk-checkboxes__label") : row !== null ? holder.querySelector("#" + CSS.escape(row)) : like;
  const same = without !== null && look(without).join() === look(shown).join();
  holder.remove();
  return {
    what: active.tagName.toLowerCase() + (active.className === "" ? "" : "." + active.className.replaceAll(" ", ".")), id: active.id, text: label.trim().slice(0, 80),
    unseen: outside ? "it is outside of the window, or covered" : same ? "it looks as without the focus" : "",
  };
}

/** The focus, once there is one; it is seen. */
export async function seen_focus(page: Page, after: string): Promise<Focus> {
  const deadline = Date.now() + SETTLED_MILLISECONDS_MAX;
  let focus = await page.evaluate(look_at_focus);
  while (focus.unseen !== "" && Date.now() < deadline) {
    await sleep(50);
    focus = await page.evaluate(look_at_focus);
  }
  assert.equal(focus.unseen, "", `after ${after}: ${focus.what} “${focus.text}”`);
  return focus;
}

export async function key(page: Page, name: KeyInput): Promise<Focus> {
  await page.keyboard.press(name);
  return seen_focus(page, name);
}

/** Tab by Tab to what has this id or says this; each stop on the way is seen. */
export async function tab_to(page: Page, wanted: string, { back = false } = {}): Promise<readonly Focus[]> {
  const stops: Focus[] = [];
  while (stops.length < STOPS_MAX) {
    if (back) await page.keyboard.down("Shift");
    await page.keyboard.press("Tab");
    if (back) await page.keyboard.up("Shift");
    const focus = await seen_focus(page, (back ? "Shift and " : "") + "Tab from " + (stops.at(-1)?.text ?? "the start"));
    stops.push(focus);
    if (focus.id === wanted || focus.text === wanted) return stops;
  }
  throw new Error(`no way by Tab to “${wanted}”: ` + stops.map(({ what, text }) => `${what} “${text}”`).join(", "));
}

/** Whether anything but keys was at the page since; the answer counts what was. */
export async function count_pointers(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const count = window as unknown as { pointers: number };
    count.pointers = 0;
    for (const kind of ["pointerdown", "mousedown", "mousemove", "touchstart", "wheel"]) addEventListener(kind, () => (count.pointers += 1), { capture: true, passive: true });
    addEventListener("click", (event) => { if (event.detail > 0 || !event.isTrusted) count.pointers += 1; }, { capture: true });
  });
  return () => page.evaluate(() => (window as unknown as { pointers: number }).pointers);
}
