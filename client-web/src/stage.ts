// SPDX-License-Identifier: AGPL-3.0-or-later
// The page and its cover take turns in the document. What is covered is taken out of it whole, so that neither the document nor a screen
// reader has anything of it; it goes on living outside (an upload, a half-written answer) and comes back at the same place.

import { say } from "./words";

export class Stage {
  /** The page is drawn in here, the cover in there. */
  readonly page = document.createElement("div");
  readonly cover = document.createElement("div");
  private covered = false;
  private focused: Element | null = null;
  private scrolled = 0;
  private title = "";
  private readonly exit = document.getElementById("exit");
  private readonly loud: readonly Node[] = [...(this.exit?.childNodes ?? [])];

  constructor(private readonly main: HTMLElement) {
    main.replaceChildren(this.page);
  }

  set(covered: boolean): void {
    if (covered === this.covered) return;
    this.covered = covered;
    if (covered) {
      this.focused = document.activeElement;
      this.scrolled = scrollY;
      for (const media of this.page.querySelectorAll<HTMLMediaElement>("audio, video")) media.pause();
      getSelection()?.removeAllRanges();
      document.getElementById("exit-status")?.replaceChildren();
      this.title = document.title;
      document.title = document.getElementById("name")?.textContent ?? "";
    }
    this.main.replaceChildren(covered ? this.cover : this.page);
    // Exit stays where it was, under a name that says nothing.
    if (covered) this.exit?.replaceChildren(say.cover.page.close);
    else this.exit?.replaceChildren(...this.loud);
    this.exit?.classList.toggle("bar__exit--quiet", covered);
    if (covered) {
      scrollTo(0, 0);
      return this.cover.querySelector("h1")?.focus({ preventScroll: true });
    }
    document.title = this.title;
    scrollTo(0, this.scrolled);
    const back = this.focused instanceof HTMLElement && this.page.contains(this.focused) ? this.focused : this.page.querySelector<HTMLElement>("h1");
    back?.focus({ preventScroll: true });
    this.focused = null;
  }
}
