// SPDX-License-Identifier: AGPL-3.0-or-later
// What was found out about the danger, in named lines (docs/spec/cases.md "Kinds").

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Asking, Button } from "../../src/views/parts";
import type { Desk } from "../desk";
import { REASON_BYTES_MAX, wrong_line } from "../line";
import type { Case } from "../shapes";
import { say } from "../words";
import { Line, Outcome, use_action } from "./pieces";

const FIELDS = Object.keys(say.daily.sheet.fields);

export function RiskSheetView({ desk, one }: { desk: Desk; one: Case }): JSX.Element {
  const words = say.daily.sheet;
  return (
    <section class="panel" id="risk-sheet" tabIndex={-1} aria-labelledby="risk-sheet-title">
      <h2 class="govuk-heading-m" id="risk-sheet-title">{words.title}</h2>
      <p class="govuk-hint">{words.hint}</p>
      {one.risk_sheet.size === 0 ? <p class="govuk-hint">{words.nothing}</p> : (
        <dl class="facts">
          {FIELDS.map((field) => (
            <div><dt>{words.fields[field]}</dt><dd>{one.risk_sheet.has(field) ? <Line of={one.risk_sheet.get(field) ?? ""} /> : words.empty}</dd></div>
          ))}
        </dl>
      )}
      <details class="govuk-details">
        <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{words.write}</span></summary>
        <div class="govuk-details__text"><Writing desk={desk} one={one} /></div>
      </details>
    </section>
  );
}

function Writing({ desk, one }: { desk: Desk; one: Case }): JSX.Element {
  const words = say.daily.sheet;
  const action = use_action();
  const [field, set_field] = useState(FIELDS[0] ?? "");
  const [text, set_text] = useState("");
  const set = (line: string | null): void => void action.run(() => desk.say_event(one.id, "risk-sheet", { [field]: line })).then((went_well) => went_well && set_text(""));
  const save = (): void => {
    const wrong = wrong_line(text.trim(), REASON_BYTES_MAX);
    if (wrong !== null) return action.refuse(wrong);
    set(text.trim());
  };
  return (
    <Asking submit={save}>
      <label class="govuk-label" for="sheet-field">{words.line}</label>
      <select class="govuk-select" autocomplete="off" id="sheet-field" value={field} onChange={(event) => set_field(event.currentTarget.value)}>
        {FIELDS.map((name) => <option value={name}>{words.fields[name]}</option>)}
      </select>
      <label class="govuk-label" for="sheet-text">{words.text}</label>
      <div class="govuk-hint" id="sheet-text-hint">{words.text_hint}</div>
      <input class="govuk-input" id="sheet-text" type="text" value={text} dir="auto" autocomplete="off" spellcheck={false} aria-describedby="sheet-text-hint" onInput={(event) => set_text(event.currentTarget.value)} />
      <Outcome action={action} field="sheet-text" done={words.saved} />
      <Button kind="secondary">{words.save}</Button>
      <Button kind="link" press={() => (one.risk_sheet.has(field) ? set(null) : action.refuse(words.not_there))}>{words.take_out}</Button>
    </Asking>
  );
}
