// SPDX-License-Identifier: AGPL-3.0-or-later
// What the tool answers (docs/spec/desk.md), field by field. It is on our side, but what it hands on is not: text here is untrusted,
// and is shown through src/visible.ts.

import type { Day } from "../src/protocol/day";
import { as_object, as_text, Malformed, type Fields } from "../src/protocol/json";
import { count, day, day_or_null, flag, objects, text, text_or_null, texts, TEXT_BYTES_MAX } from "./fields";
import { as_together, type Together } from "./together";

const version = (fields: Fields): string => String(fields["version"]);

export interface Busy {
  readonly step: string;
  readonly done: number;
  readonly of: number; // 0: not known
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
}

export interface LockedDesk {
  readonly open: false;
  readonly busy: Busy | null;
  readonly key_file: string;
  readonly why: string | null;
}

export interface OpenDesk {
  readonly open: true;
  readonly busy: Busy | null;
  readonly me: string;
  readonly service: string;
  readonly today: Day;
  readonly idle_seconds: number;
  readonly people: readonly Person[];
  readonly desks: readonly { readonly id: string; readonly name: string }[];
  readonly warnings: readonly string[];
  /** Those that several have to open together. */
  readonly together: readonly Together[];
  /** How many nobody can read until somebody else names the same person. */
  readonly held: number;
  readonly matches: number;
  readonly version: string;
}

const count_or_none = (fields: Fields, name: string): number => (fields[name] === undefined ? 0 : count(fields, name));

export function as_desk(answer: unknown): LockedDesk | OpenDesk {
  const fields = as_object(answer, "desk");
  const under_way = fields["busy"] ?? null;
  const busy = under_way === null ? null : as_busy(as_object(under_way, "busy"));
  if (!flag(fields, "open")) return { open: false, busy, key_file: text_or_null(fields, "key_file") ?? "", why: text_or_null(fields, "why") };
  return {
    open: true, busy, me: text(fields, "me"), service: text(fields, "service"), today: day(fields, "today"), idle_seconds: count(fields, "idle_seconds"),
    people: objects(fields, "people", (person) => ({ id: text(person, "id"), name: text(person, "name"), active: flag(person, "active") })),
    desks: objects(fields, "desks", (desk) => ({ id: text(desk, "id"), name: text(desk, "name") })),
    warnings: texts(fields, "warnings"), together: objects(fields, "together", as_together),
    held: count_or_none(fields, "held"), matches: count_or_none(fields, "matches"), version: version(fields),
  };
}

function as_busy(fields: Fields): Busy {
  return { step: text(fields, "step"), done: count(fields, "done"), of: count(fields, "of") };
}

/** Who looks after it for who leads it, until that day inclusive. */
export interface Cover {
  readonly by: string;
  readonly until: Day;
}

function as_cover(fields: Fields): Cover | null {
  const cover = fields["cover"] ?? null;
  if (cover === null) return null;
  const stand = as_object(cover, "cover");
  return { by: text(stand, "by"), until: day(stand, "until") };
}

/** By what was signed off: who did. */
function as_signed_off(fields: Fields): ReadonlyMap<string, string> {
  return new Map(Object.entries(as_object(fields["signed_off"] ?? {}, "signed_off")).map(([what, who]) => [what, as_text(who, what, TEXT_BYTES_MAX)]));
}

export interface Row {
  readonly id: string;
  readonly accused: string;
  readonly danger: boolean;
  readonly status: string;
  readonly risk: string;
  readonly lead: string | null;
  readonly cover: Cover | null;
  readonly signed_off: ReadonlyMap<string, string>;
  readonly labels: readonly string[];
  readonly deadline: { readonly name: string; readonly day: Day } | null;
  readonly day: Day;
  readonly unread: boolean;
  readonly reports: number;
  readonly alarms: number;
  readonly mine: boolean;
}

function as_row(fields: Fields): Row {
  const deadline = fields["deadline"] ?? null;
  const next = deadline === null ? null : as_object(deadline, "deadline");
  return {
    id: text(fields, "id"), accused: text(fields, "accused"), danger: flag(fields, "danger"), status: text(fields, "status"), risk: text(fields, "risk"),
    lead: text_or_null(fields, "lead"), cover: as_cover(fields), signed_off: as_signed_off(fields), labels: texts(fields, "labels"), deadline: next === null ? null : { name: text(next, "name"), day: day(next, "day") },
    day: day(fields, "day"), unread: flag(fields, "unread"), reports: count(fields, "reports"), alarms: count(fields, "alarms"), mine: flag(fields, "mine"),
  };
}

