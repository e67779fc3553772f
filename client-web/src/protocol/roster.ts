// SPDX-License-Identifier: AGPL-3.0-or-later
// The roster: who can be written to, and what is asked (docs/spec/roster.md). A Roster exists only if the note was signed by the
// pinned root keys and is consistent; whether today is within its days is a separate answer, because the helplines of an
// expired roster are still worth showing.

import { sha256 } from "@noble/hashes/sha2.js";
import { MEMBER_BYTES_MAX, MEMBERS_MAX } from "./archive";
import { bytes_of_text, encode_hex, type Bytes } from "./bytes";
import { days_between, is_day, type Day } from "./day";
import { parse_form, type Form } from "./form";
import * as json from "./json";
import { LABEL_ROSTER, LABEL_SEALING_KEY } from "./labels";
import { is_key_name, parse_note, parse_verifier, signed_by, SMALL_NOTE_BYTES_MAX, type Verifier } from "./note";
import type { Pin } from "./pin";
import { is_recipient } from "./recipient";
import { parse_roster_matching, type RosterMatching } from "./roster_matching";
import { parse_roster_words, type RosterWords } from "./roster_words";

const DAYS_MAX = 120;
const PLACES_MAX = 32;
const DESKS_MAX = 32;
const CASEWORKERS_MAX = 512;
const HELPLINES_MAX = 32;
const KEY_BYTES_MAX = 255;
const NAME_BYTES_MAX = 200;
const TEXT_BYTES_MAX = 4000;

export interface Desk {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly threshold: number;
}

export interface Caseworker {
  readonly id: string;
  readonly name: string;
  readonly desks: readonly string[];
  readonly revoked: boolean;
  readonly signing_key: Bytes;
  /** Null where no key of hers is certified for today: she cannot receive. */
  readonly recipient: string | null;
}

export interface Helpline {
  readonly name: string;
  readonly phone: string;
  readonly hours: string;
}

export interface Roster extends RosterWords {
  readonly hash: string; // SHA-256 of the note's text, hex
  readonly service: string;
  readonly public_name: string;
  readonly version: number;
  readonly valid_from: Day;
  readonly valid_until: Day;
  readonly places: number;
  readonly desks: readonly Desk[];
  readonly caseworkers: readonly Caseworker[];
  readonly receipt_key: string;
  readonly form: Form;
  readonly language: string; // of what the organisation says: its form's
  readonly attachments_max: number;
  readonly attachments_bytes_max: number;
  readonly helplines: readonly Helpline[];
  readonly matching: RosterMatching | null; // null where this organisation does not match reports
}

export type RosterFault =
  | "not-a-roster" | "unsigned" | "too-few-signatures" | "wrong-signature" | "malformed"
  | "not-yet-valid" | "expired" | "older" | "different-text";

/** reads: replies may be read by it (docs/spec/drops.md): it is good, or has but expired and is not older than one seen before. */
export type RosterCheck =
  | { readonly fault: null; readonly reads: true; readonly roster: Roster }
  | { readonly fault: "expired"; readonly reads: true; readonly field: ""; readonly roster: Roster }
  | { readonly fault: RosterFault; readonly reads: false; readonly field: string; readonly roster: Roster | null };

/** What this visit has already seen: a lower version, or another text of the same one, is an attack or a mistake. */
export interface RosterSeen {
  readonly version: number;
  readonly hash: string;
}

export function check_roster(note_text: string, pin: Pin, day: Day, seen: RosterSeen | null): RosterCheck {
  const refuse = (fault: RosterFault, roster: Roster | null = null, field = ""): RosterCheck => ({ fault, reads: false, field, roster });
  const note = parse_note(note_text);
  if (note === null) return refuse("not-a-roster");

  const verdicts = pin.keys.map((key) => signed_by(note, key));
  if (verdicts.includes("wrong")) return refuse("wrong-signature");
  const good = verdicts.filter((verdict) => verdict === "good").length;
  if (good === 0) return refuse("unsigned");
  if (good < pin.quorum) return refuse("too-few-signatures");

  let roster: Roster;
  try {
    roster = parse_roster(note.text, day);
  } catch (error) {
    return refuse("malformed", null, error instanceof json.Malformed ? error.field : "JSON");
  }
  if (day < roster.valid_from) return refuse("not-yet-valid", roster);
  const older = seen !== null && roster.version < seen.version;
  const different = seen !== null && roster.version === seen.version && roster.hash !== seen.hash;
  if (day > roster.valid_until) return older || different ? refuse("expired", roster) : { fault: "expired", reads: true, field: "", roster };
  if (older) return refuse("older", roster);
  if (different) return refuse("different-text", roster);
  return { fault: null, reads: true, roster };
}

