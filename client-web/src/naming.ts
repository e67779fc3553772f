// SPDX-License-Identifier: AGPL-3.0-or-later
// Whom she names, so that others who name the same person are found, and whether her report waits for them. In memory only: a draft has nothing of it.

import type { NamingOrder } from "./messages";
import { contact_bytes_too_many, is_contact } from "./protocol/contact";
import { encode_identifier, fields_of, type Identifier, type IdentifierKind } from "./protocol/identifier";
import { force_named } from "./protocol/identifier_tables";
import type { Threshold } from "./protocol/match_share";
import type { Disclosure } from "./protocol/report";

/** As many as a batch has places. */
export const IDENTIFIERS_MAX = 8;

export type ContactFault = "missing" | "too-long" | "unreadable";

export class Naming {
  identifiers: readonly Identifier[] = [];
  /** Nobody shall read it before others name him. */
  holds = false;
  threshold: Threshold = 2;
  asks_first = false;
  contact = "";
  excluded = new Set<string>();

  constructor(private readonly changed: () => void) {}

  change(change: Partial<Pick<Naming, "holds" | "threshold" | "asks_first" | "contact">>): void {
    Object.assign(this, change);
    this.changed();
  }

  has(identifier: Identifier): boolean {
    const key = JSON.stringify(identifier);
    return this.identifiers.some((known) => JSON.stringify(known) === key);
  }

  add(identifier: Identifier): void {
    if (!this.has(identifier) && this.identifiers.length < IDENTIFIERS_MAX) this.identifiers = [...this.identifiers, identifier];
    this.changed();
  }

  remove(index: number): void {
    this.identifiers = this.identifiers.filter((_, i) => i !== index);
    this.changed();
  }

  exclude(id: string, excluded: boolean): void {
    if (excluded) this.excluded.add(id);
    else this.excluded.delete(id);
    this.changed();
  }

  get contact_fault(): ContactFault | null {
    if (!this.holds || !this.asks_first) return null;
    const text = this.contact_text;
    if (text === "") return "missing";
    if (contact_bytes_too_many(text) > 0) return "too-long";
    return is_contact(text) ? null : "unreadable";
  }

  private get contact_text(): string {
    return this.contact.replace(/\r\n?/g, "\n").trim();
  }

  order(): NamingOrder {
    const hold = this.holds ? { threshold: this.threshold, contact: this.asks_first ? this.contact_text : null } : null;
    return { inputs: this.identifiers.map(encode_identifier), excluded: [...this.excluded], hold };
  }

  forget(): void {
    this.identifiers = [];
    this.holds = false;
    this.asks_first = false;
    this.contact = "";
    this.excluded.clear();
  }
}

/** Which of the answers about him may say what a field asks. */
const ANSWERED: Readonly<Partial<Record<IdentifierKind, Readonly<Record<string, string>>>>> = {
  "collar-number": { force: "force", number: "collar_number" },
  "warrant-number": { force: "force", number: "warrant_number" },
  "name-and-birth-day": { surname: "surname", given: "given_name" },
  "name-force-and-birth-year": { surname: "surname", given: "given_name", force: "force", born: "birth_year" },
  phone: { number: "phone" },
  email: { address: "email" },
};

/** What she has said of him already, for each field of a kind; a force only where it is one of the list. */
export function typed_before(kind: IdentifierKind, accused: Disclosure["accused"]): readonly string[] {
  return fields_of(kind).map((field) => {
    const answer = accused[ANSWERED[kind]?.[field] ?? ""];
    const text = typeof answer === "string" ? answer : "";
    return field === "force" ? force_named(text)?.id ?? "" : text;
  });
}