export interface RowPage {
  readonly version: string;
  readonly total: number;
  readonly rows: readonly Row[];
}

export function as_row_page(answer: unknown): RowPage {
  const fields = as_object(answer, "cases");
  return { version: version(fields), total: count(fields, "total"), rows: objects(fields, "cases", as_row) };
}

export function as_found(answer: unknown): readonly string[] {
  return texts(as_object(answer, "found"), "cases");
}

export interface CaseEvent {
  readonly hash: string;
  readonly day: Day;
  readonly author: string;
  readonly kind: string;
  readonly body: Fields;
  readonly readers: readonly string[];
}

function as_event(fields: Fields): CaseEvent {
  const body = fields["body"];
  return {
    hash: text(fields, "hash"), day: day(fields, "day"), author: text(fields, "author"), kind: text(fields, "kind"),
    body: typeof body === "object" && body !== null && !Array.isArray(body) ? (body as Fields) : {}, readers: texts(fields, "readers"),
  };
}

/** One account in the case, as the server lists it. */
export interface Listed {
  readonly id: string;
  readonly day: Day; // of arrival
  readonly seen: boolean; // marked so by her
  readonly read: boolean; // by the log
  readonly closed: Day | null; // kept until
  readonly hold: readonly string[];
  readonly withdrawn: Day | null;
  readonly signed: boolean;
  readonly trouble: string | null;
  readonly by_match: boolean; // it was held back, and a match opened it
}

function as_listed(fields: Fields): Listed {
  return {
    id: text(fields, "id"), day: day(fields, "day"), seen: flag(fields, "seen"), read: fields["read"] === true, closed: day_or_null(fields, "closed"),
    hold: texts(fields, "hold"), withdrawn: day_or_null(fields, "withdrawn"), signed: fields["signed"] !== false, trouble: text_or_null(fields, "trouble"),
    by_match: fields["by_match"] === true,
  };
}

/** Telling somebody outside: proposed by one, agreed to by another. */
export interface Disclosure {
  readonly hash: string;
  readonly to: string;
  readonly what: string;
  readonly reason: string;
  readonly route: string;
  readonly proposed_by: string;
  readonly agreed_by: string | null;
  readonly outcome: string | null;
}

function as_disclosure(fields: Fields): Disclosure {
  return {
    hash: text(fields, "hash"), to: text(fields, "to"), what: text(fields, "what"), reason: text(fields, "reason"), route: text(fields, "route"),
    proposed_by: text(fields, "proposed_by"), agreed_by: text_or_null(fields, "agreed_by"), outcome: text_or_null(fields, "outcome"),
  };
}

/** attachment: from 1. */
export interface Quarantined {
  readonly report: string;
  readonly attachment: number;
  readonly reason: string;
}

/** What nobody else than who said it has looked at: `event` is what a sign-off names. */
export interface ToSignOff {
  readonly what: string;
  readonly event: string;
  readonly by: string;
}

export interface Case {
  readonly id: string;
  readonly accused: string;
  readonly danger: boolean;
  readonly status: string;
  readonly risk: string;
  readonly lead: string | null;
  readonly cover: Cover | null;
  readonly signed_off: ReadonlyMap<string, string>;
  readonly to_sign_off: readonly ToSignOff[];
  readonly risk_sheet: ReadonlyMap<string, string>;
  readonly labels: readonly string[];
  readonly deadlines: readonly { readonly name: string; readonly day: Day }[]; // the next first
  readonly consents: readonly { readonly to: string; readonly answer: string }[];
  readonly disclosures: readonly Disclosure[];
  readonly quarantined: readonly Quarantined[];
  readonly readers: readonly string[];
  readonly recused: readonly string[];
  readonly alarms: readonly string[];
  readonly reports: readonly Listed[];
  readonly events: readonly CaseEvent[];
  readonly revoked_events: readonly CaseEvent[];
  readonly mine: boolean;
  /** Somebody else names the same person. */
  readonly matched: boolean;
}

