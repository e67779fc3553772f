// SPDX-License-Identifier: AGPL-3.0-or-later
// Reporting is not possible: why, in words, and where else to turn. Helplines are shown only from a roster that was rightly signed.

import type { JSX } from "preact";
import type { RosterCheck } from "../protocol/roster";
import { line_of } from "../organisation";
import { may_come_back, type Trouble } from "../trouble";
import type { Visit } from "../visit";
import { say } from "../words";
import { Said } from "./language";
import { Button, Helplines, Paragraphs, Title } from "./parts";

const DISTRUST = new Set(["unsigned", "too-few-signatures", "wrong-signature", "not-a-roster", "older", "different-text"]);

export function TroubleView({ visit, trouble }: { visit: Visit; trouble: Trouble }): JSX.Element {
  const words = say.trouble;
  const kept = visit.said.answers.size > 0 || visit.said.files.length > 0;
  const believed = trouble.kind === "roster" ? trouble.check.roster : visit.roster;
  return (
    <>
      <Title>{words.title}</Title>
      <div role="alert"><Paragraphs of={reasons(trouble)} /></div>
      {kept && <p class="govuk-body">{words.kept}</p>}
      <Button press={() => visit.load()}>{words.try_again}</Button>
      {may_come_back(trouble) && (
        <>
          <p class="govuk-body">{words.come_back}</p>
          {trouble.kind === "roster" && <p class="govuk-body">{words.outdated}</p>}
          <p><Button kind="secondary" press={() => visit.return_from_trouble()}>{visit.come_back.codename === null ? say.come_back.start_button : say.come_back.sent.back}</Button></p>
        </>
      )}
      <p class="govuk-inset-text">{words.emergency} <Said line={line_of(believed, "emergency")} /></p>
      <Helplines of={believed?.helplines ?? []} language={believed?.language ?? "en"} />
    </>
  );
}

/** On the pages that she can come back to: what does not go at the moment. */
export function Paused({ visit }: { visit: Visit }): JSX.Element | null {
  return visit.paused ? <p class="govuk-inset-text">{say.trouble.paused}</p> : null;
}

function reasons(trouble: Trouble): readonly string[] {
  const words = say.trouble;
  switch (trouble.kind) {
    case "unreachable": return [words.unreachable];
    case "pin": return [words.pin];
    case "nobody": return [words.nobody];
    case "roster": return roster_reasons(trouble.check);
  }
}

function roster_reasons(check: RosterCheck): readonly string[] {
  if (check.fault === null) return [];
  const words = say.trouble.roster;
  const reason = check.fault === "malformed" ? words.malformed(check.field) : words[check.fault];
  return DISTRUST.has(check.fault) ? [reason, say.trouble.distrust] : [reason];
}
