// SPDX-License-Identifier: AGPL-3.0-or-later
// What the page and its Workers say to each other. All keys, all sealing and opening are in one Worker; the check-in is in another, so
// that nothing shifts its requests. Exit terminates both.

import type { Fetched } from "./check_in/check_in";
import type { FileFault } from "./fetch_reply_file";
import type { KeptNews, KeptOrder } from "./kept/orders";
import type { Bytes } from "./protocol/bytes";
import type { Tag } from "./protocol/drop_index";
import type { Threshold } from "./protocol/match_share";
import type { Reply } from "./protocol/reply";
import type { Disclosure } from "./protocol/report";
import type { RosterCheck } from "./protocol/roster";
import type { NamedBlob } from "./seal/plan";

/** Of whom a first report is, for finding others that name him (docs/spec/matching.md). */
export interface NamingOrder {
  /** Encoded identifiers (docs/spec/identifiers.md); none, where she names nobody. */
  readonly inputs: readonly Bytes[];
  /** Whom of those who match reports she left out, beside those whom she left out of the report. */
  readonly excluded: readonly string[];
  /** Nobody can read the report before so many have named him; contact: what opens then in its place, so that she is asked first. */
  readonly hold: { readonly threshold: Threshold; readonly contact: string | null } | null;
}

export const NAMES_NOBODY: NamingOrder = { inputs: [], excluded: [], hold: null };

export interface SendOrder {
  readonly codename: string;
  /** Null for a first report. The same codename: it adds to that one's reports. Another: this codename comes in its place. */
  readonly follows: string | null;
  readonly disclosure: Disclosure;
  readonly files: readonly NamedBlob[];
  readonly desk: string;
  readonly excluded: readonly string[];
  /** The ids of those who can read it and of the whole desk, as she saw them: if the fresh roster gives others, she is asked again. */
  readonly readers: readonly string[];
  readonly members: readonly string[];
  /** How many of them it takes to open it, as she saw it. */
  readonly threshold: number;
  readonly naming: NamingOrder;
  /** What she held back under this codename may be read from now on, where others name the same person. */
  readonly releases: boolean;
}

export type ToWorker =
  | { readonly order: "load" }
  /** turn: goes back with what is told of its companion. */
  | { readonly order: "send"; readonly report: SendOrder; readonly turn: number }
  | { readonly order: "companion-now" | "companion-stop" }
  | { readonly order: "pause" | "resume" | "cancel" }
  /** With one end of the line to the check-in Worker. */
  | { readonly order: "check-in" }
  | { readonly order: "open-box"; readonly codename: string }
  | { readonly order: "close-box" }
  /** turn: goes back with what is told of it. */
  | { readonly order: "get-file"; readonly reply: Reply; readonly turn: number }
  | { readonly order: "drop-file" }
  | { readonly order: "withdraw" | "take-back" }
  | KeptOrder;

/** What lies in the box of the codename that was given last. */
export interface BoxNews {
  /** False until the index is there. */
  readonly searched: boolean;
  /** The last that was asked for had no answer. */
  readonly no_answer: boolean;
  /** How many of hers are in the index and were not fetched yet. */
  readonly to_come: number;
  /** In the order of their days. */
  readonly replies: readonly Reply[];
}

/** Of a file that came with a message, once she asked for it. done, of: parts. */
export type FileNews =
  | { readonly at: "coming"; readonly done: number; readonly of: number; readonly waiting: boolean }
  | { readonly at: "here"; readonly bytes: Bytes }
  | { readonly at: FileFault | "refused" };

export type WithdrawalState = "going" | "waiting" | "asked" | "taken-back" | "refused";

/** Between the two Workers. */
export interface ToCheckIn {
  readonly want: readonly Tag[];
}
/** index: null while it cannot be had. bodies: of a slot, without what had no answer. */
export type FromCheckIn = { readonly index: readonly Tag[] | null } | { readonly bodies: readonly Fetched[] };

export type CompanionState = "going" | "waiting" | "stored" | "refused";

export type SendFailure =
  | "readers-changed" | "roster" | "text-too-long" | "too-many-people" | "file-unreadable" | "too-large" | "refused"
  | "receipt-wrong" | "receipt-day" | "cannot-hold" | "unexpected";

export type FromWorker =
  | { readonly news: "unreachable" }
  | { readonly news: "pin-wrong" }
  | { readonly news: "roster"; readonly check: RosterCheck }
  | { readonly news: "pace"; readonly state: "going" | "paused" | "waiting" }
  | { readonly news: "progress"; readonly durable_bytes: number; readonly sealed_bytes: number }
  | { readonly news: "planned"; readonly file_ends: readonly number[] }
  /** companion: whether it follows now. */
  | { readonly news: "sent"; readonly short_code: string; readonly day: string; readonly companion: boolean }
  | { readonly news: "companion"; readonly turn: number; readonly state: CompanionState }
  | { readonly news: "box"; readonly box: BoxNews }
  | { readonly news: "withdrawal"; readonly state: WithdrawalState }
  | { readonly news: "reply-file"; readonly turn: number; readonly file: FileNews }
  | KeptNews
  | { readonly news: "failed"; readonly why: SendFailure; readonly file: string };