export function as_case(answer: unknown): Case {
  const fields = as_object(answer, "case");
  const named = as_object(fields["deadlines"] ?? {}, "deadlines");
  const deadlines = Object.keys(named).map((name) => ({ name, day: day(named, name) }));
  return {
    id: text(fields, "id"), accused: text(fields, "accused"), danger: flag(fields, "danger"), status: text(fields, "status"), risk: text(fields, "risk"),
    lead: text_or_null(fields, "lead"), cover: as_cover(fields), signed_off: as_signed_off(fields), labels: texts(fields, "labels"),
    to_sign_off: Object.entries(as_object(fields["to_sign_off"] ?? {}, "to_sign_off")).map(([what, one]) => {
      const subject = as_object(one, what);
      return { what, event: text(subject, "event"), by: text(subject, "by") };
    }),
    risk_sheet: new Map(Object.entries(as_object(fields["risk_sheet"] ?? {}, "risk_sheet")).map(([field, line]) => [field, as_text(line, field, TEXT_BYTES_MAX)])),
    deadlines: deadlines.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.name < b.name ? -1 : 1)),
    consents: Object.entries(as_object(fields["consents"] ?? {}, "consents")).map(([to, answer]) => ({ to, answer: as_text(answer, to, TEXT_BYTES_MAX) })),
    disclosures: objects(fields, "disclosures", as_disclosure),
    quarantined: objects(fields, "quarantined", (item) => ({ report: text(item, "report"), attachment: count(item, "attachment"), reason: text(item, "reason") })),
    readers: texts(fields, "readers"), recused: texts(fields, "recused"), alarms: texts(fields, "alarms"), reports: objects(fields, "reports", as_listed),
    events: objects(fields, "events", as_event), revoked_events: objects(fields, "revoked_events", as_event), mine: flag(fields, "mine"),
    matched: fields["matched"] === true,
  };
}

export interface Answer {
  readonly id: string;
  readonly question: string;
  readonly text: string | null;
  readonly chosen: readonly string[];
}

export interface Attachment {
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly view: "image" | "text" | null;
  readonly kept: boolean;
}

export interface Account {
  readonly report: string;
  readonly signed: boolean;
  readonly written: Day | null;
  readonly arrived: Day | null;
  readonly desk: string;
  readonly language: string;
  readonly audience: readonly string[];
  readonly excluded: readonly string[];
  readonly warnings: readonly string[];
  readonly answers: readonly Answer[];
  readonly accused: readonly { readonly identifier: string; readonly value: string }[];
  readonly attachments: readonly Attachment[];
  readonly unknown: readonly { readonly name: string; readonly json: string }[];
}

export function as_account(answer: unknown): Account {
  const fields = as_object(answer, "account");
  return {
    report: text(fields, "report"), signed: flag(fields, "signed"), written: day_or_null(fields, "written"), arrived: day_or_null(fields, "arrived"),
    desk: text_or_null(fields, "desk") ?? "", language: text_or_null(fields, "language") ?? "",
    audience: texts(fields, "audience"), excluded: texts(fields, "excluded"), warnings: texts(fields, "warnings"),
    answers: objects(fields, "answers", (one) => ({ id: text(one, "id"), question: text(one, "question"), text: text_or_null(one, "text"), chosen: texts(one, "chosen") })),
    accused: objects(fields, "accused", (one) => ({ identifier: text(one, "identifier"), value: text(one, "value") })),
    attachments: objects(fields, "attachments", as_attachment),
    unknown: objects(fields, "unknown", (one) => ({ name: text(one, "name"), json: text(one, "json") })),
  };
}

function as_attachment(fields: Fields): Attachment {
  const view = fields["view"];
  return {
    name: text(fields, "name"), type: text(fields, "type"), bytes: count(fields, "bytes"),
    view: view === "image" || view === "text" ? view : null, kept: flag(fields, "kept"),
  };
}

export function as_sent(answer: unknown): { readonly number: number; readonly day: Day } {
  const fields = as_object(answer, "sent");
  return { number: count(fields, "number"), day: day(fields, "day") };
}

export function as_view_path(answer: unknown): string {
  const path = text(as_object(answer, "view"), "path");
  if (!/^\/view\/[0-9a-f]+$/.test(path)) throw new Malformed("path"); // a frame is given no other address
  return path;
}
