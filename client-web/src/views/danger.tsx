// SPDX-License-Identifier: AGPL-3.0-or-later
// What holds in danger: who cannot come, who can be called, and when somebody reads.

import type { JSX } from "preact";
import { line_of } from "../organisation";
import type { Roster } from "../protocol/roster";
import type { TextName } from "../protocol/roster_words";
import { say } from "../words";
import { Said } from "./language";
import { Paragraphs } from "./parts";

export function Danger({ roster, lines }: { roster: Roster; lines: readonly TextName[] }): JSX.Element {
  return (
    <section class="danger" aria-labelledby="danger">
      <h2 class="govuk-heading-m" id="danger">{say.start.danger}</h2>
      <Paragraphs of={lines.map((name) => <Said line={line_of(roster, name)} />)} />
    </section>
  );
}

/** Where she has told of danger, so that nobody waits for us. unread: of something that is held, which nobody reads at any time. */
export function DangerSaid({ roster, unread = false }: { roster: Roster; unread?: boolean }): JSX.Element {
  return <Danger roster={roster} lines={["emergency", "not_emergency", ...(unread ? [] : ["read_when"] as const)]} />;
}
