// SPDX-License-Identifier: AGPL-3.0-or-later
// What the page asks the Worker about what she keeps at the server, and what it hears. Two lanes, so that her draft is saved while
// her diary is read; in each, one thing after the other.

import type { Day } from "../protocol/day";
import type { Entry } from "../protocol/diary_text";
import type { Draft } from "../protocol/draft";
import type { NumberedEntry } from "./diary_store";
import type { SaveOutcome } from "./draft_store";

export type LaneName = "diary" | "draft";

/** fresh: the codename was made in this visit, and nothing can be there yet. */
export type DiaryOrder =
  | { readonly order: "diary-read" }
  | { readonly order: "diary-add"; readonly entries: readonly Entry[]; readonly fresh: boolean }
  | { readonly order: "diary-remove"; readonly number: number }
  | { readonly order: "diary-move"; readonly to: string }
  | { readonly order: "opened-mark" | "opened-forget" };

export type DraftOrder =
  | { readonly order: "draft-load" | "draft-remove" }
  | { readonly order: "draft-save"; readonly draft: Draft; readonly change: number; readonly fresh: boolean };

export type KeptOrder =
  | (DraftOrder & { readonly codename: string })
  /** turn: counts how often a diary was closed in this visit. */
  | (DiaryOrder & { readonly codename: string; readonly turn: number })
  /** Try now; or give up what is under way and forget the keys. */
  | { readonly order: "kept-again" | "kept-stop"; readonly lane: LaneName };

/** Of what news are, since what was ordered under one codename may be answered after she has turned to another. */
export interface OfDiary {
  readonly lane: "diary";
  readonly turn: number;
}
export interface OfDraft {
  readonly lane: "draft";
  readonly codename: string;
}

export type LaneNews =
  | { readonly news: "kept-pace"; readonly waiting: boolean }
  | { readonly news: "kept-share"; readonly share: number }
  | { readonly news: "kept-refused" };

export type DiaryNews = OfDiary & (
  | { readonly news: "diary"; readonly entries: readonly NumberedEntry[]; readonly unreadable: number }
  | { readonly news: "diary-moved" }
  | { readonly news: "opened"; readonly days: readonly Day[] | null }
  | LaneNews);

export type DraftNews = OfDraft & (
  | { readonly news: "draft"; readonly draft: Draft | null }
  | { readonly news: "draft-saved"; readonly outcome: SaveOutcome; readonly change: number }
  | { readonly news: "draft-removed" }
  | LaneNews);

export type KeptNews = DiaryNews | DraftNews;
