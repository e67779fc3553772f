// SPDX-License-Identifier: AGPL-3.0-or-later
// What is done in a terminal, with the exact commands.

import type { JSX } from "preact";
import type { Case } from "../shapes";
import { say } from "../words";
import { Command } from "./pieces";

export function CommandLineView({ one }: { one: Case }): JSX.Element {
  const words = say.command_line;
  const first = one.reports[0]?.id ?? "ID";
  const commands: readonly (readonly [string, string])[] = [
    [words.evidence, `candour export ${first} --follow-ups --out FOLDER`],
    [words.open_files, `candour open ${first} --out FOLDER`],
    [words.take_back, `candour reply ${first} --remove N`],
    [words.erase_events, `candour erase-events ${first} --out NOTE`],
    ...one.reports.map((report) => [words.erase, `candour erase ${report.id} --out NOTE`] as const),
  ];
  return (
    <details class="govuk-details command-line">
      <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{words.title}</span></summary>
      <div class="govuk-details__text">
        <p class="govuk-body">{words.hint}</p>
        {commands.map(([what, command]) => <><p class="command-line__what">{what}</p><Command of={command} /></>)}
      </div>
    </details>
  );
}
