// SPDX-License-Identifier: AGPL-3.0-or-later
// What she keeps at the server, in the Worker that has the keys: carries out the page's orders. Every request here is one that only
// somebody who keeps something makes; the page says so before.

import { derive_reporter_keys, wipe_reporter_keys, type ReporterKeys } from "../protocol/codename";
import { today } from "../protocol/day";
import { DropLine } from "../upload/drop_line";
import { Cancelled, Pace } from "../upload/pace";
import { DiaryStore } from "./diary_store";
import { DraftStore } from "./draft_store";
import { forget_opened, mark_opened } from "./last_opened";
import { move_kept } from "./move";
import type { DiaryOrder, DraftOrder, KeptNews, KeptOrder, LaneName, OfDiary, OfDraft } from "./orders";

type SaveOrder = Extract<DraftOrder, { readonly order: "draft-save" }>;
type Tell = (news: KeptNews) => void;

/** One codename's keys and one line to the server, for one thing after the other. */
class Lane {
  readonly keys: ReporterKeys;
  readonly pace: Pace;
  readonly line: DropLine;
  private last: Promise<void> = Promise.resolve();

  constructor(readonly codename: string, private readonly of: OfDiary | OfDraft, private readonly tell: Tell) {
    this.keys = derive_reporter_keys(codename);
    this.pace = new Pace((state) => tell({ ...of, news: "kept-pace", waiting: state === "waiting" }));
    this.line = new DropLine(this.pace, (share) => tell({ ...of, news: "kept-share", share }));
  }

  run(work: () => Promise<void>): void {
    this.last = this.last.then(work).catch((error: unknown) => {
      if (!(error instanceof Cancelled)) this.tell({ ...this.of, news: "kept-refused" });
    });
  }

  end(): void {
    this.pace.cancel();
    void this.last.then(() => wipe_reporter_keys(this.keys));
  }
}

interface KeptDraft {
  readonly lane: Lane;
  readonly store: DraftStore;
  /** The newest that is to be saved: where several wait, only this one goes. */
  to_save: SaveOrder | null;
}

export class Keeper {
  private diary: { readonly lane: Lane; readonly store: DiaryStore; refreshed: boolean } | null = null;
  /** By codename: she may look for an unfinished report under another one than that of the report she writes. */
  private readonly drafts = new Map<string, KeptDraft>();
  private refreshing: Pace | null = null;

  constructor(private readonly tell: Tell) {}

  hear(order: KeptOrder): void {
    switch (order.order) {
      case "kept-again": return this.lanes(order.lane).forEach((lane) => lane.pace.resume());
      case "kept-stop": return this.stop(order.lane);
      case "draft-load": case "draft-save": case "draft-remove": return this.hear_draft(order);
      default: return this.hear_diary(order);
    }
  }

  private lanes(name: LaneName): Lane[] {
    if (name === "draft") return [...this.drafts.values()].map(({ lane }) => lane);
    return this.diary === null ? [] : [this.diary.lane];
  }

  private stop(name: LaneName): void {
    for (const lane of this.lanes(name)) lane.end();
    if (name === "draft") this.drafts.clear();
    else {
      this.diary = null;
      this.refreshing?.cancel();
    }
  }

  private hear_diary(order: DiaryOrder & { readonly codename: string; readonly turn: number }): void {
    const of: OfDiary = { lane: "diary", turn: order.turn };
    if (this.diary?.lane.codename !== order.codename) {
      this.stop("diary");
      const lane = new Lane(order.codename, of, this.tell);
      this.diary = { lane, store: new DiaryStore(lane.keys, lane.line, order.order === "diary-add" && order.fresh), refreshed: false };
    }
    const { lane, store } = this.diary;
    lane.run(async () => {
      switch (order.order) {
        case "diary-read":
          await store.read();
          this.refresh();
          break;
        case "diary-add":
          for (const entry of order.entries) await store.add(entry);
          break;
        case "diary-remove": await store.remove(order.number); break;
        case "diary-move": return this.move(lane, of, order.to);
        case "opened-mark": return this.tell({ ...of, news: "opened", days: await mark_opened(lane.keys, lane.line, today()) });
        case "opened-forget":
          await forget_opened(lane.keys, lane.line);
          return this.tell({ ...of, news: "opened", days: null });
      }
      this.tell({ ...of, news: "diary", entries: store.entries, unreadable: store.unreadable });
    });
  }

  private async move(lane: Lane, of: OfDiary, to: string): Promise<void> {
    const keys = derive_reporter_keys(to);
    try {
      await move_kept(lane.keys, keys, lane.line, (done, steps) => this.tell({ ...of, news: "kept-share", share: steps === 0 ? 1 : done / steps }));
      this.tell({ ...of, news: "diary-moved" });
    } finally {
      wipe_reporter_keys(keys);
    }
  }

  /** Once a visit, quietly beside everything else. What does not succeed is tried again at another visit. */
  private refresh(): void {
    if (this.diary === null || this.diary.refreshed) return;
    this.diary.refreshed = true;
    const pace = new Pace(() => undefined);
    this.refreshing = pace;
    void this.diary.store.refresh(today(), new DropLine(pace)).catch(() => undefined);
  }

  private hear_draft(order: DraftOrder & { readonly codename: string }): void {
    const of: OfDraft = { lane: "draft", codename: order.codename };
    let kept = this.drafts.get(order.codename);
    if (kept === undefined) {
      const lane = new Lane(order.codename, of, this.tell);
      kept = { lane, store: new DraftStore(lane.keys, lane.line, order.order === "draft-save" && order.fresh), to_save: null };
      this.drafts.set(order.codename, kept);
    }
    const { lane, store } = kept;
    switch (order.order) {
      case "draft-load": return lane.run(async () => this.tell({ ...of, news: "draft", draft: await store.load() }));
      case "draft-save": return this.save(kept, of, order);
      case "draft-remove":
        kept.to_save = null;
        return lane.run(async () => {
          await store.remove();
          this.tell({ ...of, news: "draft-removed" });
        });
    }
  }

  private save(kept: KeptDraft, of: OfDraft, order: SaveOrder): void {
    const waits = kept.to_save !== null;
    kept.to_save = order;
    if (waits) return;
    kept.lane.run(async () => {
      const newest = kept.to_save;
      kept.to_save = null;
      if (newest !== null) this.tell({ ...of, news: "draft-saved", outcome: await kept.store.save(newest.draft), change: newest.change });
    });
  }
}
