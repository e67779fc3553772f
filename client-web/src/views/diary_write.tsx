// SPDX-License-Identifier: AGPL-3.0-or-later
// One entry of her diary is written; and entries are chosen for a desk.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { full_day_text } from "../day_text";
import { today } from "../protocol/day";
import { entry_bytes_left } from "../protocol/diary_text";
import type { Visit } from "../visit";
import { say } from "../words";
import { DiaryState } from "./kept_state";
import { Asking, BackLink, Button, ErrorMessage, ErrorSummary, Title, type Fault } from "./parts";

const FIELD = "entry";

export function DiaryWriteView({ visit }: { visit: Visit }): JSX.Element {
  const [attempts, set_attempts] = useState(0);
  const [saving, set_saving] = useState(false);
  const words = say.diary.write;
  const { diary } = visit;
  const over = -entry_bytes_left(diary.text);
  const fault: Fault | null = diary.text.trim() === "" ? { field: FIELD, text: words.empty } : over > 0 ? { field: FIELD, text: words.too_long(over) } : null;
  const shown = attempts > 0 && !saving ? fault : null;
  const submit = (): void => {
    if (fault !== null) return set_attempts(attempts + 1);
    if (diary.doing !== null) return;
    set_saving(true);
    visit.keeping.add_entry();
  };
  return (
    <Asking submit={submit}>
      <BackLink press={() => visit.back()} />
      <ErrorSummary faults={shown === null ? [] : [shown]} times={attempts} />
      <Title>{words.title}</Title>
      <div class={"govuk-form-group" + (shown !== null ? " govuk-form-group--error" : "")}>
        <label class="govuk-label govuk-label--m" for={FIELD}>{words.label}</label>
        <div class="govuk-hint" id="entry-hint">{words.hint(full_day_text(today()))}</div>
        <ErrorMessage id="entry-error" text={shown?.text} />
        <textarea class={"govuk-textarea" + (shown !== null ? " govuk-textarea--error" : "")} id={FIELD} rows={10} value={diary.text} autocomplete="off" spellcheck={false}
          readOnly={diary.doing === "adding"} aria-describedby={"entry-hint" + (shown !== null ? " entry-error" : "")} aria-invalid={shown !== null} onInput={(event) => diary.write(event.currentTarget.value)} />
      </div>
      <DiaryState diary={diary} doing={words.saving} />
      {diary.doing === null && <Button>{words.save}</Button>}
      <p class="govuk-hint">{words.lost}</p>
    </Asking>
  );
}

export function DiaryChooseView({ visit }: { visit: Visit }): JSX.Element {
  const [attempts, set_attempts] = useState(0);
  const words = say.diary.release;
  const { diary } = visit;
  const none = diary.chosen.length === 0;
  const shown = attempts > 0 && none;
  return (
    <Asking submit={() => (none ? set_attempts(attempts + 1) : visit.keeping.release())}>
      <BackLink press={() => visit.back()} />
      <ErrorSummary faults={shown ? [{ field: "entries", text: words.none }] : []} times={attempts} />
      <Title>{words.title}</Title>
      <p class="govuk-body">{words.lead}</p>
      <div class={"govuk-form-group" + (shown ? " govuk-form-group--error" : "")}>
        <fieldset class="govuk-fieldset">
          <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{words.legend}</legend>
          <ErrorMessage id="entries-error" text={shown ? words.none : undefined} />
          <div class="govuk-checkboxes">
            {(diary.entries ?? []).map(({ number, day, text }, i) => {
              const id = i === 0 ? "entries" : "entries-" + number.toString();
              return (
                <div class="govuk-checkboxes__item" key={number}>
                  <input class="govuk-checkboxes__input" type="checkbox" id={id} checked={!diary.left_out.has(number)} aria-describedby={id + "-hint"}
                    onChange={(event) => diary.leave_out(number, !event.currentTarget.checked)} />
                  <label class="govuk-label govuk-checkboxes__label" for={id}>{full_day_text(day)}</label>
                  <div class="govuk-hint govuk-checkboxes__hint diary__words" id={id + "-hint"}>{text}</div>
                </div>
              );
            })}
          </div>
        </fieldset>
      </div>
      <Button>{say.continue}</Button>
    </Asking>
  );
}
