// SPDX-License-Identifier: AGPL-3.0-or-later
// Who he is, so that reports about the same person are found; and, where she holds hers until then, what opens it.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { IDENTIFIERS_MAX } from "../naming";
import type { Visit } from "../visit";
import { say } from "../words";
import { ADD_FIELD, AddIdentifier, identifier_text } from "./naming_add";
import { Asking, BackLink, Bullets, Button, ErrorMessage, ErrorSummary, Title, type Fault } from "./parts";

const CONTACT_FIELD = "contact";
const WHO_FIELD = "who";

export function NamingView({ visit }: { visit: Visit }): JSX.Element {
  const [attempts, set_attempts] = useState(0);
  const [half_done, set_half_done] = useState(false);
  const words = say.match;
  const { naming } = visit.said;
  const full = naming.identifiers.length === IDENTIFIERS_MAX;
  const faults: Fault[] = [];
  if (half_done && !full) faults.push({ field: ADD_FIELD, text: words.not_added });
  else if (visit.matching.holds && naming.identifiers.length === 0) faults.push({ field: ADD_FIELD, text: words.at_least_one });
  if (naming.contact_fault !== null) faults.push({ field: CONTACT_FIELD, text: words.contact_faults[naming.contact_fault] });
  if (visit.matching.group("both").length === 0) faults.push({ field: WHO_FIELD, text: words.somebody });
  const shown = attempts > 0 ? faults : [];
  const error_at = (field: string): string | undefined => shown.find((fault) => fault.field === field)?.text;
  const submit = (): void => {
    if (faults.length > 0) set_attempts(attempts + 1);
    else visit.next();
  };
  const adding = (something: boolean): void => {
    set_half_done(something);
    set_attempts(0); // she is at what was missing
  };
  return (
    <>
      <BackLink press={() => visit.back()} />
      <ErrorSummary faults={shown} times={attempts} />
      <Title>{visit.matching.holds ? words.title_hold : words.title}</Title>
      {visit.matching.holds && <p class="govuk-inset-text">{words.choice.nobody}</p>}
      <p class="govuk-body">{words.lead} {visit.matching.holds ? words.needed : words.optional}</p>
      <h2 class="govuk-heading-m">{words.know_title}</h2>
      <Bullets of={[...words.know, ...(visit.matching.holds ? words.know_hold : [words.know_send])]} />
      <h2 class="govuk-heading-m">{words.list_title}</h2>
      <div role="status">
        <ul class="govuk-list files">
          {naming.identifiers.length === 0 && <li>{words.none}</li>}
          {naming.identifiers.map((identifier, i) => (
            <li class="files__file" key={JSON.stringify(identifier)}>
              <span class="files__name">{identifier_text(identifier)}</span>
              <button type="button" class="link-button govuk-link" onClick={() => naming.remove(i)}>{words.remove}<span class="govuk-visually-hidden"> {identifier_text(identifier)}</span></button>
            </li>
          ))}
        </ul>
      </div>
      <p class="govuk-hint">{full ? words.full : words.more}</p>
      {!full && <AddIdentifier visit={visit} error={error_at(ADD_FIELD)} half_done={adding} />}
      <Asking submit={submit}>
        {visit.matching.holds && <Opening visit={visit} error={error_at(CONTACT_FIELD)} />}
        <Who visit={visit} error={error_at(WHO_FIELD)} />
        <Button>{say.continue}</Button>
      </Asking>
      <p class="govuk-hint">{words.not_saved}</p>
    </>
  );
}

interface Choice {
  readonly id: string;
  readonly text: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly choose: () => void;
}

function Radios({ title, name, choices }: { title: string; name: string; choices: readonly Choice[] }): JSX.Element {
  return (
    <div class="govuk-form-group">
      <fieldset class="govuk-fieldset">
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{title}</legend>
        <div class="govuk-radios">
          {choices.map(({ id, text, hint, checked, choose }) => (
            <div class="govuk-radios__item">
              <input class="govuk-radios__input" type="radio" name={name} id={id} checked={checked} onChange={choose} aria-describedby={hint === undefined ? undefined : id + "-hint"} />
              <label class="govuk-label govuk-radios__label" for={id}>{text}</label>
              {hint !== undefined && <div class="govuk-hint govuk-radios__hint" id={id + "-hint"}>{hint}</div>}
            </div>
          ))}
        </div>
      </fieldset>
    </div>
  );
}

/** How many it takes, and what they get to see then. */
function Opening({ visit, error }: { visit: Visit; error: string | undefined }): JSX.Element {
  const words = say.match;
  const { naming } = visit.said;
  return (
    <>
      <Radios title={words.many_title} name="many" choices={[
        { id: "many", text: words.two, checked: naming.threshold === 2, choose: () => naming.change({ threshold: 2 }) },
        { id: "many-three", text: words.three, checked: naming.threshold === 3, choose: () => naming.change({ threshold: 3 }) },
      ]} />
      <Radios title={words.then_title} name="then" choices={[
        { id: "then", text: words.read, checked: !naming.asks_first, choose: () => naming.change({ asks_first: false }) },
        { id: "then-ask", text: words.ask, hint: words.ask_hint, checked: naming.asks_first, choose: () => naming.change({ asks_first: true }) },
      ]} />
      {naming.asks_first && (
        <div class={"govuk-form-group" + (error !== undefined ? " govuk-form-group--error" : "")}>
          <label class="govuk-label govuk-label--m" for={CONTACT_FIELD}>{words.contact}</label>
          <div class="govuk-hint" id="contact-hint">{words.contact_hint}</div>
          <ErrorMessage id="contact-error" text={error} />
          <textarea class={"govuk-textarea" + (error !== undefined ? " govuk-textarea--error" : "")} rows={3} id={CONTACT_FIELD} value={naming.contact} autocomplete="off" dir="auto"
            spellcheck={false} aria-describedby={"contact-hint" + (error !== undefined ? " contact-error" : "")} aria-invalid={error !== undefined}
            onInput={(event) => naming.change({ contact: event.currentTarget.value })} />
        </div>
      )}
    </>
  );
}

/** Those who match reports; whom she left out of her report is left out here too. */
function Who({ visit, error }: { visit: Visit; error: string | undefined }): JSX.Element {
  const words = say.match;
  const { naming } = visit.said;
  return (
    <div class={"govuk-form-group" + (error !== undefined ? " govuk-form-group--error" : "")}>
      <fieldset class="govuk-fieldset" aria-describedby="who-hint">
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{words.who_title}</legend>
        <div class="govuk-hint" id="who-hint">{words.who}</div>
        <ErrorMessage id="who-error" text={error} />
        <div class="govuk-checkboxes">
          {visit.matching.group("report").map((caseworker, i) => {
            const id = i === 0 ? WHO_FIELD : WHO_FIELD + "-" + caseworker.id;
            return (
              <div class="govuk-checkboxes__item" key={caseworker.id}>
                <input class="govuk-checkboxes__input" type="checkbox" id={id} checked={naming.excluded.has(caseworker.id)} onChange={(event) => naming.exclude(caseworker.id, event.currentTarget.checked)} />
                <label class="govuk-label govuk-checkboxes__label" for={id}>{say.readers.keep_from(caseworker.name)}</label>
              </div>
            );
          })}
        </div>
      </fieldset>
    </div>
  );
}
