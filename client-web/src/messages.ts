// SPDX-License-Identifier: AGPL-3.0-or-later
// What the page and its Worker say to each other. All keys and all sealing are in the Worker; exit terminates it.

import type { Disclosure } from "./protocol/report";
import type { RosterCheck } from "./protocol/roster";
import type { NamedBlob } from "./seal/plan";

export interface SendOrder {
  readonly codename: string;
  readonly disclosure: Disclosure;
  readonly files: readonly NamedBlob[];
  readonly desk: string;
  readonly excluded: readonly string[];
  /** The ids of those who can read it and of the whole desk, as she saw them: if the fresh roster gives others, she is asked again. */
  readonly readers: readonly string[];
  readonly members: readonly string[];
}

export type ToWorker =
  | { readonly order: "load" }
  | { readonly order: "send"; readonly report: SendOrder }
  | { readonly order: "pause" | "resume" | "cancel" };

export type SendFailure =
  | "readers-changed" | "roster" | "text-too-long" | "too-many-people" | "file-unreadable" | "too-large" | "refused"
  | "receipt-wrong" | "receipt-day" | "unexpected";

export type FromWorker =
  | { readonly news: "unreachable" }
  | { readonly news: "pin-wrong" }
  | { readonly news: "roster"; readonly check: RosterCheck }
  | { readonly news: "pace"; readonly state: "going" | "paused" | "waiting" }
  | { readonly news: "progress"; readonly durable_bytes: number; readonly sealed_bytes: number }
  | { readonly news: "planned"; readonly file_ends: readonly number[] }
  | { readonly news: "sent"; readonly short_code: string; readonly day: string }
  | { readonly news: "failed"; readonly why: SendFailure; readonly file: string };
