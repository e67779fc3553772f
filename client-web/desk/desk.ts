// SPDX-License-Identifier: AGPL-3.0-or-later
// The page's state, in memory only: entered or not, locked or open, at the list or at a case. What it shows of cases is in Held.

import { Malformed } from "../src/protocol/json";
import { Api, Dropped, ToolError, ToolGone, type Lost } from "./api";
import { Held } from "./held";
import { IdleClock } from "./idle";
import { as_matches } from "./matches";
import type { SentFile } from "./reply_file";
import {
  as_account, as_case, as_desk, as_found, as_row_page, as_sent, as_view_path,
  type Account, type Busy, type Case, type Listed, type LockedDesk, type OpenDesk, type Row,
} from "./shapes";
import { say } from "./words";

export type Outside = "entering" | "no-way" | "refused" | "stranger" | "left" | "ended";
export type Place =
  | { readonly at: "outside"; readonly why: Outside }
  | { readonly at: "locked" }
  | { readonly at: "inbox" }
  | { readonly at: "matches" }
  | { readonly at: "case"; readonly id: string };

const TICK_MILLISECONDS = 1000;
const POLL_MILLISECONDS = 10_000;
const BUSY_POLL_MILLISECONDS = 300;
const WAY = /^#([0-9a-f]{64})$/;
export const is_way = (fragment: string): boolean => WAY.test(fragment);
/** The list is read anew where it changed meanwhile; for ever it would not be. */
const READINGS_MAX = 3;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Null where there is nothing to say, because the page has let go of what it was about. */
export function words_of(error: unknown): string | null {
  if (error instanceof Dropped) return null;
  if (error instanceof ToolError) return error.words === "" ? say.trouble.refused : error.words;
  if (error instanceof ToolGone) return say.trouble.gone;
  if (!(error instanceof Malformed)) reportError(error); // a mistake of ours
  return say.trouble.malformed;
}

export class Desk {
  place: Place = { at: "outside", why: "entering" };
  locked: LockedDesk | null = null;
  open: OpenDesk | null = null;
  held: Held | null = null;
  /** While the desk is opened, or looks for new reports. */
  busy: Busy | null = null;
  working: "opening" | "refreshing" | null = null;
  idle_warned = false;
  /** How often the tool refused to open. */
  refusals = 0;
  private key_file = "";
  private idle: IdleClock | null = null;
  private clock: ReturnType<typeof setInterval> | undefined;
  private polled_at = 0;
  private readonly api: Api = new Api((how, words) => this.lose(how, words));

  constructor(private readonly changed: () => void) {}

  // ---- coming in ----

  async enter(fragment: string): Promise<void> {
    const way = WAY.exec(fragment)?.[1];
    if (way === undefined) return this.leave("no-way");
    this.leave("entering");
    try {
      await this.api.enter(way);
      this.take_desk(as_desk(await this.api.desk()));
    } catch (error) {
      this.leave(error instanceof ToolError ? (error.status === 401 ? "refused" : "stranger") : "ended");
    }
  }

  /** key_file: base64; null for the one that the tool has. */
  async unlock(passphrase: string, key_file: string | null): Promise<void> {
    this.working = "opening";
    const answer = this.api.post("/api/open", { passphrase, ...(key_file === null ? {} : { key_file }) });
    void this.watch(answer);
    try {
      this.take_desk(as_desk(await answer));
    } finally {
      this.stop_working();
    }
  }

  /** The tool refused to open. */
  stay_locked(why: string): void {
    this.refusals += 1;
    if (this.place.at === "locked") this.close({ open: false, busy: null, key_file: this.key_file, why });
  }

  private stop_working(): void {
    this.working = null;
    this.busy = null;
    this.changed();
  }

  /** How far the tool is with what was asked of it. */
  private async watch(answer: Promise<unknown>): Promise<void> {
    let under_way = true;
    void answer.then(() => undefined, () => undefined).then(() => { under_way = false; });
    this.changed();
    for (;;) {
      await pause(BUSY_POLL_MILLISECONDS);
      if (!under_way) return;
      try {
        const { busy } = as_desk(await this.api.desk());
        if (under_way) this.busy = busy;
      } catch {
        // The answer itself says what is wrong.
      }
      this.changed();
    }
  }

