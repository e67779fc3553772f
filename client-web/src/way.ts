// SPDX-License-Identifier: AGPL-3.0-or-later
// The places of the page, and the way from one to the next for each kind of report.

import { is_shown_step, type Answers, type Form } from "./protocol/form";

export type Place =
  | { readonly at: "loading" | "trouble" | "start" | "safety" | "files" | "readers" | "codename" | "practice" | "check" | "sending" | "sent" | "receipt-wrong" }
  | { readonly at: "come-back" | "box" | "withdraw" | "change-codename" }
  | { readonly at: "step"; readonly step: string };

/** A first report; one that adds to it; or a new codename for it. */
export type Kind = "report" | "follow-up" | "new-codename";

export function way_of(kind: Kind, form: Form | null, answers: Answers): Place[] {
  const steps = form?.steps.filter((step) => is_shown_step(form, step, answers)).map((step): Place => ({ at: "step", step: step.id })) ?? [];
  switch (kind) {
    case "report": return [{ at: "start" }, { at: "safety" }, ...steps, { at: "files" }, { at: "readers" }, { at: "codename" }, { at: "practice" }, { at: "check" }];
    case "follow-up": return [{ at: "box" }, ...steps, { at: "files" }, { at: "readers" }, { at: "check" }];
    case "new-codename": return [{ at: "box" }, { at: "change-codename" }, { at: "codename" }, { at: "practice" }, { at: "readers" }, { at: "check" }];
  }
}
