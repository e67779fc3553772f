// SPDX-License-Identifier: AGPL-3.0-or-later
// An identifier of the accused in its normal form: the same bytes from everybody who names the same man (docs/spec/identifiers.md).
// `candour` has the same in protocol/identifier.h.

import { bytes_of_text, type Bytes } from "./bytes";
import { email, phone } from "./identifier_contact";
import { handle, platform } from "./identifier_handle";
import { collar_number, force, registration_mark, warrant_number } from "./identifier_number";
import { birth_day, birth_year, given_name, surname } from "./identifier_person";
import { plain_text, Refused, type IdentifierFault } from "./identifier_text";
import { LABEL_IDENTIFIER } from "./labels";

/** Of the page and its tables: two versions never match each other. */
export const IDENTIFIER_RULES = "1";

type FieldRule = readonly [name: string, normalise: (text: string, before: readonly string[]) => string];

const KINDS = {
  "collar-number": [["force", force], ["number", collar_number]],
  "warrant-number": [["force", force], ["number", warrant_number]],
  "name-and-birth-day": [["surname", surname], ["given", given_name], ["born", birth_day]],
  "name-force-and-birth-year": [["surname", surname], ["given", given_name], ["force", force], ["born", birth_year]],
  phone: [["number", phone]],
  email: [["address", email]],
  "social-handle": [["platform", platform], ["handle", handle]],
  "registration-mark": [["mark", registration_mark]],
} as const satisfies Readonly<Record<string, readonly FieldRule[]>>;

export type IdentifierKind = keyof typeof KINDS;
export const IDENTIFIER_KINDS = Object.keys(KINDS) as readonly IdentifierKind[];

export interface Identifier {
  readonly kind: IdentifierKind;
  readonly values: readonly string[];
}

export type NormalisedIdentifier =
  | { readonly fault: null; readonly identifier: Identifier }
  | { readonly fault: IdentifierFault; readonly field: string };

/** The names of its fields, in their order. */
export function fields_of(kind: IdentifierKind): readonly string[] {
  return KINDS[kind].map(([name]) => name);
}

/** typed: a text for each field, in their order; one that is not there counts as empty. */
export function normalise_identifier(kind: IdentifierKind, typed: readonly string[]): NormalisedIdentifier {
  const values: string[] = [];
  for (const [field, normalise] of KINDS[kind] as readonly FieldRule[]) {
    try {
      values.push(normalise(plain_text(typed[values.length] ?? ""), values));
    } catch (error) {
      if (error instanceof Refused) return { fault: error.fault, field };
      throw error;
    }
  }
  return { fault: null, identifier: { kind, values } };
}

/** What goes into the OPRF. */
export function encode_identifier({ kind, values }: Identifier): Bytes {
  const lines = fields_of(kind).map((field, i) => field + " " + (values[i] ?? ""));
  return bytes_of_text([LABEL_IDENTIFIER, "rules " + IDENTIFIER_RULES, "kind " + kind, ...lines, ""].join("\n"));
}