function parse_roster(text: string, day: Day): Roster {
  const fields = json.as_object(json.parse_json(text), "roster");
  if (fields["format"] !== LABEL_ROSTER) throw new json.Malformed("format");
  const valid_from = as_day(fields["valid_from"], "valid_from");
  const valid_until = as_day(fields["valid_until"], "valid_until");
  const days = days_between(valid_from, valid_until);
  if (days < 0 || days > DAYS_MAX) throw new json.Malformed("valid_until");

  const desks = json.as_list(fields["desks"], "desks", DESKS_MAX).map(parse_desk);
  if (desks.length === 0) throw new json.Malformed("desks");
  json.refuse_repeats(desks.map((desk) => desk.id), "desks");
  const caseworkers = json.as_list(fields["caseworkers"], "caseworkers", CASEWORKERS_MAX).map((c, i) => parse_caseworker(c, i, day));
  json.refuse_repeats(caseworkers.map((c) => c.id), "caseworkers");
  // Two ids with one key would be one person who counts twice.
  json.refuse_repeats(caseworkers.map((c) => encode_hex(c.signing_key)), "caseworkers.signing_key");
  for (const id of caseworkers.flatMap((c) => c.desks)) {
    if (!desks.some((desk) => desk.id === id)) throw new json.Malformed("caseworkers.desks");
  }
  const places = json.as_count(fields["places"], "places", 1, PLACES_MAX);
  for (const desk of desks) {
    if (caseworkers.filter((c) => !c.revoked && c.desks.includes(desk.id)).length > places) throw new json.Malformed("places");
  }
  const receipt_key = json.as_line(fields["receipt_key"], "receipt_key", KEY_BYTES_MAX);
  if (!is_key_name(parse_verifier(receipt_key)?.name ?? "", "receipt")) throw new json.Malformed("receipt_key");
  const policy = json.as_object(fields["policy"], "policy");
  // The server's business alone; but what is no roster to the one is none to the other.
  if (policy["retention_days"] !== undefined) json.as_count(policy["retention_days"], "policy.retention_days", 90, 36500);
  if (policy["retention_spread_days"] !== undefined) json.as_count(policy["retention_spread_days"], "policy.retention_spread_days", 0, 365);
  const matching = fields["matching"] === undefined ? null : parse_roster_matching(fields["matching"]);
  if (matching !== null && !matching.group.every((id) => caseworkers.some((c) => c.id === id))) throw new json.Malformed("group");
  if (matching !== null && matching.group.length > places) throw new json.Malformed("places");
  const form = parse_form(fields["form"]);
  return {
    ...parse_roster_words(fields, form),
    hash: encode_hex(sha256(bytes_of_text(text))),
    service: json.as_line(fields["service"], "service", NAME_BYTES_MAX),
    public_name: json.as_line(fields["public_name"], "public_name", NAME_BYTES_MAX),
    version: json.as_count(fields["version"], "version", 1),
    valid_from, valid_until, places, desks, caseworkers, receipt_key,
    form, language: form.language,
    attachments_max: json.as_count(policy["attachments_max"], "policy.attachments_max", 0, MEMBERS_MAX),
    attachments_bytes_max: json.as_count(policy["attachments_bytes_max"], "policy.attachments_bytes_max", 0, MEMBER_BYTES_MAX),
    helplines: json.as_list(fields["helplines"], "helplines", HELPLINES_MAX).map(parse_helpline),
    matching,
  };
}

function as_day(value: unknown, field: string): Day {
  if (typeof value !== "string" || !is_day(value)) throw new json.Malformed(field);
  return value;
}

function parse_desk(value: unknown, index: number): Desk {
  const name = "desks[" + index + "]";
  const fields = json.as_object(value, name);
  return {
    id: json.as_id(fields["id"], name + ".id"),
    name: json.as_line(fields["name"], name + ".name", NAME_BYTES_MAX),
    description: json.as_line_or_empty(fields["description"], name + ".description", TEXT_BYTES_MAX),
    threshold: json.as_count(fields["threshold"], name + ".threshold", 1, PLACES_MAX),
  };
}

function parse_caseworker(value: unknown, index: number, day: Day): Caseworker {
  const name = "caseworkers[" + index + "]";
  const fields = json.as_object(value, name);
  const id = json.as_id(fields["id"], name + ".id");
  const revoked = json.as_flag(fields["revoked"], name + ".revoked");
  const verifier = parse_verifier(json.as_line(fields["signing_key"], name + ".signing_key", KEY_BYTES_MAX));
  if (verifier === null || verifier.name !== "candour/caseworker/" + id) throw new json.Malformed(name + ".signing_key");
  const sealing_key = json.as_text(fields["sealing_key"], name + ".sealing_key", SMALL_NOTE_BYTES_MAX);
  const desks = json.as_list(fields["desks"], name + ".desks", DESKS_MAX).map((desk) => json.as_id(desk, name + ".desks"));
  json.refuse_repeats(desks, name + ".desks");
  return {
    id, revoked, desks,
    name: json.as_line(fields["name"], name + ".name", NAME_BYTES_MAX),
    signing_key: verifier.key,
    recipient: revoked ? null : certified_recipient(id, verifier, sealing_key, day),
  };
}

/** The recipient in her own signed note, if it names her and today is within its days (docs/spec/keys.md). */
function certified_recipient(id: string, verifier: Verifier, sealing_key: string, day: Day): string | null {
  const note = parse_note(sealing_key);
  if (note === null || signed_by(note, verifier) !== "good") return null;
  const match = /^(.*)\ncaseworker (.*)\nrecipient (.*)\nfrom (.*)\nuntil (.*)\n$/.exec(note.text);
  if (match === null) return null;
  const [, label, named, recipient = "", from = "", until = ""] = match;
  if (label !== LABEL_SEALING_KEY || named !== id || !is_recipient(recipient)) return null;
  return is_day(from) && is_day(until) && from <= day && day <= until ? recipient : null;
}

function parse_helpline(value: unknown, index: number): Helpline {
  const name = "helplines[" + index + "]";
  const fields = json.as_object(value, name);
  return {
    name: json.as_line(fields["name"], name + ".name", NAME_BYTES_MAX),
    phone: json.as_line(fields["phone"], name + ".phone", NAME_BYTES_MAX),
    hours: json.as_line_or_empty(fields["hours"], name + ".hours", NAME_BYTES_MAX),
  };
}
