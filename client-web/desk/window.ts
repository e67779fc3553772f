// SPDX-License-Identifier: AGPL-3.0-or-later
// Which rows of a long list are in the document: those that can be seen, and a few around them. All rows are of one height.

export interface Seen {
  /** Of the list's top edge, below the top of the window; negative once it is scrolled past. */
  readonly top: number;
  /** Of the window. */
  readonly height: number;
  readonly row: number;
  readonly count: number;
}

const EXTRA = 6;

/** first included, last not. */
export function rows_in_window({ top, height, row, count }: Seen): { readonly first: number; readonly last: number } {
  if (row <= 0) return { first: 0, last: Math.min(count, EXTRA) };
  const within = (index: number): number => Math.min(Math.max(index, 0), count);
  return { first: within(Math.floor(-top / row) - EXTRA), last: within(Math.ceil((height - top) / row) + EXTRA) };
}

/** How far to scroll so that the row is seen whole below what covers the window's upper edge; 0 where it is. */
export function scroll_to_row(index: number, { top, height, row }: Seen, covered: number): number {
  const upper = top + index * row;
  if (upper < covered) return upper - covered;
  return Math.max(0, upper + row - height);
}
