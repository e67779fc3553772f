// SPDX-License-Identifier: AGPL-3.0-or-later
// One visit: everything the page knows while it is open, in memory only. Views read it; they change it through its verbs.
// Here is the way of one report, first or later; coming back is in return.ts.

import { Diary, report_text } from "./diary";
import { Draft, fitting_answers } from "./draft";
import { is_stripped_copy } from "./evidence/strip";
import { follow_up_form, release_form, succession_form } from "./follow_up";
import type { FromWorker, SendFailure, SendOrder, ToWorker } from "./messages";
import { today } from "./protocol/day";
import type { Draft as SavedDraft } from "./protocol/draft";
import { has_account, is_shown_step, type Answer, type Form, type Step } from "./protocol/form";
import { attachment_member } from "./protocol/archive";
import { make_disclosure, report_bytes_estimate, REPORT_JSON_BYTES_MAX } from "./protocol/report";
import type { Caseworker, Roster, RosterCheck } from "./protocol/roster";
import { open_desks, desk_audience, desk_members } from "./protocol/readers";
import type { WordList } from "./protocol/words";
import { Return } from "./return";
import { way_of, type Kind, type Place } from "./way";
import { in_language } from "./organisation";
import { offered, preferred, speak, spoken, type Language } from "./words";

export type Trouble =
  | { readonly kind: "unreachable" | "pin" | "nobody" }
  | { readonly kind: "roster"; readonly check: RosterCheck };

/** What she has said and not sent. */
type Unsent = Pick<Visit, "answers" | "files" | "desk" | "excluded" | "codename">;

export class Visit {
  readonly come_back: Return;
  readonly draft: Draft;
  readonly diary: Diary;
  kind: Kind = "report";
  place: Place = { at: "loading" };
  trouble: Trouble | null = null;
  roster: Roster | null = null; // with the form in the language of this visit
  words: WordList | null = null;
  answers = new Map<string, Answer>();
  files: File[] = [];
  desk: string | null = null;
  excluded = new Set<string>();
  codename: string | null = null;
  readers_changed = false;
  failure: { readonly why: SendFailure; readonly file: string } | null = null;
  durable_bytes = 0;
  sealed_bytes = 0;
  /** Sealed bytes until the end of each file. */
  file_ends: readonly number[] = [];
  pace: "going" | "paused" | "waiting" = "going";
  receipt: { readonly short_code: string; readonly day: string } | null = null;
  /** She took a codename before she began to write, so that it can be saved. */
  wants_saving = false;
  /** What she wrote is for her diary, and nobody gets it. */
  to_diary = false;
  /** The form has changed since the draft was saved. */
  form_changed = false;
  /** Set while she changes one thing from the check page: Continue leads back there. */
  private returning = false;
  private sending = false;
  /** A first report that was begun before she opened a box. */
  private begun: Unsent | null = null;
  private signed: Roster | null = null; // as the organisation signed it
  private language_chosen = false;

