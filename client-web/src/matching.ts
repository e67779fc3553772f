// SPDX-License-Identifier: AGPL-3.0-or-later
// Reports that name the same person, on the way of a visit: whether she can name him, whether hers can wait for others, and when it does.

import type { FromWorker, SendOrder } from "./messages";
import type { Threshold } from "./protocol/match_share";
import { match_audience, open_desks } from "./protocol/readers";
import type { Caseworker } from "./protocol/roster";
import type { Visit } from "./visit";

export class Matching {
  /** What was sent names somebody. */
  named = false;
  /** Her report is at the server, and nobody can read it before others name the same person: so many in all. */
  waits = false;
  held_for: Threshold = 2;

  constructor(private readonly visit: Visit) {}

  /** Who matches, of those whom she did not leave out of her report; or of this either. */
  group(of: "report" | "both"): readonly Caseworker[] {
    const { roster, said } = this.visit;
    return roster === null ? [] : match_audience(roster, [...said.excluded, ...(of === "both" ? said.naming.excluded : [])]);
  }

  get can_name(): boolean {
    return this.visit.kind === "report" && !this.visit.to_diary && this.group("report").length > 0;
  }

  /** It is to be sent, and nobody is to read it before others name him. */
  get holds(): boolean {
    return this.visit.kind === "report" && !this.visit.to_diary && this.visit.said.naming.holds;
  }

  /** Not at a desk where several open together: after a match one could open it alone. Where no desk is chosen yet, at one of those that can be. */
  get can_hold(): boolean {
    const { kind, roster, said: { desk } } = this.visit;
    if (kind !== "report" || roster === null || this.group("both").length === 0) return false;
    return open_desks(roster).some(({ id, threshold }) => threshold === 1 && (desk === null || desk === id));
  }

  /** What is missing before it can be held. */
  get lacks_name(): boolean {
    const { naming } = this.visit.said;
    return this.holds && (naming.identifiers.length === 0 || naming.contact_fault !== null);
  }

  /** Of a report that was sent: once nothing follows it any more. So the line does not show which reports are held, whose drafts are removed only then. */
  end_draft(): void {
    if (this.goes_on) this.visit.draft.end_later();
    else this.visit.draft.end();
  }

  /** Something follows the receipt, and is not done. */
  get goes_on(): boolean {
    const { companion } = this.visit.sending;
    return companion === "going" || companion === "waiting";
  }

  sends(report: SendOrder): void {
    this.named = report.naming.inputs.length > 0;
    if (this.visit.kind === "report") this.waits = false; // else it waits still, and its safety part goes
  }

  /** It was to be held, and is not yet: sent to the desk in its place, as another report. */
  send_after_all(): void {
    this.visit.sending.stop_companion();
    this.visit.said.naming.change({ holds: false });
    this.visit.send();
  }

  hear(news: Extract<FromWorker, { readonly news: "companion" }>): void {
    const { visit } = this;
    visit.sending.hear(news);
    if (!this.goes_on) visit.draft.end_now();
    if (visit.place.at !== "holding" || visit.sending.companion !== "stored") return;
    this.waits = true;
    this.held_for = visit.said.naming.threshold;
    visit.draft.end();
    if (visit.keeping.safety_part !== null) return visit.keeping.offer_safety_part();
    visit.end_report();
  }
}
