// SPDX-License-Identifier: AGPL-3.0-or-later
// How far the tool is, as far as it knows.

import type { JSX } from "preact";
import { Title } from "../../src/views/parts";
import { visible_line } from "../../src/visible";
import type { Busy } from "../shapes";
import { say } from "../words";

const STEPS = ["key", "sign-in", "reports", "events"];

export function Progress({ busy }: { busy: Busy | null }): JSX.Element {
  const words = say.busy;
  if (busy === null) return <p class="govuk-body" role="status">{say.working}</p>;
  const part = STEPS.indexOf(busy.step);
  const counted = busy.of > 0;
  const step = visible_line(words.steps[busy.step] ?? words.other_step);
  return (
    <>
      <p class="govuk-body" role="status">{part < 0 ? "" : words.part(part + 1, STEPS.length) + ": "}{step}</p>
      <progress class="progress" aria-label={step} {...(counted ? { value: busy.done, max: busy.of } : {})} />
      <p class="govuk-body">{busy.done > 0 || counted ? words.count(busy.done, busy.of) : ""}</p>
    </>
  );
}

export function WorkingView({ busy }: { busy: Busy | null }): JSX.Element {
  return (
    <>
      <Title>{say.busy.title}</Title>
      <Progress busy={busy} />
      <p class="govuk-hint">{say.busy.long}</p>
    </>
  );
}
