// SPDX-License-Identifier: AGPL-3.0-or-later
// Saving her report as she writes it, and finding it again. It never makes her wait: the Worker saves, and this only says what came of it.

import type { DraftNews, DraftOrder, KeptOrder } from "./kept/orders";
import type { Draft as SavedDraft } from "./protocol/draft";
import type { Answer, Form } from "./protocol/form";

/** not-yet: something was written since. elsewhere: another window or device has saved or removed it, and this one no longer does. */
export type DraftState = "off" | "not-yet" | "saving" | "saved" | "no-connection" | "elsewhere" | "too-long" | "refused";

/** Between these, at random: how long she has to pause. A fixed time would tell more about when she typed. */
const PAUSE_SECONDS = [4, 8] as const;

export class Draft {
  state: DraftState = "off";
  /** Under which it is saved; null: it is not. */
  codename: string | null = null;
  /** What was found under a codename; undefined before it was asked for. */
  found: SavedDraft | null | undefined = undefined;
  looking: "no" | "looking" | "removing" = "no";
  lookup_refused = false;
  /** After its report was sent. */
  removal: "none" | "under-way" | "refused" | "done" = "none";
  /** Under which it is looked for. */
  private sought: string | null = null;
  /** Without an answer at the moment. */
  private readonly waiting = new Set<string>();
  /** Of the draft whose report was sent, until it is removed. */
  private ended: string | null = null;
  /** Of the draft whose report was sent, and is removed once nothing follows that. */
  private ending: string | null = null;
  private fresh = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private written = 0; // counts changes, under whichever codename
  private sent = 0; // up to which the last save goes

  constructor(private readonly post: (message: KeptOrder) => void, private readonly changed: () => void, private readonly snapshot: () => SavedDraft | null) {}

  /** From now on her report is saved. fresh: the codename was made in this visit. */
  begin(codename: string, fresh: boolean): void {
    if (this.codename === codename) return;
    this.codename = codename;
    this.fresh = fresh;
    this.removal = "none";
    this.state = fresh ? "not-yet" : "saved";
    this.sent = this.written;
  }

  /** She has written or chosen something. */
  touch(): void {
    if (this.codename === null) return;
    this.written += 1;
    if (this.state === "saved") this.state = "not-yet";
    clearTimeout(this.timer);
    const [least, most] = PAUSE_SECONDS;
    this.timer = setTimeout(() => this.save(), 1000 * (least + Math.random() * (most - least)));
  }

  /** At a pause, and at each Continue. */
  save(): void {
    clearTimeout(this.timer);
    const draft = this.snapshot();
    if (this.codename === null || draft === null || this.written === this.sent || this.state === "elsewhere") return;
    this.sent = this.written;
    if (this.state === "no-connection") this.post({ order: "kept-again", lane: "draft" });
    else this.state = "saving";
    this.post(this.ordered({ order: "draft-save", draft, change: this.written, fresh: this.fresh }, this.codename));
    this.changed();
  }

  /** Saved elsewhere meanwhile: what is here takes the place of that. */
  save_this_one(): void {
    if (this.codename === null) return;
    this.state = "saving";
    this.fresh = false;
    this.post(this.ordered({ order: "draft-load" }, this.codename)); // so that the Worker knows what it writes over
    this.written += 1;
    this.save();
  }

  look(codename: string): void {
    this.found = undefined;
    this.seek("looking", { order: "draft-load" }, codename);
  }

  remove_found(codename: string): void {
    this.seek("removing", { order: "draft-remove" }, codename);
  }

  /** Another box is opened: what is found late is not for that one. */
  stop_looking(): void {
    this.found = undefined;
    this.looking = "no";
    this.sought = null;
    this.lookup_refused = false;
  }

  private seek(looking: "looking" | "removing", order: DraftOrder, codename: string): void {
    this.looking = looking;
    this.sought = codename;
    this.lookup_refused = false;
    this.post(this.ordered(order, codename));
    this.changed();
  }

