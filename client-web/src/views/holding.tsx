// SPDX-License-Identifier: AGPL-3.0-or-later
// Her report is at the server and to be held, but what opens it one day is not there yet: it is not done, and she is not told that it is.

import type { JSX } from "preact";
import type { Roster } from "../protocol/roster";
import type { Visit } from "../visit";
import { say } from "../words";
import { DangerSaid } from "./danger";
import { Button, Title } from "./parts";

export function HoldingView({ visit, roster }: { visit: Visit; roster: Roster }): JSX.Element {
  const words = say.match.holding;
  const { companion } = visit.sending;
  const state = companion === "refused" ? words.refused : companion === "waiting" ? words.waiting : words.going;
  return (
    <>
      <Title>{words.title}</Title>
      <p class="govuk-inset-text">{say.match.choice.nobody}</p>
      <p class="govuk-body">{words.lead}</p>
      <p class="govuk-body" role="status">{state}</p>
      {companion === "waiting" && <p><Button kind="secondary" press={() => visit.sending.companion_now()}>{say.sending.now}</Button></p>}
      {visit.danger_sent && <DangerSaid roster={roster} unread />}
      <p class="govuk-body">{words.after_all_hint}</p>
      <Button kind={companion === "refused" ? "main" : "secondary"} press={() => visit.matching.send_after_all()}>{words.after_all}</Button>
    </>
  );
}

/** Of a report that does not wait: one quiet line below the news that it has arrived. */
export function LastStep({ visit }: { visit: Visit }): JSX.Element | null {
  const words = say.match.last_step;
  const { companion } = visit.sending;
  if (companion === "none" || (visit.matching.waits && visit.kind === "report")) return null;
  const state = {
    going: visit.matching.named ? words.going + " " + words.going_named : words.going, waiting: words.waiting, stored: words.stored, refused: visit.matching.named ? words.refused_named : words.refused,
  }[companion];
  const saved = visit.kind === "report" && visit.matching.goes_on && visit.draft.codename !== null;
  return <p class="govuk-body last-step" role="status" id="last-step">{state} {saved && words.draft}</p>;
}
