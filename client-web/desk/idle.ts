// SPDX-License-Identifier: AGPL-3.0-or-later
// The page's own clock for the lock. What the tool counts is requests, so it is told now and then that somebody is here: never less
// long ago than the page believes, so that the page locks first.

const WARN_MILLISECONDS = 60_000;
const TELL_MILLISECONDS = 30_000;

export type Idleness = "here" | "warned" | "over";

export class IdleClock {
  private last: number;
  private told: number;

  constructor(private readonly idle_seconds: number, private readonly tell: () => void, private readonly now: () => number = () => Date.now()) {
    this.last = this.told = now();
  }

  /** Somebody's hand was at the page. Where the time was over already, whoever woke the computer may be somebody else. */
  sign_of_life(): void {
    if (this.look() === "over") return;
    this.last = this.now();
    this.tell_in_time();
  }

  look(): Idleness {
    const idle = Math.abs(this.now() - this.last); // also where the clock was set back
    if (idle >= this.idle_seconds * 1000) return "over";
    this.tell_in_time();
    return idle >= this.idle_seconds * 1000 - Math.min(WARN_MILLISECONDS, (this.idle_seconds * 1000) / 2) ? "warned" : "here";
  }

  private tell_in_time(): void {
    if (this.last <= this.told || this.now() - this.told < TELL_MILLISECONDS) return;
    this.told = this.now();
    this.tell();
  }
}
