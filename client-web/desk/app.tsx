// SPDX-License-Identifier: AGPL-3.0-or-later
// The caseworkers' desk: the browser's side of `candour desk`. One page, one view at a time. All text goes through Preact's text nodes.

import { render, type JSX } from "preact";
import { BackButton } from "../src/back_button";
import { Desk, is_way } from "./desk";
import { BarView } from "./views/bar";
import { CaseView } from "./views/case";
import { HelpView } from "./views/help";
import { IdleWarning, is_idle_question } from "./views/idle_warning";
import { InboxView } from "./views/inbox";
import { MatchesView } from "./views/matches";
import { OutsideView } from "./views/outside";
import { UnlockView } from "./views/unlock";

function View({ desk }: { desk: Desk }): JSX.Element | null {
  const { place, open, held, locked } = desk;
  if (place.at === "outside") return <OutsideView key={place.why} why={place.why} />;
  if (place.at === "locked") return locked === null ? null : <UnlockView desk={desk} locked={locked} />;
  if (open === null || held === null) return null;
  if (place.at === "matches") return <MatchesView desk={desk} held={held} />;
  return place.at === "inbox" ? <InboxView desk={desk} open={open} held={held} /> : <CaseView key={place.id} desk={desk} open={open} held={held} id={place.id} />;
}

function Page({ desk }: { desk: Desk }): JSX.Element {
  return (
    <>
      <BarView desk={desk} />
      <main class={desk.open === null ? "page" : "page page--wide"} id="main" tabIndex={-1}><View desk={desk} /></main>
      {desk.open !== null && <HelpView />}
      {desk.idle_warned && <IdleWarning desk={desk} />}
    </>
  );
}

const SIGNS = ["keydown", "pointerdown", "input"] as const;
/** Not once she is asked: else the way to a button of the question would take it away. */
const SLIGHT_SIGNS = ["pointermove", "wheel", "touchmove"] as const;

function begin(root: HTMLElement): void {
  const desk: Desk = new Desk(() => {
    if (desk.open !== null) back.arm();
    render(<Page desk={desk} />, root);
  });
  // The browser's Back leads from a case, or the matches, to the list; it never throws away what is open.
  const back = new BackButton(() => {
    if (desk.place.at === "case" || desk.place.at === "matches") desk.go_to_inbox();
    return desk.open !== null;
  });
  for (const sign of SIGNS) addEventListener(sign, (event) => event.isTrusted && !is_idle_question(event.target) && desk.sign_of_life(false), { capture: true, passive: true });
  for (const sign of SLIGHT_SIGNS) addEventListener(sign, (event) => event.isTrusted && desk.sign_of_life(true), { capture: true, passive: true });
  addEventListener("pagehide", () => {
    desk.forget();
    render(null, root);
    root.replaceChildren();
  });
  // Kept by the browser and shown again: there is nothing left to show.
  addEventListener("pageshow", (event) => event.persisted && desk.forget());

  // Also where the new address of the terminal is opened in this tab, which loads nothing anew.
  addEventListener("hashchange", () => is_way(location.hash) && enter(desk));
  document.querySelector(".govuk-skip-link")?.addEventListener("click", (event) => {
    event.preventDefault(); // no fragment in the address, no entry in the history
    (document.querySelector<HTMLElement>("main h1[tabindex]") ?? document.getElementById("main"))?.focus();
  });
  root.replaceChildren();
  enter(desk);
}

/** The way in leaves the address at once: nobody reads it there, and it is in no bookmark. */
function enter(desk: Desk): void {
  const fragment = location.hash;
  history.replaceState(null, "", location.pathname);
  void desk.enter(fragment);
}

const root = document.getElementById("desk");
if (root !== null) begin(root);