  constructor(
    private readonly post: (message: ToWorker) => void,
    private readonly changed: () => void,
    private readonly fetch_words: () => Promise<WordList | null>,
  ) {
    this.come_back = new Return(post, changed);
    this.draft = new Draft(post, changed, () => this.as_draft());
    this.diary = new Diary(post, changed, () => {
      if (this.place.at === "diary-write") this.place = { at: "diary" };
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

  go(place: Place): void {
    if (place.at === "start" && this.kind === "diary") this.take_begun();
    this.place = place;
    if ((place.at === "codename" || place.at === "first-codename") && this.codename === null) this.codename = this.words?.make_codename() ?? null;
    this.changed();
  }

  /** Something to lose: leaving by accident would hurt. */
  get under_way(): boolean {
    return !["loading", "trouble", "start", "sent", "receipt-wrong"].includes(this.place.at) || this.answers.size > 0 || this.files.length > 0;
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
    if (this.kind === "diary" || this.kind === "release") return release_form(spoken.tag); // these forms are in the page's own words
    return this.kind === "follow-up" ? follow_up_form(spoken.tag) : succession_form(spoken.tag);
  }

  private route(): Place[] {
    return way_of(this.kind, this.form, this.answers, { saved: this.wants_saving, to_diary: this.to_diary });
  }

  private position(): number {
    const here = this.place;
    return this.route().findIndex((place) => place.at === here.at && (place.at !== "step" || here.at !== "step" || place.step === here.step));
  }

  next(): void {
    if (this.place.at === "first-practice" && this.codename !== null) this.draft.begin(this.codename, true);
    if (this.kind === "report") this.draft.save();
    const back_to_check = this.returning && this.place.at !== "check" && !this.to_diary;
    const next = this.route()[this.position() + 1];
    if (back_to_check) this.returning = false;
    if (back_to_check) this.go({ at: "check" });
    else if (next?.at === "diary-kept") this.keep_in_diary();
    else if (next?.at === "diary" && this.codename !== null) this.open_new_diary(this.codename);
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
    const shown = form.steps.filter((step) => is_shown_step(form, step, this.answers));
    const index = shown.findIndex((step) => step.id === place.step);
    const step = shown[index];
    return step === undefined ? null : { step, number: index + 1, count: shown.length };
  }

  // ---- coming back ----

  open_box(codename: string): void {
    if (this.kind === "report") this.begun = this.unsent();
    this.kind = "report";
    this.diary.turn_to(codename);
    this.draft.found = undefined;
    this.come_back.open(codename);
    this.go({ at: "box" });
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
    this.go({ at: this.trouble === null ? "start" : "trouble" });
  }

  private take_begun(): void {
    this.kind = "report";
    if (this.begun !== null) this.take(this.begun);
    this.begun = null;
  }

  /** From the box, on the way of a report that follows the ones before. What she began of it is still there. */
  write(kind: "follow-up" | "new-codename"): void {
    if (this.kind !== kind) this.take({ answers: new Map(), files: [], desk: null, excluded: new Set(), codename: kind === "follow-up" ? this.come_back.codename : null });
    this.kind = kind;
    if (this.roster !== null) this.take_desks(this.roster);
    this.failure = null;
    this.next();
  }

  /** After it was sent: to the box of the codename that holds from now on. */
  return_to_box(): void {
    if (this.codename !== null) this.open_box(this.codename);
  }

  // ---- her draft ----

  private as_draft(): SavedDraft | null {
    if (this.roster === null || this.kind !== "report" || this.codename !== this.draft.codename || this.answers.size === 0) return null;
    const { id, version } = this.roster.form;
    return { day: today(), form: { id, version }, answers: Object.fromEntries(this.answers), desk: this.desk, excluded: [...this.excluded] };
  }

  /** Before she begins: with a codename, so that what she writes is saved; or without. */
  begin_writing(saved: boolean): void {
    this.wants_saving = saved;
    this.next();
  }

  /** A report that was begun in this visit and is saved nowhere. */
  get has_begun(): boolean {
    return this.begun !== null && (this.begun.answers.size > 0 || this.begun.files.length > 0);
  }

  /** On with the report that was found under the codename of the box. */
  go_on_with(found: SavedDraft): void {
    const { codename } = this.come_back;
    if (this.roster === null || codename === null) return;
    const { answers, all } = fitting_answers(this.roster.form, found.answers);
    this.kind = "report";
    this.begun = null;
    this.form_changed = !all;
    this.take({ answers, files: [], desk: found.desk, excluded: new Set(found.excluded), codename });
    this.take_desks(this.roster);
    this.wants_saving = true;
    this.to_diary = false;
    this.draft.begin(codename, false);
    const steps = this.route().filter((place) => place.at === "step");
    const answered = (place: Place): boolean => this.roster?.form.steps.find((step) => place.at === "step" && step.id === place.step)?.questions.some(({ id }) => answers.has(id)) === true;
    this.go(steps.filter(answered).at(-1) ?? steps[0] ?? { at: "files" });
  }

  // ---- her diary ----

  /** Something that can be kept in a diary. */
  get has_words(): boolean {
    return this.form !== null && report_text(this.form, this.answers) !== "";
  }

  choose_diary(to_diary: boolean): void {
    this.to_diary = to_diary;
    this.changed();
  }

  /** A diary without a report. */
  begin_diary(): void {
    this.begun = this.unsent();
    this.take({ answers: new Map(), files: [], desk: null, excluded: new Set(), codename: null });
    this.kind = "diary";
    this.go({ at: "safety" });
  }

  private open_new_diary(codename: string): void {
    this.open_box(codename);
    this.go({ at: "diary" });
  }

  keep_in_diary(): void {
    if (this.form === null || this.codename === null) return;
    this.diary.add(this.codename, report_text(this.form, this.answers), !this.wants_saving);
    this.go({ at: "diary-kept" });
  }

  /** From the page that says that it is kept. */
  open_diary(): void {
    if (this.codename === null) return;
    this.draft.let_go();
    this.wants_saving = false;
    this.to_diary = false;
    this.answers.clear();
    this.files = [];
    this.open_new_diary(this.codename);
  }

  add_entry(): void {
    if (this.come_back.codename !== null) this.diary.add(this.come_back.codename, this.diary.text);
  }

  choose_entries(): void {
    this.kind = "release";
    this.diary.left_out.clear();
    this.go({ at: "diary-choose" });
  }

  /** Entries for a desk, as an ordinary report. */
  release(): void {
    this.take({ answers: new Map(), files: [this.diary.file()], desk: null, excluded: new Set(), codename: this.come_back.codename });
    if (this.roster !== null) this.take_desks(this.roster);
    this.failure = null;
    this.next();
  }

  private unsent(): Unsent {
    return { answers: this.answers, files: this.files, desk: this.desk, excluded: this.excluded, codename: this.codename };
  }

  private take(unsent: Unsent): void {
    this.answers = unsent.answers;
    this.files = unsent.files;
    this.desk = unsent.desk;
    this.excluded = unsent.excluded;
    this.codename = unsent.codename;
  }

  // ---- what she says ----

  answer(question: string, answer: Answer): void {
    if (answer.length === 0) this.answers.delete(question);
    else this.answers.set(question, answer);
    this.touch();
  }

  add_files(files: readonly File[]): void {
    this.files = [...this.files, ...files];
    this.changed();
  }

  remove_file(index: number): void {
    this.files = this.files.filter((_, i) => i !== index);
    this.changed();
  }

  /** A copy of it in its place, or back; nothing if it was removed meanwhile. */
  replace_file(file: File, by: File): void {
    this.files = this.files.map((old) => (old === file ? by : old));
    this.changed();
  }

  get files_bytes(): number {
    return this.files.reduce((sum, file) => sum + file.size, 0);
  }

  choose_desk(id: string): void {
    this.desk = id;
    this.excluded.clear();
    this.touch();
  }

  exclude(id: string, excluded: boolean): void {
    if (excluded) this.excluded.add(id);
    else this.excluded.delete(id);
    this.touch();
  }

  private touch(): void {
    if (this.kind === "report") this.draft.touch();
    this.changed();
  }

  get readers(): readonly Caseworker[] {
    if (this.roster === null || this.desk === null) return [];
    return desk_audience(this.roster, this.desk).filter((caseworker) => !this.excluded.has(caseworker.id));
  }

  get has_account(): boolean {
    return this.kind === "new-codename" || (this.form !== null && has_account(this.form, this.answers, this.files.length));
  }

  /** How many bytes the text is too long, 0 if it fits. */
  get bytes_too_many(): number {
    if (this.form === null) return 0;
    const attachments = this.files.map((file, i) => ({ member: attachment_member(i, file.name), name: file.name, type: file.type, bytes: file.size, details: "removed" as const })); // the longest that it can be
    return Math.max(0, report_bytes_estimate(this.form, this.answers, attachments) - REPORT_JSON_BYTES_MAX);
  }

  new_codename(): void {
    this.codename = this.words?.make_codename() ?? null;
    this.changed();
  }

  // ---- sending ----

  send(): void {
    if (this.roster === null || this.form === null || this.desk === null || this.codename === null) return;
    const report: SendOrder = {
      codename: this.codename,
      follows: this.kind === "follow-up" || this.kind === "new-codename" ? this.come_back.codename : null,
      disclosure: make_disclosure(this.form, this.answers),
      files: this.files.map((file) => ({ name: file.name, content: file, details_removed: is_stripped_copy(file) })),
      desk: this.desk,
      excluded: [...this.excluded],
      readers: this.readers.map((caseworker) => caseworker.id),
      members: desk_members(this.roster, this.desk).map((caseworker) => caseworker.id),
    };
    this.failure = null;
    this.readers_changed = false;
    this.durable_bytes = 0;
    this.sealed_bytes = 0;
    this.file_ends = [];
    this.pace = "going";
    this.sending = true;
    this.post({ order: "send", report });
    this.go({ at: "sending" });
  }

  pause(): void {
    this.post({ order: "pause" });
  }

  resume(): void {
    this.post({ order: "resume" });
  }

  stop_sending(): void {
    this.post({ order: "cancel" });
    this.sending = false;
    this.go({ at: "check" });
  }

  hear(news: FromWorker): void {
    switch (news.news) {
      case "unreachable": return this.show_trouble({ kind: "unreachable" });
      case "pin-wrong": return this.show_trouble({ kind: "pin" });
      case "roster": return this.take_roster(news.check);
      case "pace": this.pace = news.state; return this.changed();
      case "progress":
        this.durable_bytes = news.durable_bytes;
        this.sealed_bytes = news.sealed_bytes;
        return this.changed();
      case "planned":
        this.file_ends = news.file_ends;
        return this.changed();
      case "sent": return this.finish(news);
      case "failed": return this.fail(news.why, news.file);
      case "box": return this.come_back.hear_box(news.box);
      case "withdrawal": return this.come_back.hear_withdrawal(news.state);
      case "draft": case "draft-saved": case "draft-removed": return this.draft.hear(news);
      case "diary": case "diary-moved": case "opened": return this.diary.hear(news);
      case "kept-pace": case "kept-share": case "kept-refused": return news.lane === "draft" ? this.draft.hear(news) : this.diary.hear(news);
    }
  }

  worker_broke(): void {
    if (this.sending) this.fail("unexpected", "");
    else this.show_trouble({ kind: "unreachable" });
  }

  private show_trouble(trouble: Trouble): void {
    this.sending = false;
    this.trouble = trouble;
    this.go({ at: "trouble" });
  }

  private take_roster(check: RosterCheck): void {
    if (check.roster !== null && !(this.language_chosen && offered(check.roster.languages).includes(spoken))) {
      speak(preferred(check.roster.languages, navigator.languages)); // also where the one that she chose was switched off meanwhile
    }
    if (check.fault !== null) return this.show_trouble({ kind: "roster", check });
    this.signed = check.roster;
    this.translate(spoken);
    if (open_desks(check.roster).length === 0) return this.show_trouble({ kind: "nobody" });
    this.take_desks(check.roster);
    if (this.place.at === "loading") this.go(this.after_loading());
    else this.changed();
  }

  /** Where there is one desk, it is chosen; who has left the chosen one is not named. */
  private take_desks(roster: Roster): void {
    const desks = open_desks(roster);
    if (this.desk === null || !desks.some((desk) => desk.id === this.desk)) this.desk = desks.length === 1 ? desks[0]?.id ?? null : null;
    const members = this.desk === null ? [] : desk_members(roster, this.desk).map((caseworker) => caseworker.id);
    this.excluded = new Set([...this.excluded].filter((id) => members.includes(id)));
  }

  /** Where she was, as far as it is known, when the page had to load again. */
  private after_loading(): Place {
    if (this.answers.size > 0 || this.files.length > 0) return { at: "check" };
    return this.come_back.codename !== null ? { at: "box" } : { at: "start" };
  }

  private finish(receipt: { readonly short_code: string; readonly day: string }): void {
    if (!this.sending) return;
    this.sending = false;
    this.receipt = { short_code: receipt.short_code, day: receipt.day };
    this.answers.clear();
    this.files = [];
    if (this.kind === "report") this.draft.end();
    this.go({ at: "sent" });
  }

  private fail(why: SendFailure, file: string): void {
    if (!this.sending) return;
    this.sending = false;
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
    this.begun = null;
    this.answers.clear();
    this.excluded.clear();
    this.files = [];
    this.codename = null;
    this.receipt = null;
    this.roster = null;
    this.signed = null;
    this.words = null;
  }
}
