// SPDX-License-Identifier: AGPL-3.0-or-later
// Her diary and "last opened", as far as this page knows them. In memory only; keys and requests are the Worker's.

import type { DiaryNews, DiaryOrder, KeptOrder } from "./kept/orders";
import type { NumberedEntry } from "./kept/diary_store";
import { today, type Day } from "./protocol/day";
import { diary_file_text, split_text } from "./protocol/diary_text";
import { answer_words, shown_questions, type Answers, type Form } from "./protocol/form";

export type Doing = "reading" | "adding" | "removing" | "moving" | "marking";

export class Diary {
  /** Null until it was opened. */
  entries: readonly NumberedEntry[] | null = null;
  unreadable = 0;
  doing: Doing | null = null;
  waiting = false;
  /** The server said no to the last thing. */
  refused = false;
  share = 0;
  /** An entry that is not saved yet. */
  text = "";
  /** What she leaves out when she sends. */
  readonly left_out = new Set<number>();
  /** The days before, once she asked; null before. */
  opened: { readonly days: readonly Day[] | null } | null = null;
  moved = false;
  private codename: string | null = null;
  /** Counts how often it was closed: what was ordered before is answered in vain. */
  private turn = 0;

  /** added: called when what she added is there. */
  constructor(private readonly post: (message: KeptOrder) => void, private readonly changed: () => void, private readonly added: () => void) {}

  /** The box of a codename is opened: what is known of another one's diary is forgotten. */
  turn_to(codename: string): void {
    if (this.codename !== null && this.codename !== codename) this.close();
    this.codename = codename;
  }

  read(codename: string): void {
    this.order("reading", { order: "diary-read" }, codename);
  }

  write(text: string): void {
    this.text = text;
    this.changed();
  }

  add(codename: string, text: string, fresh = false): void {
    const day = today();
    this.order("adding", { order: "diary-add", entries: split_text(text).map((piece) => ({ day, text: piece })), fresh }, codename);
  }

  remove(codename: string, number: number): void {
    this.order("removing", { order: "diary-remove", number }, codename);
  }

  /** To another codename: put anew there, then erased here. */
  move(from: string, to: string): void {
    this.order("moving", { order: "diary-move", to }, from);
  }

  mark_opened(codename: string): void {
    this.order("marking", { order: "opened-mark" }, codename);
  }

  forget_opened(codename: string): void {
    this.order("marking", { order: "opened-forget" }, codename);
  }

  again(): void {
    this.post({ order: "kept-again", lane: "diary" });
  }

  leave_out(number: number, left_out: boolean): void {
    if (left_out) this.left_out.add(number);
    else this.left_out.delete(number);
    this.changed();
  }

  get chosen(): readonly NumberedEntry[] {
    return (this.entries ?? []).filter((entry) => !this.left_out.has(entry.number));
  }

  /** What a desk gets. */
  file(): File {
    return new File([diary_file_text(this.chosen)], "Diary.txt", { type: "text/plain" });
  }

  hear(news: DiaryNews): void {
    if (news.turn !== this.turn) return;
    switch (news.news) {
      case "diary":
        this.entries = news.entries;
        this.unreadable = news.unreadable;
        if (this.doing === "adding") {
          this.text = "";
          this.added();
        }
        this.done();
        break;
      case "opened":
        this.opened = { days: news.days };
        this.done();
        break;
      case "diary-moved":
        this.moved = true;
        this.done();
        break;
      case "kept-pace": this.waiting = news.waiting; break;
      case "kept-share": this.share = news.share; break;
      case "kept-refused":
        this.done();
        this.refused = true;
        break;
    }
    this.changed();
  }

  /** The box was closed, or the page left. */
  close(): void {
    this.forget();
    this.post({ order: "kept-stop", lane: "diary" });
  }

  forget(): void {
    this.done();
    this.turn += 1;
    this.codename = null;
    this.entries = null;
    this.unreadable = 0;
    this.text = "";
    this.left_out.clear();
    this.opened = null;
    this.moved = false;
  }

  private done(): void {
    this.doing = null;
    this.waiting = false;
    this.refused = false;
    this.share = 0;
  }

  private order(doing: Doing, order: DiaryOrder, codename: string): void {
    if (this.doing !== null) return;
    this.turn_to(codename);
    this.done();
    this.doing = doing;
    this.post({ ...order, codename, turn: this.turn });
    this.changed();
  }
}

/** A report as the text of an entry: each question that was answered, and the answer. */
export function report_text(form: Form, answers: Answers): string {
  const questions = form.steps.flatMap((step) => shown_questions(form, step, answers));
  const answered = questions.map((question) => [question.label, answer_words(question, answers.get(question.id)).trim()] as const);
  return answered.filter(([, words]) => words !== "").map(([label, words]) => label + "\n" + words).join("\n\n");
}
