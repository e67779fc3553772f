// SPDX-License-Identifier: AGPL-3.0-or-later
// What colleagues share about a case: status, risk, who leads, labels, deadlines.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { full_day_text } from "../../src/day_text";
import { is_day } from "../../src/protocol/day";
import { Asking, Button } from "../../src/views/parts";
import { visible_line } from "../../src/visible";
import type { Desk } from "../desk";
import { wrong_line } from "../line";
import type { Case, OpenDesk } from "../shapes";
import { say } from "../words";
import { keep_focus, Line, Outcome, use_action } from "./pieces";

export function ChangesView({ desk, open, one }: { desk: Desk; open: OpenDesk; one: Case }): JSX.Element {
  return (
    <section class="panel" id="changes" tabIndex={-1} aria-labelledby="changes-title">
      <h2 class="govuk-heading-m" id="changes-title">{say.changes.title}</h2>
      <p class="govuk-hint">{say.changes.hint}</p>
      <State desk={desk} open={open} one={one} />
      <Labels desk={desk} one={one} />
      <Deadlines desk={desk} one={one} />
    </section>
  );
}

interface Choice {
  readonly value: string;
  readonly name: string;
}

function Choosing({ id, label, choices, value, set }: { id: string; label: string; choices: readonly Choice[]; value: string; set: (value: string) => void }): JSX.Element {
  const known = choices.some((choice) => choice.value === value) ? choices : [...choices, { value, name: value }];
  return (
    <div class="govuk-form-group">
      <label class="govuk-label govuk-label--s" for={id}>{label}</label>
      <select class="govuk-select" autocomplete="off" id={id} value={value} onChange={(event) => set(event.currentTarget.value)}>
        {known.map((choice) => <option value={choice.value}>{visible_line(choice.name)}</option>)}
      </select>
    </div>
  );
}

const choices_of = (names: Readonly<Record<string, string>>): readonly Choice[] => Object.entries(names).map(([value, name]) => ({ value, name }));

function State({ desk, open, one }: { desk: Desk; open: OpenDesk; one: Case }): JSX.Element {
  const words = say.changes;
  const action = use_action();
  const [chosen, set_chosen] = useState<{ readonly status?: string; readonly risk?: string; readonly lead?: string }>({}); // what she touched
  const { status, risk, lead } = { status: one.status, risk: one.risk, lead: one.lead ?? "", ...chosen };
  const readers = [...one.readers].sort((a, b) => Number(b === open.me) - Number(a === open.me));
  const changes: readonly (readonly [string, object])[] = [
    ...(status === one.status ? [] : [["status", { status }] as const]),
    ...(risk === one.risk ? [] : [["risk", { risk }] as const]),
    ...(lead === (one.lead ?? "") ? [] : [["assign", { to: lead === "" ? null : lead }] as const]),
  ];
  const save = (): void => {
    if (changes.length === 0) return action.refuse(words.nothing);
    void action.run(async () => {
      for (const [kind, body] of changes) await desk.say_event(one.id, kind, body);
      set_chosen({});
    });
  };
  return (
    <Asking submit={save}>
      <Choosing id="change-status" label={words.status} choices={choices_of(say.status)} value={status} set={(now) => set_chosen({ ...chosen, status: now })} />
      <Choosing id="change-risk" label={words.risk} choices={choices_of(say.risk)} value={risk} set={(now) => set_chosen({ ...chosen, risk: now })} />
      <Choosing id="change-lead" label={words.lead} value={lead} set={(now) => set_chosen({ ...chosen, lead: now })}
        choices={[{ value: "", name: words.nobody }, ...readers.map((reader) => ({ value: reader, name: desk.name_of(reader) }))]} />
      <Outcome action={action} field="change-status" done={words.saved} />
      <Button kind="secondary">{words.save}</Button>
    </Asking>
  );
}

function Labels({ desk, one }: { desk: Desk; one: Case }): JSX.Element {
  const words = say.changes;
  const action = use_action();
  const [label, set_label] = useState("");
  const set = (name: string, on: boolean): Promise<boolean> => action.run(() => desk.say_event(one.id, "label", { label: name, set: on }));
  const add = (): void => {
    const wrong = wrong_line(label.trim());
    if (wrong !== null) return action.refuse(wrong);
    void set(label.trim(), true).then((went_well) => went_well && set_label(""));
  };
  return (
    <Asking submit={add}>
      <h3 class="govuk-heading-s">{words.labels}</h3>
      {one.labels.length === 0 ? <p class="govuk-hint">{words.no_labels}</p> : (
        <ul class="pairs">
          {one.labels.map((name) => (
            <li><Line of={name} /><button type="button" class="link-button govuk-link" aria-label={visible_line(words.remove_label(name))} onClick={() => void set(name, false).then(() => keep_focus("label"))}>{words.remove}</button></li>
          ))}
        </ul>
      )}
      <label class="govuk-label" for="label">{words.label}</label>
      <div class="add">
        <input class="govuk-input" id="label" type="text" value={label} dir="auto" autocomplete="off" spellcheck={false} onInput={(event) => set_label(event.currentTarget.value)} />
        <Button kind="secondary">{words.add_label}</Button>
      </div>
      <Outcome action={action} field="label" done={words.saved} />
    </Asking>
  );
}

function Deadlines({ desk, one }: { desk: Desk; one: Case }): JSX.Element {
  const words = say.changes;
  const action = use_action();
  const [name, set_name] = useState("");
  const [day, set_day] = useState("");
  const set = (what: string, until: string | null): Promise<boolean> => action.run(() => desk.say_event(one.id, "deadline", { name: what, day: until }));
  const add = (): void => {
    const wrong = wrong_line(name.trim()) ?? (is_day(day) ? null : words.day_empty);
    if (wrong !== null) return action.refuse(wrong);
    void set(name.trim(), day).then((went_well) => {
      if (!went_well) return;
      set_name("");
      set_day("");
    });
  };
  return (
    <Asking submit={add}>
      <h3 class="govuk-heading-s">{words.deadlines}</h3>
      {one.deadlines.length === 0 ? <p class="govuk-hint">{words.no_deadlines}</p> : (
        <ul class="pairs">
          {one.deadlines.map((deadline) => (
            <li>
              <span><Line of={deadline.name} /><span class="pairs__day">{full_day_text(deadline.day)}</span></span>
              <button type="button" class="link-button govuk-link" aria-label={visible_line(words.done_name(deadline.name))} onClick={() => void set(deadline.name, null).then(() => keep_focus("deadline"))}>{words.done}</button>
            </li>
          ))}
        </ul>
      )}
      <label class="govuk-label" for="deadline">{words.deadline}</label>
      <div class="govuk-hint" id="deadline-hint">{words.deadline_hint}</div>
      <input class="govuk-input" id="deadline" type="text" value={name} dir="auto" autocomplete="off" spellcheck={false} aria-describedby="deadline-hint" onInput={(event) => set_name(event.currentTarget.value)} />
      <label class="govuk-label" for="deadline-day">{words.day}</label>
      <div class="add">
        <input class="govuk-input" id="deadline-day" type="date" autocomplete="off" value={day} onInput={(event) => set_day(event.currentTarget.value)} />
        <Button kind="secondary">{words.add_deadline}</Button>
      </div>
      <Outcome action={action} field="deadline" done={words.saved} />
    </Asking>
  );
}
