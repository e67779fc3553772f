// SPDX-License-Identifier: AGPL-3.0-or-later
// One visit: everything the page knows while it is open, in memory only. Views read it; they change it through its verbs.
// Here is the way of one report, first or later; coming back is in return.ts.

import { Diary } from "./diary";
import { Draft } from "./draft";
import { follow_up_form, release_form, succession_form } from "./follow_up";
import { Keeping } from "./keeping";
import { Matching } from "./matching";
import type { FromWorker, SendFailure, ToWorker } from "./messages";
import { has_account, is_shown_step, type Form, type Step } from "./protocol/form";
import { any_danger, safety_part } from "./protocol/safety_part";
import type { Caseworker, Roster, RosterCheck } from "./protocol/roster";
import { open_desks } from "./protocol/readers";
import type { WordList } from "./protocol/words";
import { Return } from "./return";
import { order_of, Sending } from "./sending";
import type { Trouble } from "./trouble";
import { Unsent } from "./unsent";
import { way_of, type Kind, type Place } from "./way";
import { in_language } from "./organisation";
import { offered, preferred, speak, spoken, type Language } from "./words";

/** Not while reporting pauses. */
const TO_SENDING: ReadonlySet<Place["at"]> = new Set(["start", "readers", "check"]);

export class Visit {
  readonly come_back: Return;
  readonly draft: Draft;
  readonly diary: Diary;
  readonly keeping: Keeping;
  readonly sending: Sending;
  readonly matching: Matching;
  kind: Kind = "report";
  place: Place = { at: "loading" };
  trouble: Trouble | null = null;
  roster: Roster | null = null; // with the form in the language of this visit
  words: WordList | null = null;
  said: Unsent;
  readers_changed = false;
  failure: { readonly why: SendFailure; readonly file: string } | null = null;
  receipt: { readonly short_code: string; readonly day: string } | null = null;
  /** She took a codename before she began to write, so that it can be saved. */
  wants_saving = false;
  /** What she wrote is for her diary, and nobody gets it. */
  to_diary = false;
  /** The form has changed since the draft was saved. */
  form_changed = false;
  /** Set while she changes one thing from the check page: Continue leads back there. */
  private returning = false;
  /** A first report that was begun before she opened a box. */
  begun: Unsent | null = null;
  /** The report that is kept in her diary, while she looks at its safety part. */
  held: Unsent | null = null;
  danger_sent = false; // what was sent tells of danger
  private signed: Roster | null = null; // as the organisation signed it
  private language_chosen = false;

  constructor(
    private readonly post: (message: ToWorker) => void,
    private readonly changed: () => void,
    private readonly fetch_words: () => Promise<WordList | null>,
  ) {
    this.said = this.blank(null);
    this.sending = new Sending(post, changed);
    this.keeping = new Keeping(this);
    this.matching = new Matching(this);
    this.come_back = new Return(post, changed);
    this.draft = new Draft(post, changed, () => this.keeping.as_draft());
    this.diary = new Diary(post, changed, () => {
      if (this.place.at === "diary-write") this.place = { at: "diary" };
      if (this.place.at === "diary-kept") this.keeping.offer_safety_part();
    });
  }

  load(): void {
    this.trouble = null;
    this.go({ at: "loading" });
    this.post({ order: "load" });
  }

  load_words(): void {
    void this.fetch_words().then((words) => {
      this.words = words ?? this.words;
      this.go(this.place);
    });
  }

  go(to: Place): void {
    const place: Place = this.paused && TO_SENDING.has(to.at) ? { at: "trouble" } : to;
    if (place.at === "start" && this.kind === "diary") this.take_begun();
    this.place = place;
    if ((place.at === "codename" || place.at === "first-codename") && this.said.codename === null) this.said.codename = this.words?.make_codename() ?? null;
    this.changed();
  }

  /** Something to lose: leaving by accident would hurt. */
  get under_way(): boolean {
    return !["loading", "trouble", "start", "sent", "receipt-wrong"].includes(this.place.at) || !this.said.is_empty;
  }

  /** Nothing can be sent at the moment; what is hers alone goes on. */
  get paused(): boolean {
    return this.trouble !== null;
  }

  /** She has chosen it: kept as long as it is switched on. */
  speak(language: Language): void {
    this.language_chosen = true;
    this.translate(language);
    this.changed();
  }

  private translate(language: Language): void {
    speak(language);
    if (this.signed !== null) this.roster = in_language(this.signed, language.tag);
  }

  // ---- the way through ----

  /** What is asked in a report of this kind. */
  get form(): Form | null {
    if (this.roster === null || this.kind === "report") return this.roster?.form ?? null;
    if (this.kind === "safety") return this.held === null ? null : safety_part(this.roster.form, this.held.answers)?.form ?? null;
    if (this.kind === "diary" || this.kind === "release") return release_form(spoken.tag); // these forms are in the page's own words
    return this.kind === "follow-up" ? follow_up_form(spoken.tag) : succession_form(spoken.tag);
  }