  private take_desk(desk: LockedDesk | OpenDesk): void {
    if (!desk.open) return this.close(desk);
    const first = this.open === null;
    this.open = desk;
    this.locked = null;
    if (!first) return this.changed();
    this.held = new Held();
    this.idle = new IdleClock(desk.idle_seconds, () => void this.api.awake().catch(() => undefined));
    this.polled_at = Date.now();
    this.clock = setInterval(() => this.tick(), TICK_MILLISECONDS);
    this.go({ at: "inbox" });
    void this.read_list();
  }

  // ---- the lock ----

  /** At once; the tool is told, and its answer says how it stands. */
  async lock(why: string | null = null): Promise<void> {
    this.close({ open: false, busy: null, key_file: this.key_file, why });
    try {
      const desk = as_desk(await this.api.lock());
      if (!desk.open) this.close({ ...desk, why: why ?? desk.why });
    } catch (error) {
      if (error instanceof ToolGone) this.leave("ended");
    }
  }

  private lose(how: Lost, words: string): void {
    if (how === "left") return this.leave("left");
    this.close({ open: false, busy: null, key_file: this.key_file, why: words });
    void this.api.desk().then((answer) => {
      const desk = as_desk(answer);
      if (!desk.open && this.place.at === "locked") this.close({ ...desk, why: desk.why ?? words });
    }).catch(() => undefined);
  }

  private close(desk: LockedDesk): void {
    this.let_go();
    this.key_file = desk.key_file;
    this.locked = desk;
    this.go({ at: "locked" });
  }

  private leave(why: Outside): void {
    this.let_go();
    this.locked = null;
    this.go({ at: "outside", why });
  }

  /** Best effort: the engine may have copies until its next collection. */
  private let_go(): void {
    clearInterval(this.clock);
    this.api.drop();
    this.held = null;
    this.open = null;
    this.idle = null;
    this.idle_warned = false;
    this.busy = null;
    this.working = null;
  }

  /** With the page's end. */
  forget(): void {
    this.api.leave();
    this.leave("left");
  }

  // ---- time ----

  sign_of_life(slight: boolean): void {
    if (this.idle === null || (slight && this.idle_warned)) return;
    this.idle.sign_of_life();
    this.tick();
  }

  private tick(): void {
    if (this.idle === null) return;
    const idle = this.idle.look();
    if (idle === "over") return void this.lock("idle");
    if (this.idle_warned !== (idle === "warned")) {
      this.idle_warned = idle === "warned";
      this.changed();
    }
    if (Date.now() - this.polled_at >= POLL_MILLISECONDS) void this.poll();
  }

  /** The tool may have locked itself, or ended; then the page must not go on showing what it has. */
  private async poll(): Promise<void> {
    this.polled_at = Date.now();
    const held = this.held;
    for (let times = 0; times < 2 && this.held === held; times += 1) {
      try {
        const desk = as_desk(await this.api.desk());
        if (this.held === held) this.take_desk(desk);
        return;
      } catch (error) {
        if (!(error instanceof ToolGone)) return;
        await pause(TICK_MILLISECONDS);
      }
    }
    if (this.held === held) this.leave("ended");
  }

  // ---- the list ----

  go_to_inbox(): void {
    if (this.held === null || this.open === null) return;
    this.held.one = null;
    this.held.matches = null;
    this.go({ at: "inbox" });
    void this.read_list();
  }

  go_to_matches(): void {
    if (this.held === null) return;
    this.held.one = null;
    this.held.matches = null;
    this.go({ at: "matches" });
  }

  /** With the words of those who want to be asked first only where somebody asks for them. */
  async read_matches(with_contacts: boolean): Promise<void> {
    const held = this.held;
    const all = as_matches(with_contacts ? await this.api.post("/api/matches/contacts") : await this.api.get("/api/matches"));
    if (held === null || this.held !== held || this.place.at !== "matches") return;
    held.matches = all;
    this.changed();
  }

  /** All of it, in pages; only if it changed. */
  async read_list(): Promise<void> {
    const held = this.held;
    if (held === null || held.loading !== null) return;
    held.trouble = null;
    held.loading = { done: 0, of: 0 };
    try {
      const { version } = as_desk(await this.api.desk()) as OpenDesk;
      if (held.version === null || held.version !== version) {
        for (let times = 0; times < READINGS_MAX && !(await this.read_pages(held, times === READINGS_MAX - 1)); times += 1);
      }
    } catch (error) {
      held.trouble = words_of(error);
    }
    held.loading = null;
    if (this.held === held) this.changed();
  }

