// SPDX-License-Identifier: AGPL-3.0-or-later
// Leaving at once: blank page, no Worker, no words in memory that we can reach, a neutral site in the history's place.
// Shift three times as GOV.UK's Exit this page: Escape proved troublesome.

import { NEUTRAL_SITE } from "./neutral_site";
import { say } from "./words";

const PRESSES = 3;
const PRESS_SECONDS_MAX = 5;
const BACK_MILLISECONDS_MAX = 150;

export function leave(forget: () => void, trap_armed: boolean): void {
  document.documentElement.className = "left";
  document.body.replaceChildren();
  document.title = "\u200b";
  forget();
  if (!trap_armed) return location.replace(NEUTRAL_SITE);
  // Two entries are ours. The upper becomes a blank page that leads on, the lower becomes the neutral site:
  // so neither Back nor Forward shows this page again.
  const go = (): void => location.replace(NEUTRAL_SITE);
  history.replaceState(null, "", "/leave.html");
  addEventListener("popstate", go);
  setTimeout(go, BACK_MILLISECONDS_MAX);
  history.back();
}

/** The link in index.html works without this; with it, leaving also wipes. */
export function arm_exit(on_leave: () => void): void {
  const status = document.getElementById("exit-status");
  const tell = (text: string): void => {
    if (status !== null) status.textContent = text;
  };
  document.getElementById("exit")?.addEventListener("click", (event) => {
    event.preventDefault();
    on_leave();
  });

  let presses = 0;
  let alone = false; // no other key while Shift was down: capital letters do not count
  let expiry: ReturnType<typeof setTimeout> | undefined;
  const reset = (): void => {
    presses = 0;
    clearTimeout(expiry);
  };
  addEventListener("keydown", (event) => {
    alone = event.key === "Shift" && (alone || !event.repeat);
    if (event.key !== "Shift") reset();
  }, true);
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    presses += 1;
    clearTimeout(expiry);
    if (presses >= PRESSES) {
      tell(say.exit.leaving);
      return on_leave();
    }
    tell(say.exit.press_more(PRESSES - presses));
    expiry = setTimeout(() => {
      reset();
      tell(say.exit.expired);
    }, PRESS_SECONDS_MAX * 1000);
  }, true);
}