  /** What she writes is for her diary alone. */
  get keeps(): boolean {
    return this.kind === "report" && this.to_diary;
  }

  route(): Place[] {
    return way_of(this.kind, this.form, this.said.answers, { saved: this.wants_saving, to_diary: this.keeps, names: this.matching.can_name });
  }

  private position(): number {
    const here = this.place;
    return this.route().findIndex((place) => place.at === here.at && (place.at !== "step" || here.at !== "step" || place.step === here.step));
  }

  next(): void {
    if (this.place.at === "first-practice" && this.said.codename !== null) this.draft.begin(this.said.codename, true);
    if (this.kind === "report") this.draft.save();
    const back_to_check = this.returning && this.place.at !== "check" && !this.keeps && !(this.place.at === "readers" && this.matching.lacks_name);
    const next = this.route()[this.position() + 1];
    if (back_to_check) this.returning = false;
    if (back_to_check) this.go({ at: "check" });
    else if (next?.at === "diary-kept") this.keeping.keep_in_diary();
    else if (next?.at === "diary" && this.said.codename !== null) this.keeping.open_new_diary(this.said.codename);
    else if (next !== undefined) this.go(next);
  }

  /** False where there is nowhere to go back to inside the page. */
  back(): boolean {
    if (this.place.at === "sending") {
      this.stop_sending();
      return true;
    }
    if (["come-back", "box", "withdraw"].includes(this.place.at)) {
      this.leave_box();
      return true;
    }
    if (this.place.at === "holding") return true; // it is not done: she stays, or sends it after all
    if (this.place.at === "diary-kept") this.keeping.stop_keeping();
    if (this.place.at === "safety-part") {
      this.keeping.keep_all();
      return true;
    }
    if (this.place.at === "diary-write" || this.place.at === "diary-choose") {
      this.go({ at: "diary" });
      return true;
    }
    if (this.place.at === "diary" || this.place.at === "unfinished" || this.place.at === "last-opened") {
      this.go({ at: "box" });
      return true;
    }
    const at = this.position();
    const before = at > 0 ? this.route()[at - 1] : undefined;
    if (this.returning && this.place.at !== "check") {
      this.returning = false;
      this.go({ at: "check" });
      return true;
    }
    if (before === undefined) return false;
    this.go(before);
    return true;
  }

  change(place: Place): void {
    this.returning = true;
    this.go(place);
  }

  get step(): { readonly step: Step; readonly number: number; readonly count: number } | null {
    const form = this.form;
    const place = this.place;
    if (form === null || place.at !== "step") return null;
    const shown = form.steps.filter((step) => is_shown_step(form, step, this.said.answers));
    const index = shown.findIndex((step) => step.id === place.step);
    const step = shown[index];
    return step === undefined ? null : { step, number: index + 1, count: shown.length };
  }

  // ---- coming back ----

  open_box(codename: string): void {
    this.keeping.take_held();
    if (this.kind === "report") this.begun = this.said;
    this.kind = "report";
    this.diary.turn_to(codename);
    this.draft.stop_looking();
    this.come_back.open(codename);
    this.go({ at: "box" });
  }

  return_from_trouble(): void {
    this.go({ at: this.come_back.codename === null ? "come-back" : "box" });
  }

  /** One page back; from the box to the start, and then it is closed. */
  private leave_box(): void {
    if (this.place.at === "withdraw") {
      this.come_back.stop_asking();
      return this.go({ at: "box" });
    }
    if (this.place.at === "box") {
      this.come_back.close();
      this.diary.close();
      this.take_begun();
    }
    this.go({ at: "start" });
  }

  private take_begun(): void {
    this.kind = "report";
    if (this.begun !== null) this.said = this.begun;
    this.begun = null;
  }

  /** From the box, on the way of a report that follows the ones before. What she began of it is still there. */
  write(kind: "follow-up" | "new-codename"): void {
    if (this.kind !== kind) this.said = this.blank(kind === "follow-up" ? this.come_back.codename : null);
    this.kind = kind;
    if (this.roster !== null) this.said.take_desks(this.roster);
    this.failure = null;
    this.next();
  }

  /** After it was sent: to the box of the codename that holds from now on. */
  return_to_box(): void {
    if (this.said.codename !== null) this.open_box(this.said.codename);
  }

  // ---- what she says ----

  /** In the place of what she has said so far. */
  blank(codename: string | null): Unsent {
    return new Unsent((what) => {
      if (what === "draft" && this.kind === "report") this.draft.touch();
      this.changed();
    }, codename);
  }

