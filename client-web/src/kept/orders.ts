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
  | ((DiaryOrder | DraftOrder) & { readonly codename: string })
  /** Try now; or give up what is under way and forget the keys. */
  | { readonly order: "kept-again" | "kept-stop"; readonly lane: LaneName };

export type KeptNews =
  | { readonly news: "diary"; readonly entries: readonly NumberedEntry[]; readonly unreadable: number }
  | { readonly news: "diary-moved" }
  | { readonly news: "opened"; readonly days: readonly Day[] | null }
  | { readonly news: "draft"; readonly draft: Draft | null }
  | { readonly news: "draft-saved"; readonly outcome: SaveOutcome; readonly change: number }
  | { readonly news: "draft-removed" }
  | { readonly news: "kept-pace"; readonly lane: LaneName; readonly waiting: boolean }
  | { readonly news: "kept-share"; readonly lane: LaneName; readonly share: number }
  | { readonly news: "kept-refused"; readonly lane: LaneName };
