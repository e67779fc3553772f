// SPDX-License-Identifier: AGPL-3.0-or-later
// Pause, resume, cancel, and waiting between attempts: one object shared by everything that is under way.

export class Cancelled extends Error {}

const FIRST_WAIT_SECONDS = 1;
const LONGEST_WAIT_SECONDS = 30;

export class Pace {
  private attempts = 0;
  private running = true;
  private wake: (() => void)[] = [];
  private readonly stop = new AbortController();
  private readonly current = new Set<AbortController>();

  constructor(private readonly tell: (state: "paused" | "waiting" | "going") => void) {}

  get paused(): boolean {
    return !this.running;
  }

  pause(): void {
    this.running = false;
    this.abort_requests();
    this.tell("paused");
  }

  /** Also "try again now". */
  resume(): void {
    this.running = true;
    this.attempts = 0;
    this.tell("going");
    for (const wake of this.wake.splice(0)) wake();
  }

  cancel(): void {
    this.stop.abort();
    this.abort_requests();
    for (const wake of this.wake.splice(0)) wake();
  }

  succeeded(): void {
    if (this.attempts > 0) this.tell("going");
    this.attempts = 0;
  }

  /** Returns when it is time to go on; throws Cancelled. */
  async ready(): Promise<void> {
    while (!this.running && !this.stop.signal.aborted) await new Promise<void>((resolve) => this.wake.push(resolve));
    if (this.stop.signal.aborted) throw new Cancelled();
  }

  /** A wait that doubles and is spread, so that a server that comes back is not stormed. */
  async wait_after_failure(wait_seconds: number | null): Promise<void> {
    if (this.paused || this.stop.signal.aborted) return this.ready();
    this.tell("waiting");
    const doubled = Math.min(FIRST_WAIT_SECONDS * 2 ** this.attempts, LONGEST_WAIT_SECONDS);
    this.attempts += 1;
    return this.rest((wait_seconds ?? doubled) * (0.75 + Math.random() / 2));
  }

  /** Until it is time to ask again for something that takes its time, or she wants it now; nobody is told. */
  async rest(seconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.wake.push(resolve);
      setTimeout(resolve, seconds * 1000);
    });
    return this.ready();
  }

  /** For one request: aborted by pause, cancel, or time. */
  request_signal(seconds_max: number): { signal: AbortSignal; done: () => void } {
    const current = new AbortController();
    this.current.add(current);
    const timer = setTimeout(() => current.abort(), seconds_max * 1000);
    const done = (): void => {
      clearTimeout(timer);
      this.current.delete(current);
    };
    return { signal: current.signal, done };
  }

  private abort_requests(): void {
    for (const request of this.current) request.abort();
  }
}