  get readers(): readonly Caseworker[] {
    return this.roster === null ? [] : this.said.readers(this.roster);
  }

  get threshold(): number {
    return this.roster === null ? 1 : this.said.threshold(this.roster);
  }

  get bytes_too_many(): number {
    return this.form === null ? 0 : this.said.bytes_too_many(this.form);
  }

  get has_account(): boolean {
    return this.kind === "new-codename" || (this.form !== null && has_account(this.form, this.said.answers, this.said.files.length));
  }

  new_codename(): void {
    this.said.codename = this.words?.make_codename() ?? null;
    this.changed();
  }

  // ---- sending ----

  send(): void {
    const report = order_of(this);
    if (report === null) return;
    this.failure = null;
    this.readers_changed = false;
    this.matching.sends(report);
    this.sending.start(report);
    this.go({ at: "sending" });
  }

  stop_sending(): void {
    this.sending.stop();
    this.go({ at: "check" });
  }

  hear(news: FromWorker): void {
    switch (news.news) {
      case "unreachable": return this.show_trouble({ kind: "unreachable" });
      case "pin-wrong": return this.show_trouble({ kind: "pin" });
      case "roster": return this.take_roster(news.check);
      case "pace": case "progress": case "planned": return this.sending.hear(news);
      case "sent": return this.finish(news);
      case "companion": return this.matching.hear(news);
      case "failed": return this.fail(news.why, news.file);
      case "box": return this.come_back.hear_box(news.box);
      case "withdrawal": return this.come_back.hear_withdrawal(news.state);
      case "reply-file": return this.come_back.hear_file(news.turn, news.file);
      default: return news.lane === "draft" ? this.draft.hear(news) : this.diary.hear(news);
    }
  }

  worker_broke(): void {
    if (this.sending.under_way) this.fail("unexpected", "");
    else this.show_trouble({ kind: "unreachable" });
  }

  private show_trouble(trouble: Trouble): void {
    this.sending.under_way = false;
    this.trouble = trouble;
    this.go({ at: "trouble" });
  }

  private take_roster(check: RosterCheck): void {
    if (check.roster !== null && !(this.language_chosen && offered(check.roster.languages).includes(spoken))) {
      speak(preferred(check.roster.languages, navigator.languages)); // also where the one that she chose was switched off meanwhile
    }
    if (check.reads) this.signed = check.roster;
    this.translate(spoken);
    if (check.fault !== null) return this.show_trouble({ kind: "roster", check });
    if (open_desks(check.roster).length === 0) return this.show_trouble({ kind: "nobody" });
    this.trouble = null;
    this.said.take_desks(check.roster);
    if (this.place.at === "loading") this.go(this.after_loading());
    else this.changed();
  }

  /** Where she was, as far as it is known, when the page had to load again. */
  private after_loading(): Place {
    if (!this.said.is_empty) return { at: this.said.desk === null || this.keeps ? "readers" : "check" };
    return this.come_back.codename !== null ? { at: "box" } : { at: "start" };
  }

  private finish(news: { readonly short_code: string; readonly day: string; readonly companion: boolean }): void {
    if (!this.sending.under_way) return;
    this.sending.under_way = false;
    this.sending.companion = news.companion ? "going" : this.matching.named ? "refused" : "none";
    this.receipt = { short_code: news.short_code, day: news.day };
    this.danger_sent = this.form !== null && any_danger(this.form, this.said.answers);
    if (this.matching.holds) return this.go({ at: "holding" }); // not done before its companion is there, without which nobody could ever open it
    this.end_report();
  }

  /** It has arrived: its words go from this page. */
  end_report(): void {
    this.said.clear_words();
    if (this.kind === "safety" || this.kind === "report") { // also where she kept it first, and sent it then
      this.keeping.wipe_held();
      this.diary.close();
    }
    if (this.kind === "report") this.matching.end_draft();
    this.go({ at: "sent" });
  }

  private fail(why: SendFailure, file: string): void {
    if (!this.sending.under_way) return;
    this.sending.under_way = false;
    if (why === "roster") return this.trouble === null ? this.show_trouble({ kind: "unreachable" }) : undefined;
    this.failure = { why, file };
    if (why === "receipt-wrong" || why === "receipt-day") return this.go({ at: "receipt-wrong" });
    if (why === "readers-changed") {
      this.readers_changed = true;
      return this.change({ at: "readers" });
    }
    this.go({ at: "check" });
  }

  /** Best effort: the engine may have copies until its next collection; the exit also leaves the document. */
  forget(): void {
    this.come_back.forget();
    this.draft.forget();
    this.diary.forget();
    this.begun?.forget();
    this.begun = null;
    this.keeping.wipe_held();
    this.held = null;
    this.said.forget();
    this.receipt = null;
    this.roster = null;
    this.signed = null;
    this.words = null;
  }
}
