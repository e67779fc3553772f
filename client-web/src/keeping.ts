// SPDX-License-Identifier: AGPL-3.0-or-later
// What she keeps at the server for herself, on the way of a visit: a draft that is saved as she writes, and a diary.

import { report_text } from "./diary";
import { fitting_answers } from "./draft";
import { today } from "./protocol/day";
import type { Draft as SavedDraft } from "./protocol/draft";
import { safety_part, type SafetyPart } from "./protocol/safety_part";
import type { Visit } from "./visit";
import type { Place } from "./way";

export class Keeping {
  /** What was last put into her diary as a report, and under which words. */
  private kept = "";

  constructor(private readonly visit: Visit) {}

  // ---- her draft ----

  as_draft(): SavedDraft | null {
    if (this.visit.roster === null || this.visit.kind !== "report" || this.visit.said.codename !== this.visit.draft.codename || this.visit.said.answers.size === 0) return null;
    const { id, version } = this.visit.roster.form;
    return { day: today(), form: { id, version }, answers: Object.fromEntries(this.visit.said.answers), desk: this.visit.said.desk, excluded: [...this.visit.said.excluded] };
  }

  /** Before she begins: with a codename, so that what she writes is saved; or without. */
  begin_writing(saved: boolean): void {
    this.visit.wants_saving = saved;
    this.visit.next();
  }

  /** A report that was begun in this visit and is saved nowhere. */
  get has_begun(): boolean {
    return this.visit.begun !== null && !this.visit.begun.is_empty;
  }

  /** On with the report that was found under the codename of the box. */
  go_on_with(found: SavedDraft): void {
    const { codename } = this.visit.come_back;
    if (this.visit.roster === null || codename === null) return;
    const { answers, all } = fitting_answers(this.visit.roster.form, found.answers);
    this.visit.kind = "report";
    this.visit.begun = null;
    this.visit.form_changed = !all;
    this.visit.said = this.visit.blank(codename);
    this.visit.said.answers = answers;
    this.visit.said.desk = found.desk;
    this.visit.said.excluded = new Set(found.excluded);
    if (!this.visit.paused) this.visit.said.take_desks(this.visit.roster); // else what she chose waits for a list that holds
    this.visit.wants_saving = true;
    this.visit.to_diary = false;
    this.visit.draft.begin(codename, false);
    const steps = this.visit.route().filter((place) => place.at === "step");
    const answered = (place: Place): boolean => this.visit.roster?.form.steps.find((step) => place.at === "step" && step.id === place.step)?.questions.some(({ id }) => answers.has(id)) === true;
    this.visit.go(steps.filter(answered).at(-1) ?? steps[0] ?? { at: "files" });
  }

  // ---- her diary ----

  /** Something that can be kept in a diary. */
  get has_words(): boolean {
    return this.visit.form !== null && report_text(this.visit.form, this.visit.said.answers) !== "";
  }

  /** hold: sent, but nobody can read it before others name the same person. */
  choose(what: "send" | "hold" | "diary"): void {
    this.visit.to_diary = what === "diary";
    this.visit.said.naming.change({ holds: what === "hold" });
  }

  /** A diary without a report. */
  begin_diary(): void {
    this.visit.begun = this.visit.said;
    this.visit.said = this.visit.blank(null);
    this.visit.kind = "diary";
    this.visit.go({ at: "safety" });
  }

  open_new_diary(codename: string): void {
    this.visit.open_box(codename);
    this.visit.go({ at: "diary" });
  }

  keep_in_diary(): void {
    if (this.visit.form === null || this.visit.said.codename === null) return;
    const text = report_text(this.visit.form, this.visit.said.answers);
    const kept = this.visit.said.codename + "\n" + text;
    const already = kept === this.kept && !this.visit.diary.refused;
    this.kept = kept;
    if (!already) this.visit.diary.add(this.visit.said.codename, text, !this.visit.wants_saving);
    this.visit.go({ at: "diary-kept" });
  }

  /** She goes back while it is saved: what she changes then is kept too. What was under way may be there already, and does no harm. */
  stop_keeping(): void {
    if (this.visit.diary.doing === null) return;
    this.visit.diary.close();
    this.kept = "";
  }

  /** Of the report that is in her diary now, or waits for others: nobody reads it there. */
  get safety_part(): SafetyPart | null {
    return this.visit.kind !== "report" || this.visit.roster === null ? null : safety_part(this.visit.roster.form, this.visit.said.answers);
  }

  /** On a page of its own, where there is one; whom she left out of the whole is left out of it. */
  offer_safety_part(): void {
    const part = this.safety_part;
    const { said: held, roster } = this.visit;
    if (part === null || roster === null) return;
    this.visit.held = held;
    this.visit.kind = "safety";
    this.visit.said = this.visit.blank(held.codename);
    this.visit.said.answers = new Map(part.answers);
    this.visit.said.desk = held.desk;
    this.visit.said.excluded = new Set(held.excluded);
    this.visit.said.take_desks(roster);
    this.visit.failure = null;
    this.visit.go({ at: "safety-part" });
  }

  /** Nothing of it goes. */
  keep_all(): void {
    this.take_held();
    if (this.visit.matching.waits) return this.visit.end_report();
    this.visit.go({ at: "diary-kept" });
  }

  /** The whole report again, in the place of its safety part. */
  take_held(): void {
    if (this.visit.held === null) return;
    this.visit.said = this.visit.held;
    this.visit.held = null;
    this.visit.kind = "report";
  }

  /** No longer in this page: only in her diary. */
  wipe_held(): void {
    this.visit.held?.clear_words();
    this.kept = "";
  }

  /** From the page that says that it is kept, or that its safety part was sent. */
  open_diary(): void {
    this.take_held();
    if (this.visit.said.codename === null) return;
    this.visit.draft.let_go();
    this.visit.wants_saving = false;
    this.visit.to_diary = false;
    this.visit.said.clear_words();
    this.kept = "";
    this.open_new_diary(this.visit.said.codename);
  }

  add_entry(): void {
    if (this.visit.come_back.codename !== null) this.visit.diary.add(this.visit.come_back.codename, this.visit.diary.text);
  }

  choose_entries(): void {
    this.visit.kind = "release";
    this.visit.diary.left_out.clear();
    this.visit.go({ at: "diary-choose" });
  }

  /** Entries for a desk, as an ordinary report. */
  release(): void {
    this.visit.said = this.visit.blank(this.visit.come_back.codename);
    this.visit.said.files = [this.visit.diary.file()];
    if (this.visit.roster !== null) this.visit.said.take_desks(this.visit.roster);
    this.visit.failure = null;
    this.visit.next();
  }
}
