// SPDX-License-Identifier: AGPL-3.0-or-later
// Which reports name the same person (docs/spec/matching.md), as the tool says it.

import { is_hex32 } from "../src/protocol/bytes";
import type { Day } from "../src/protocol/day";
import { as_object, Malformed, type Fields } from "../src/protocol/json";
import { count, day, flag, objects, text, text_or_null, texts } from "./fields";

export interface MatchedReport {
  readonly report: string;
  readonly state: string;
  /** Null while it is not open. */
  readonly case: string | null;
  readonly accused: string;
  readonly lead: string | null;
  readonly has_contact: boolean;
  /** Only where it was asked for. */
  readonly contact: string | null;
}

export interface Match {
  readonly authors: number;
  readonly reports: readonly MatchedReport[];
  /** Who lead more than one of its cases. */
  readonly shared_leads: readonly string[];
}

export interface Matches {
  readonly warning: readonly string[];
  readonly contact_warning: string;
  readonly matches: readonly Match[];
  readonly held: readonly { readonly report: string; readonly day: Day }[];
  readonly wrong: readonly { readonly report: string; readonly words: string }[];
  readonly another_key: number;
}

function id(fields: Fields, name: string): string {
  const value = text(fields, name);
  if (!is_hex32(value)) throw new Malformed(name); // it becomes part of a path
  return value;
}

function as_matched(fields: Fields): MatchedReport {
  return {
    report: id(fields, "report"), state: text(fields, "state"), case: text_or_null(fields, "case") === null ? null : id(fields, "case"),
    accused: text(fields, "accused"), lead: text_or_null(fields, "lead"), has_contact: flag(fields, "has_contact"), contact: text_or_null(fields, "contact"),
  };
}

export function as_matches(answer: unknown): Matches {
  const fields = as_object(answer, "matches");
  return {
    warning: texts(fields, "warning"), contact_warning: text(fields, "contact_warning"),
    matches: objects(fields, "matches", (one) => ({ authors: count(one, "authors"), reports: objects(one, "reports", as_matched), shared_leads: texts(one, "shared_leads") })),
    held: objects(fields, "held", (one) => ({ report: id(one, "report"), day: day(one, "day") })),
    wrong: objects(fields, "wrong", (one) => ({ report: id(one, "report"), words: text(one, "words") })),
    another_key: count(fields, "another_key"),
  };
}
