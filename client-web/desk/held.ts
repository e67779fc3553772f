// SPDX-License-Identifier: AGPL-3.0-or-later
// What the page has of cases while the desk is open. One object, so that the lock lets go of all of it at once.

import { NO_FILTER, type Filter } from "./filter";
import type { Matches } from "./matches";
import type { Account, Case, Row } from "./shapes";

/** What she has typed about a case and not sent yet. */
export interface Draft {
  reply: string;
  /** Goes along with the reply. */
  reply_file: File | null;
  note: string;
  privileged: boolean;
  only_for: readonly string[];
}

export class Held {
  rows: readonly Row[] = [];
  /** Of the rows; null while there are none. */
  version: string | null = null;
  loading: { readonly done: number; readonly of: number } | null = null;
  trouble: string | null = null; // of the list
  filter: Filter = NO_FILTER;
  words = ""; // of the search, as typed
  found: ReadonlySet<string> | null = null;
  /** The case that the keys are at. */
  active: string | null = null;
  one: Case | null = null;
  matches: Matches | null = null;
  /** By report. */
  readonly accounts = new Map<string, Account>();
  readonly shown = new Set<string>();
  /** Cases of which she said that she does not know the accused. */
  readonly cleared = new Set<string>();
  private readonly drafts = new Map<string, Draft>();

  draft_of(case_id: string): Draft {
    const draft = this.drafts.get(case_id) ?? { reply: "", reply_file: null, note: "", privileged: false, only_for: [] };
    this.drafts.set(case_id, draft);
    return draft;
  }
}
