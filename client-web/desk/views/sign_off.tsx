// SPDX-License-Identifier: AGPL-3.0-or-later
// A second caseworker has looked at what one of them decided (docs/spec/cases.md "A second pair of eyes").

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Asking, Button } from "../../src/views/parts";
import type { Desk } from "../desk";
import { REASON_BYTES_MAX, wrong_line } from "../line";
import type { Case, OpenDesk, ToSignOff } from "../shapes";
import { visible_line } from "../../src/visible";
import { say } from "../words";
import { Outcome, use_action } from "./pieces";

const name_of = (what: string): string => visible_line(say.daily.sign_off.what[what] ?? what);

export function SignOffView({ desk, open, one }: { desk: Desk; open: OpenDesk; one: Case }): JSX.Element {
  const words = say.daily.sign_off;
  return (
    <section class="panel" id="sign-off" tabIndex={-1} aria-labelledby="sign-off-title">
      <h2 class="govuk-heading-m" id="sign-off-title">{words.title}</h2>
      <p class="govuk-hint">{words.hint}</p>
      {one.signed_off.size + one.to_sign_off.length === 0 && <p class="govuk-hint">{words.nothing}</p>}
      <ul class="keeping">
        {[...one.signed_off].map(([what, who]) => <li key={what}><h3 class="govuk-heading-s">{name_of(what)}</h3><p class="govuk-body">{visible_line(words.signed(desk.name_of(who)))}</p></li>)}
        {one.to_sign_off.map((subject) => <Open key={subject.what} desk={desk} open={open} one={one} subject={subject} />)}
      </ul>
    </section>
  );
}

function Open({ desk, open, one, subject }: { desk: Desk; open: OpenDesk; one: Case; subject: ToSignOff }): JSX.Element {
  const words = say.daily.sign_off;
  const action = use_action();
  const [note, set_note] = useState("");
  const field = "sign-off-" + subject.what;
  const save = (): void => {
    const wrong = wrong_line(note.trim(), REASON_BYTES_MAX);
    if (wrong !== null) return action.refuse(wrong);
    void action.run(() => desk.say_event(one.id, "signed-off", { what: subject.what, of: subject.event, text: note.trim() }));
  };
  return (
    <li>
      <h3 class="govuk-heading-s">{name_of(subject.what)}</h3>
      <p class="govuk-body">{visible_line(words.open(desk.name_of(subject.by)))}</p>
      {subject.by === open.me ? <p class="govuk-hint">{words.wait}</p> : (
        <Asking submit={save}>
          <label class="govuk-label" for={field}>{words.note}</label>
          <div class="add">
            <input class="govuk-input" id={field} type="text" value={note} dir="auto" autocomplete="off" spellcheck={false} onInput={(event) => set_note(event.currentTarget.value)} />
            <Button kind="secondary">{words.button}</Button>
          </div>
          <Outcome action={action} field={field} done={words.done} />
        </Asking>
      )}
    </li>
  );
}
