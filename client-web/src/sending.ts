// SPDX-License-Identifier: AGPL-3.0-or-later
// A report on its way: how far it is, and stopping and going on. The Worker does the work.

import { is_stripped_copy } from "./evidence/strip";
import { NAMES_NOBODY, type CompanionState, type FromWorker, type SendOrder, type ToWorker } from "./messages";
import { desk_members } from "./protocol/readers";
import { make_disclosure } from "./protocol/report";
import type { Visit } from "./visit";

type News = Extract<FromWorker, { readonly news: "pace" | "progress" | "planned" | "companion" }>;

export class Sending {
  under_way = false;
  durable_bytes = 0;
  sealed_bytes = 0;
  /** Sealed bytes until the end of each file. */
  file_ends: readonly number[] = [];
  pace: "going" | "paused" | "waiting" = "going";
  /** What follows its receipt; none: nothing does, or not yet. */
  companion: CompanionState | "none" = "none";
  /** Counts the reports: of what follows an earlier one nothing is said any more. */
  private turn = 0;

  constructor(private readonly post: (message: ToWorker) => void, private readonly changed: () => void) {}

  start(report: SendOrder): void {
    this.durable_bytes = 0;
    this.sealed_bytes = 0;
    this.file_ends = [];
    this.pace = "going";
    this.under_way = true;
    this.companion = "none";
    this.turn += 1;
    this.post({ order: "send", report, turn: this.turn });
  }

  pause(): void {
    this.post({ order: "pause" });
  }

  resume(): void {
    this.post({ order: "resume" });
  }

  stop(): void {
    this.post({ order: "cancel" });
    this.under_way = false;
  }

  /** It was sent without waiting for others, after all. */
  stop_companion(): void {
    this.post({ order: "companion-stop" });
    this.companion = "none";
  }

  companion_now(): void {
    this.post({ order: "companion-now" });
  }

  hear(news: News): void {
    if (news.news === "companion" && news.turn !== this.turn) return;
    if (news.news === "pace") this.pace = news.state;
    else if (news.news === "companion") this.companion = news.state;
    else if (news.news === "planned") this.file_ends = news.file_ends;
    else {
      this.durable_bytes = news.durable_bytes;
      this.sealed_bytes = news.sealed_bytes;
    }
    this.changed();
  }
}

/** What is to be sent, of what she has said; null where something is missing. */
export function order_of({ kind, said, roster, form, come_back, readers, threshold }: Visit): SendOrder | null {
  if (roster === null || form === null || said.desk === null || said.codename === null) return null;
  return {
    codename: said.codename,
    follows: kind === "follow-up" || kind === "new-codename" ? come_back.codename : null,
    disclosure: make_disclosure(form, said.answers),
    files: said.files.map((file) => ({ name: file.name, content: file, details_removed: is_stripped_copy(file) })),
    desk: said.desk,
    excluded: [...said.excluded],
    readers: readers.map((caseworker) => caseworker.id),
    members: desk_members(roster, said.desk).map((caseworker) => caseworker.id),
    threshold,
    naming: kind === "report" ? said.naming.order() : NAMES_NOBODY,
    releases: kind === "follow-up" && said.releases,
  };
}
