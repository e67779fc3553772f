// SPDX-License-Identifier: AGPL-3.0-or-later
// The codename: shown large before anything is sent, and practised once.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { random_bytes } from "../protocol/bytes";
import { normalise_codename, WORDS_IN_CODENAME } from "../protocol/words";
import type { Visit } from "../visit";
import { say } from "../words";
import { Asking, BackLink, Button, ErrorMessage, ErrorSummary, Title, type Fault } from "./parts";

export function CodenameView({ visit }: { visit: Visit }): JSX.Element {
  const known = visit.wants_saving && visit.place.at === "codename"; // since before she began to write: this is a reminder
  const [hidden, set_hidden] = useState(known);
  const words = say.codename;
  const changeable = visit.said.codename !== visit.draft.codename; // what is saved is saved under these words
  if (visit.said.codename === null) {
    return (
      <>
        <BackLink press={() => visit.back()} />
        <Title>{words.title}</Title>
        <p class="govuk-body" role="status">{words.no_words}</p>
        <Button press={() => visit.load_words()}>{say.trouble.try_again}</Button>
      </>
    );
  }
  return (
    <Asking submit={() => visit.next()}>
      <BackLink press={() => visit.back()} />
      <Title>{known ? say.diary.reminder.title : words.title}</Title>
      <p class="govuk-body">{known ? say.diary.reminder.lead : words.lead}</p>
      <CodenameWords codename={visit.said.codename} hidden={hidden} />
      <p class="choices">
        <Button kind="link" press={() => set_hidden(!hidden)}>{hidden ? words.show : words.hide}</Button>
        {changeable && <Button kind="link" press={() => visit.new_codename()}>{words.other}</Button>}
      </p>
      {!known && <p class="govuk-body">{words.learn}</p>}
      <p class="govuk-body">{words.use}</p>
      <details class="govuk-details">
        <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{words.decoy}</span></summary>
        <div class="govuk-details__text">{words.decoy_text}</div>
      </details>
      <Button>{known ? say.continue : words.button}</Button>
    </Asking>
  );
}

export function CodenameWords({ codename, hidden }: { codename: string; hidden: boolean }): JSX.Element {
  return (
    <ol class="codename" translate={false}>
      {codename.split(" ").map((word) => <li class="codename__word">{hidden ? "•••••" : word}</li>)}
    </ol>
  );
}

const ASKED = 3;

/** Three different places, in order. */
function pick_places(): number[] {
  const places = Array.from({ length: WORDS_IN_CODENAME }, (_, place) => place);
  const keys = random_bytes(WORDS_IN_CODENAME);
  return places.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0)).slice(0, ASKED).sort((a, b) => a - b);
}

export function PracticeView({ visit }: { visit: Visit }): JSX.Element {
  const [places] = useState(pick_places);
  const [typed, set_typed] = useState<readonly string[]>(places.map(() => ""));
  const [faults, set_faults] = useState<readonly Fault[]>([]);
  const [attempts, set_attempts] = useState(0);
  const words = say.practice;
  const submit = (): void => {
    const right = (visit.said.codename ?? "").split(" ");
    const found = places.flatMap((place, i): Fault[] =>
      normalise_codename(typed[i] ?? "") === right[place] ? [] : [{ field: "word-" + place, text: words.wrong(place + 1) }]);
    set_faults(found);
    set_attempts(attempts + 1);
    if (found.length === 0) visit.next();
  };
  return (
    <Asking submit={submit}>
      <BackLink press={() => visit.back()} />
      <ErrorSummary faults={faults} times={attempts} />
      <Title>{words.title}</Title>
      <p class="govuk-body">{words.lead}</p>
      {places.map((place, i) => {
        const id = "word-" + place;
        const error = faults.find((fault) => fault.field === id)?.text;
        return (
          <div class={"govuk-form-group" + (error !== undefined ? " govuk-form-group--error" : "")}>
            <label class="govuk-label" for={id}>{words.word(place + 1)}</label>
            <ErrorMessage id={id + "-error"} text={error} />
            <input class="govuk-input govuk-input--width-20" type="text" id={id} value={typed[i]} autocomplete="off" autocapitalize="none" spellcheck={false}
              aria-describedby={error !== undefined ? id + "-error" : undefined} aria-invalid={error !== undefined}
              onInput={(event) => {
                const value = event.currentTarget.value;
                set_typed(typed.map((old, j) => (j === i ? value : old)));
              }} />
          </div>
        );
      })}
      <Button>{words.button}</Button>
      <p class="choices">
        <Button kind="link" press={() => visit.back()}>{words.look}</Button>
        <Button kind="link" press={() => visit.next()}>{words.skip}</Button>
      </p>
    </Asking>
  );
}
