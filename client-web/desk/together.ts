// SPDX-License-Identifier: AGPL-3.0-or-later
// Reports that several have to open together (docs/spec/threshold.md), as the tool says it: who has which share, and who may get hers.

import { is_hex32 } from "../src/protocol/bytes";
import type { Day } from "../src/protocol/day";
import { as_count, Malformed, type Fields } from "../src/protocol/json";
import { day, flag, text, texts } from "./fields";

const NEEDS_MAX = 32;

export interface Together {
  readonly report: string;
  readonly day: Day; // of arrival
  /** How many of its readers it takes. */
  readonly needs: number;
  /** This desk has opened it. */
  readonly open: boolean;
  /** She has a right share of her own. */
  readonly mine: boolean;
  /** Who handed theirs on to her. */
  readonly from: readonly string[];
  /** To whom she may hand hers. */
  readonly to: readonly string[];
  /** To whom she has. */
  readonly given: readonly string[];
  /** What is wrong, in words; empty where nothing is. */
  readonly trouble: string;
}

export function as_together(fields: Fields): Together {
  const report = text(fields, "report");
  if (!is_hex32(report)) throw new Malformed("report"); // it becomes part of a path
  return {
    report, day: day(fields, "day"), needs: as_count(fields["needs"], "needs", 2, NEEDS_MAX),
    open: flag(fields, "open"), mine: flag(fields, "mine"), from: texts(fields, "from"), to: texts(fields, "to"), given: texts(fields, "given"),
    trouble: text(fields, "trouble"),
  };
}

/** Once each: those to whom she may hand it or has handed it. */
export function others_of(one: Together): readonly string[] {
  return [...new Set([...one.to, ...one.given])];
}
