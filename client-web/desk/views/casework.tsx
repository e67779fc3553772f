// SPDX-License-Identifier: AGPL-3.0-or-later
// Telling somebody outside, which takes two; and what her author wants told to whom (docs/spec/cases.md "Kinds").

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Asking, Button } from "../../src/views/parts";
import { visible_line } from "../../src/visible";
import type { Desk } from "../desk";
import type { Case, Disclosure, OpenDesk } from "../shapes";
import { REASON_BYTES_MAX, wrong_line } from "../line";
import { say } from "../words";
import { keep_focus, Line, Outcome, use_action } from "./pieces";

export function CaseworkView({ desk, open, one }: { desk: Desk; open: OpenDesk; one: Case }): JSX.Element {
  return (
    <section class="panel" id="casework" tabIndex={-1} aria-labelledby="casework-title">
      <h2 class="govuk-heading-m" id="casework-title">{say.casework.title}</h2>
      <Consents desk={desk} one={one} />
      <Disclosures desk={desk} open={open} one={one} />
    </section>
  );
}

function Consents({ desk, one }: { desk: Desk; one: Case }): JSX.Element {
  const words = say.casework;
  const action = use_action();
  const [to, set_to] = useState("");
  const [answer, set_answer] = useState("ask");
  const save = (): void => {
    const wrong = wrong_line(to.trim());
    if (wrong !== null) return action.refuse(wrong);
    void action.run(() => desk.say_event(one.id, "consent", { to: to.trim(), answer })).then((went_well) => went_well && set_to(""));
  };
  return (
    <Asking submit={save}>
      <h3 class="govuk-heading-s">{words.consents}</h3>
      {one.consents.length === 0 ? <p class="govuk-hint">{words.no_consents}</p> : (
        <ul class="pairs">{one.consents.map((consent) => <li><Line of={consent.to} /><strong>{visible_line(words.answers[consent.answer] ?? consent.answer)}</strong></li>)}</ul>
      )}
      <label class="govuk-label" for="consent-to">{words.consent_to}</label>
      <input class="govuk-input" id="consent-to" type="text" value={to} dir="auto" autocomplete="off" spellcheck={false} onInput={(event) => set_to(event.currentTarget.value)} />
      <label class="govuk-label" for="consent-answer">{words.consent_answer}</label>
      <div class="add">
        <select class="govuk-select" autocomplete="off" id="consent-answer" value={answer} onChange={(event) => set_answer(event.currentTarget.value)}>
          {Object.entries(words.answers).map(([value, name]) => <option value={value}>{name}</option>)}
        </select>
        <Button kind="secondary">{words.save}</Button>
      </div>
      <Outcome action={action} field="consent-to" done={words.saved} />
    </Asking>
  );
}

function Disclosures({ desk, open, one }: { desk: Desk; open: OpenDesk; one: Case }): JSX.Element {
  const words = say.casework;
  return (
    <>
      <h3 class="govuk-heading-s">{words.disclosures}</h3>
      <p class="govuk-hint">{words.disclosures_hint}</p>
      {one.disclosures.length > 0 && <ul class="keeping">{one.disclosures.map((item) => <DisclosureItem key={item.hash} desk={desk} open={open} one={one} item={item} />)}</ul>}
      <details class="govuk-details">
        <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{words.propose}</span></summary>
        <div class="govuk-details__text"><Propose desk={desk} one={one} /></div>
      </details>
    </>
  );
}

function DisclosureItem({ desk, open, one, item }: { desk: Desk; open: OpenDesk; one: Case; item: Disclosure }): JSX.Element {
  const words = say.casework;
  const action = use_action();
  const [outcome, set_outcome] = useState("");
  const field = "outcome-" + item.hash.slice(0, 12);
  const agree = (): void => void action.run(() => desk.say_event(one.id, "agreed", { disclosure: item.hash })).then(() => keep_focus(field));
  const end = (): void => {
    const wrong = wrong_line(outcome.trim(), REASON_BYTES_MAX);
    if (wrong !== null) return action.refuse(wrong);
    void action.run(() => desk.say_event(one.id, "disclosed", { disclosure: item.hash, outcome: outcome.trim() })).then(() => keep_focus(field + "-item"));
  };
  const agreed_by = item.agreed_by;
  return (
    <li id={field + "-item"} tabIndex={-1}>
      <h4 class="govuk-heading-s"><Line of={item.to} /></h4>
      <dl class="facts">
        <div><dt>{words.what}</dt><dd><Line of={item.what} /></dd></div>
        <div><dt>{words.reason}</dt><dd><Line of={item.reason} /></dd></div>
        <div><dt>{words.route}</dt><dd><Line of={item.route} /></dd></div>
        <div><dt>{words.proposed}</dt><dd>{visible_line(desk.name_of(item.proposed_by))}</dd></div>
        <div><dt>{words.agreed}</dt><dd>{agreed_by === null ? words.nobody_yet : visible_line(desk.name_of(agreed_by))}</dd></div>
        {item.outcome !== null && <div><dt>{words.outcome}</dt><dd><Line of={item.outcome} /></dd></div>}
      </dl>
      {agreed_by === null && item.outcome === null && (item.proposed_by === open.me
        ? <p class="govuk-hint">{words.wait}</p>
        : <Button kind="secondary" press={agree}>{words.agree}</Button>)}
      {agreed_by !== null && item.outcome === null && (
        <Asking submit={end}>
          <label class="govuk-label" for={field}>{words.outcome_label}</label>
          <div class="add">
            <input class="govuk-input" id={field} type="text" value={outcome} dir="auto" autocomplete="off" spellcheck={false} onInput={(event) => set_outcome(event.currentTarget.value)} />
            <Button kind="secondary">{words.save}</Button>
          </div>
        </Asking>
      )}
      <Outcome action={action} field={field + "-item"} done={words.saved} />
    </li>
  );
}

const PARTS = ["to", "what", "reason", "route"] as const;
type Proposal = Readonly<Record<(typeof PARTS)[number], string>>;
const NOTHING: Proposal = { to: "", what: "", reason: "", route: "" };

function Propose({ desk, one }: { desk: Desk; one: Case }): JSX.Element {
  const words = say.casework;
  const action = use_action();
  const [proposal, set_proposal] = useState<Proposal>(NOTHING);
  const save = (): void => {
    const body = Object.fromEntries(PARTS.map((part) => [part, proposal[part].trim()]));
    const wrong = PARTS.map((part) => wrong_line(body[part] ?? "", REASON_BYTES_MAX)).find((trouble) => trouble !== null);
    if (wrong !== undefined) return action.refuse(Object.values(body).includes("") ? words.all_four : words.too_long);
    void action.run(() => desk.say_event(one.id, "disclosure", body)).then((went_well) => went_well && set_proposal(NOTHING));
  };
  return (
    <Asking submit={save}>
      {PARTS.map((part) => (
        <div class="govuk-form-group">
          <label class="govuk-label govuk-label--s" for={"propose-" + part}>{words.ask[part].label}</label>
          <div class="govuk-hint" id={"propose-" + part + "-hint"}>{words.ask[part].hint}</div>
          <input class="govuk-input" id={"propose-" + part} type="text" value={proposal[part]} dir="auto" autocomplete="off" spellcheck={false} aria-describedby={"propose-" + part + "-hint"}
            onInput={(event) => set_proposal({ ...proposal, [part]: event.currentTarget.value })} />
        </div>
      ))}
      <Outcome action={action} field="propose-to" done={words.proposed_done} />
      <Button kind="secondary">{words.propose_button}</Button>
    </Asking>
  );
}