  /** False where it changed while it was read. The first time, rows are shown as they come. */
  private async read_pages(held: Held, take_it_as_it_is: boolean): Promise<boolean> {
    const known = new Set<string>();
    const rows: Row[] = [];
    let first: string | null = null;
    for (let total = 1; rows.length < total;) {
      const page = as_row_page(await this.api.get("/api/cases?from=" + rows.length.toString()));
      first ??= page.version;
      if (page.version !== first && !take_it_as_it_is) return false;
      total = page.total;
      for (const row of page.rows) {
        if (!known.has(row.id)) rows.push(row);
        known.add(row.id);
      }
      if (page.rows.length === 0) break;
      held.loading = { done: rows.length, of: total };
      if (held.version === null) held.rows = [...rows];
      if (this.held === held) this.changed();
    }
    held.rows = rows;
    held.version = first;
    return true;
  }

  async refresh(): Promise<void> {
    if (this.working !== null) return;
    this.working = "refreshing";
    const answer = this.api.post("/api/refresh");
    void this.watch(answer);
    try {
      this.take_desk(as_desk(await answer));
    } finally {
      this.stop_working();
    }
    await this.read_list();
    if (this.place.at === "case") await this.read_case(this.place.id);
  }

  async search(words: string): Promise<void> {
    const held = this.held;
    if (held === null) return;
    held.words = words;
    held.found = words.trim() === "" ? null : new Set(as_found(await this.api.post("/api/search", { words })));
    this.changed();
  }

  // ---- a case ----

  open_case(id: string): void {
    if (this.held === null) return;
    this.held.active = id;
    this.held.one = null;
    this.held.matches = null;
    this.go({ at: "case", id });
  }

  async read_case(id: string): Promise<void> {
    this.take_case(as_case(await this.api.get("/api/cases/" + id)), id);
  }

  async say_event(id: string, kind: string, body: object, readers?: readonly string[]): Promise<void> {
    this.take_case(as_case(await this.api.post(`/api/cases/${id}/events`, { kind, body, ...(readers === undefined ? {} : { readers }) })), id);
  }

  async read_account(case_id: string, report: string): Promise<void> {
    const held = this.held;
    const account = as_account(await this.api.post(`/api/reports/${report}/read`));
    held?.accounts.set(report, account);
    held?.shown.add(report);
    this.changed();
    await this.read_case(case_id);
  }

  /** Hands her share of a report on. */
  async share(report: string, to: string): Promise<void> {
    this.take_desk(as_desk(await this.api.post(`/api/reports/${report}/share`, { to })));
  }

  async reply(report: string, words: string, file: SentFile | null = null): Promise<{ readonly number: number; readonly day: string }> {
    return as_sent(await this.api.post(`/api/reports/${report}/reply`, { words, ...(file === null ? {} : { file }) }));
  }

  async mark(case_id: string, report: string, mark: "closed" | "hold", set: boolean): Promise<void> {
    this.take_case(as_case(await this.api.post(`/api/reports/${report}/mark`, { mark, set })), case_id);
  }

  async view_path(report: string, attachment: number): Promise<string> {
    return as_view_path(await this.api.post(`/api/reports/${report}/attachments/${attachment.toString()}/view`));
  }

  file(report: string, attachment: number): Promise<Response> {
    return this.api.file(`/api/reports/${report}/attachments/${attachment.toString()}`);
  }

  private take_case(one: Case, id: string): void {
    if (this.held === null || this.place.at !== "case" || this.place.id !== id) return;
    this.held.one = one;
    this.changed();
  }

  /** That are open on this page, the newest last. */
  accounts_of(one: Case): readonly Account[] {
    return one.reports.flatMap((report: Listed) => {
      const account = this.held?.accounts.get(report.id);
      return account === undefined ? [] : [account];
    });
  }

  name_of(id: string): string {
    return this.open?.people.find((person) => person.id === id)?.name ?? id;
  }

  names_of(ids: readonly string[]): string {
    return ids.map((id) => this.name_of(id)).join(", ");
  }

  /** Draws the page anew, for what a view changed in Held. */
  redraw(): void {
    this.changed();
  }

  private go(place: Place): void {
    this.place = place;
    this.changed();
  }
}
