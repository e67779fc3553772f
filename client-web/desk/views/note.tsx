// SPDX-License-Identifier: AGPL-3.0-or-later
// A note for colleagues.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { bytes_of_text } from "../../src/protocol/bytes";
import { Asking, Button } from "../../src/views/parts";
import { visible_line } from "../../src/visible";
import type { Desk } from "../desk";
import type { Held } from "../held";
import type { Case, OpenDesk } from "../shapes";
import { say } from "../words";
import { Done, Outcome, Tag, use_action } from "./pieces";

const BODY_BYTES_MAX = 13_000;

export function NoteView({ desk, open, held, one }: { desk: Desk; open: OpenDesk; held: Held; one: Case }): JSX.Element {
  const words = say.note;
  const draft = held.draft_of(one.id);
  const action = use_action();
  const [saved, set_saved] = useState(false);
  const others = one.readers.filter((reader) => reader !== open.me);
  const change = (part: Partial<typeof draft>): void => {
    Object.assign(draft, part);
    set_saved(false);
    desk.redraw();
  };
  const body = { text: draft.note.replace(/\s+$/, ""), ...(draft.privileged ? { privileged: true } : {}) };
  const left = BODY_BYTES_MAX - bytes_of_text(JSON.stringify(body)).length;
  const save = (): void => {
    if (draft.note.trim() === "") return action.refuse(words.empty);
    if (left < 0) return action.refuse(words.too_long);
    const readers = draft.only_for.length === 0 ? undefined : [...draft.only_for, open.me].sort();
    void action.run(() => desk.say_event(one.id, "note", body, readers)).then((went_well) => {
      if (!went_well) return;
      change({ note: "", privileged: false, only_for: [] });
      set_saved(true);
    });
  };
  return (
    <section class="write write--note" id="note" tabIndex={-1} aria-labelledby="note-title">
      <div class="write__head"><h2 class="govuk-heading-m" id="note-title">{words.title}</h2><Tag look="note">{words.badge}</Tag></div>
      <Asking submit={save}>
        <div class="govuk-form-group">
          <label class="govuk-label govuk-label--s" for="note-words">{words.label}</label>
          <div class="govuk-hint" id="note-hint">{words.hint}</div>
          <textarea class="govuk-textarea" id="note-words" rows={5} value={draft.note} dir="auto" autocomplete="off" spellcheck={false} aria-describedby="note-hint note-left"
            onInput={(event) => change({ note: event.currentTarget.value })} />
          <div id="note-left" class={left < 0 ? "govuk-error-message" : "govuk-hint"} aria-live="polite">{left < BODY_BYTES_MAX / 4 ? say.reply.bytes_left(left) : ""}</div>
        </div>
        <div class="govuk-checkboxes govuk-checkboxes--small note__ticks">
          <Tick id="privileged" label={words.privileged} hint={words.privileged_hint} on={draft.privileged} set={(privileged) => change({ privileged })} />
        </div>
        {others.length > 0 && (
          <details class="govuk-details" open={draft.only_for.length > 0}>
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{words.only_for}</span></summary>
            <div class="govuk-details__text">
              <fieldset class="govuk-fieldset">
                <legend class="govuk-hint">{words.only_for_hint}</legend>
                <div class="govuk-checkboxes govuk-checkboxes--small">
                  {others.map((reader) => (
                    <Tick id={"only-for-" + reader} label={visible_line(desk.name_of(reader))} on={draft.only_for.includes(reader)}
                      set={(on) => change({ only_for: others.filter((other) => (other === reader ? on : draft.only_for.includes(other))) })} />
                  ))}
                </div>
              </fieldset>
            </div>
          </details>
        )}
        <Outcome action={action} field="note-words" />
        {saved && <Done>{words.saved}</Done>}
        <Button>{words.save}</Button>
      </Asking>
    </section>
  );
}

function Tick({ id, label, hint, on, set }: { id: string; label: string; hint?: string; on: boolean; set: (on: boolean) => void }): JSX.Element {
  return (
    <div class="govuk-checkboxes__item">
      <input class="govuk-checkboxes__input" id={id} type="checkbox" autocomplete="off" checked={on} aria-describedby={hint === undefined ? undefined : id + "-hint"} onChange={(event) => set(event.currentTarget.checked)} />
      <label class="govuk-label govuk-checkboxes__label" for={id}>{label}</label>
      {hint !== undefined && <div class="govuk-hint govuk-checkboxes__hint" id={id + "-hint"}>{hint}</div>}
    </div>
  );
}
