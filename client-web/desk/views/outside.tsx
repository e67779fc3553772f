// SPDX-License-Identifier: AGPL-3.0-or-later
// Not entered, or not any more: what to do.

import type { JSX } from "preact";
import { Title } from "../../src/views/parts";
import type { Outside } from "../desk";
import { say } from "../words";

export function OutsideView({ why }: { why: Outside }): JSX.Element {
  const words = say.outside[why];
  if (why === "entering") return <p class="govuk-body" role="status">{words.title}</p>;
  return (
    <>
      <Title>{words.title}</Title>
      <p class="govuk-body">{words.text}</p>
      <p class="govuk-body">{say.outside_note}</p>
    </>
  );
}
