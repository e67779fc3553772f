// SPDX-License-Identifier: AGPL-3.0-or-later
// When she stops, the page hides behind a neutral one. What it hid is outside the document, and comes back as it was. Settings are in
// memory only. Screen readers can read for long without the page noticing, so it asks before, and waits longer for whom wants it.

export const COVER_MINUTES = [2, 5, 10, 20, 60] as const;
export const MINUTES_AT_FIRST = 2;
export const MINUTES_MORE = 20;
const WARN_SECONDS = 30;
const LOOK_MILLISECONDS = 500;
const SIGNS = ["keydown", "pointerdown", "input"] as const;
/** Not once she is asked: else the way to a button of the question would take it away. */
const SLIGHT_SIGNS = ["pointermove", "wheel", "touchmove", "scroll"] as const;

export type CoverState = "open" | "warned" | "covered";

/** As people type it on another keyboard: capitals, accents and spaces around do not matter. */
function plain(word: string): string {
  return word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
}

export class Cover {
  state: CoverState = "open";
  minutes: number | null = MINUTES_AT_FIRST; // null: never
  word = ""; // as she typed it
  private last: number;
  private held = false;

  /** other_word: what opens too where she chose a word, should she forget it: her codename. */
  constructor(private readonly changed: () => void, private readonly other_word: () => string | null, private readonly now: () => number = () => Date.now()) {
    this.last = now();
  }

  get has_word(): boolean {
    return plain(this.word) !== "";
  }

  choose_minutes(minutes: number | null): void {
    this.minutes = minutes;
    this.last = this.now();
    this.become("open");
  }

  /** While she speaks into a recording she touches nothing. */
  hold(held: boolean): void {
    this.held = held;
    this.last = this.now();
  }

  sign_of_life(): void {
    // Where the device slept, what woke it is no sign that it is she.
    if (this.look() === "covered") return;
    this.last = this.now();
    this.become("open");
  }

  look(): CoverState {
    if (this.state === "covered" || this.minutes === null || this.held) return this.state;
    const idle = Math.abs(this.now() - this.last); // also where the clock was set back
    const limit = this.minutes * 60_000;
    if (idle >= limit) this.become("covered");
    else if (idle >= limit - WARN_SECONDS * 1000) this.become("warned");
    return this.state;
  }

  hide(): void {
    this.become("covered");
  }

  /** False for a wrong word; without a chosen one anything opens. */
  lift(word: string): boolean {
    const typed = plain(word);
    const other = this.other_word();
    if (this.has_word && typed !== plain(this.word) && (other === null || typed !== plain(other))) return false;
    this.last = this.now();
    this.become("open");
    return true;
  }

  forget(): void {
    this.word = "";
  }

  /** Looks at the clock, and at what she does. A page that was in the background looks at once when it is seen again.
   *  is_question: the question's own buttons decide themselves. */
  watch(is_question: (target: EventTarget | null) => boolean): void {
    setInterval(() => this.look(), LOOK_MILLISECONDS);
    const on = (signs: readonly string[], heed: (event: Event) => boolean): void => {
      for (const sign of signs) addEventListener(sign, (event) => heed(event) && this.sign_of_life(), { capture: true, passive: true });
    };
    on(SIGNS, ({ target }) => this.state !== "warned" || !is_question(target));
    on(SLIGHT_SIGNS, () => this.state !== "warned");
    document.addEventListener("visibilitychange", () => this.look());
  }

  private become(state: CoverState): void {
    if (state === this.state) return;
    this.state = state;
    this.changed();
  }
}
