// SPDX-License-Identifier: AGPL-3.0-or-later
// The places of the page, and the way from one to the next for each kind of report.

import { is_shown_step, type Answers, type Form } from "./protocol/form";

export type Place =
  | { readonly at: "loading" | "trouble" | "start" | "safety" | "files" | "readers" | "naming" | "codename" | "practice" | "check" | "sending" | "holding" | "sent" | "receipt-wrong" }
  | { readonly at: "come-back" | "box" | "withdraw" | "change-codename" }
  | { readonly at: "stop-any-time" | "first-codename" | "first-practice" | "unfinished" }
  | { readonly at: "diary" | "diary-write" | "diary-choose" | "diary-kept" | "safety-part" | "last-opened" }
  | { readonly at: "step"; readonly step: string };

/** A first report; one that adds to it; a new codename for it; a diary alone; entries of it for a desk; or the safety part of what is kept in it. */
export type Kind = "report" | "follow-up" | "new-codename" | "diary" | "release" | "safety";

export interface Choices {
  /** She took a codename before she began, and what she writes is saved under it. */
  readonly saved: boolean;
  /** Not sent: kept in her diary. */
  readonly to_diary: boolean;
  /** She can name him, so that others who do are found. */
  readonly names: boolean;
}

export function way_of(kind: Kind, form: Form | null, answers: Answers, { saved, to_diary, names }: Choices): Place[] {
  const steps = form?.steps.filter((step) => is_shown_step(form, step, answers)).map((step): Place => ({ at: "step", step: step.id })) ?? [];
  switch (kind) {
    case "report": return [
      { at: "start" }, { at: "safety" }, { at: "stop-any-time" }, ...(saved ? [{ at: "first-codename" }, { at: "first-practice" }] as const : []), ...steps, { at: "files" }, { at: "readers" }, ...(names ? [{ at: "naming" }] as const : []),
      { at: "codename" }, ...(saved ? [] : [{ at: "practice" }] as const), { at: to_diary ? "diary-kept" : "check" },
    ];
    case "diary": return [{ at: "start" }, { at: "safety" }, { at: "codename" }, { at: "practice" }, { at: "diary" }];
    case "safety": return [{ at: "safety-part" }, { at: "readers" }, { at: "check" }];
    case "release": return [{ at: "diary-choose" }, { at: "readers" }, { at: "check" }];
    case "follow-up": return [{ at: "box" }, ...steps, { at: "files" }, { at: "readers" }, { at: "check" }];
    case "new-codename": return [{ at: "box" }, { at: "change-codename" }, { at: "codename" }, { at: "practice" }, { at: "readers" }, { at: "check" }];
  }
}