  /** It is looked for, and there is no answer at the moment. */
  get looks_in_vain(): boolean {
    return this.looking !== "no" && this.sought !== null && this.waiting.has(this.sought);
  }

  get removal_waits(): boolean {
    return this.removal === "under-way" && this.ended !== null && this.waiting.has(this.ended);
  }

  again(): void {
    this.post({ order: "kept-again", lane: "draft" });
  }

  /** Its report was sent. */
  end(): void {
    clearTimeout(this.timer);
    if (this.codename === null) return;
    this.ended = this.codename;
    this.codename = null;
    this.state = "off";
    this.remove_ended();
  }

  end_later(): void {
    clearTimeout(this.timer);
    this.ending = this.codename;
  }

  end_now(): void {
    if (this.ending !== null && this.ending === this.codename) this.end();
    this.ending = null;
  }

  /** Also once more, where the server refused it. */
  remove_ended(): void {
    if (this.ended === null) return;
    this.removal = "under-way";
    this.post(this.ordered({ order: "draft-remove" }, this.ended));
    this.changed();
  }

  hear(news: DraftNews): void {
    const written = this.state !== "off" && news.codename === this.codename;
    const sought = this.looking !== "no" && news.codename === this.sought;
    const ended = this.removal === "under-way" && news.codename === this.ended;
    switch (news.news) {
      case "draft":
        if (!sought || this.looking !== "looking") return;
        this.found = news.draft;
        this.looking = "no";
        break;
      case "draft-removed":
        if (sought && this.looking === "removing") {
          this.found = null;
          this.looking = "no";
        }
        if (ended) {
          this.removal = "done";
          this.ended = null;
        }
        break;
      case "draft-saved":
        if (!written) return;
        this.fresh = false;
        this.state = news.outcome !== "saved" ? news.outcome : news.change === this.written ? "saved" : this.sent === this.written ? "saving" : "not-yet";
        break;
      case "kept-pace":
        if (news.waiting) this.waiting.add(news.codename);
        else this.waiting.delete(news.codename);
        if (!written) break;
        if (news.waiting) this.state = "no-connection";
        else if (this.state === "no-connection") this.state = "saving";
        break;
      case "kept-refused":
        if (sought) {
          this.lookup_refused = true;
          this.looking = "no";
        } else if (ended) this.removal = "refused";
        if (!written) break;
        this.state = "refused";
        this.sent = -1; // so that it is tried again at the next occasion
        break;
      case "kept-share": return;
    }
    this.changed();
  }

  /** It stays saved as it is; this visit no longer writes to it. */
  let_go(): void {
    clearTimeout(this.timer);
    this.codename = null;
    this.state = "off";
  }

  forget(): void {
    this.let_go();
    this.stop_looking();
    this.ended = null;
    this.ending = null;
    this.waiting.clear();
  }

  private ordered(order: DraftOrder, codename: string): KeptOrder {
    return { ...order, codename };
  }
}

/** What of the saved answers this form still asks: the organisation may have changed its questions meanwhile. */
export function fitting_answers(form: Form, saved: SavedDraft["answers"]): { readonly answers: Map<string, Answer>; readonly all: boolean } {
  const answers = new Map<string, Answer>();
  for (const question of form.steps.flatMap((step) => step.questions)) {
    const answer = saved[question.id];
    if (answer === undefined) continue;
    const ids = question.options.map((option) => option.id);
    if (question.kind === "choices") {
      const taken = typeof answer === "string" ? [] : ids.filter((id) => answer.includes(id));
      if (taken.length > 0) answers.set(question.id, taken);
    } else if (typeof answer === "string" && (question.kind !== "choice" || ids.includes(answer))) answers.set(question.id, answer);
  }
  const same = Object.entries(saved).every(([id, answer]) => JSON.stringify(answers.get(id)) === JSON.stringify(answer));
  return { answers, all: same };
}
