// SPDX-License-Identifier: AGPL-3.0-or-later
// What several have to open together: who has which share, and handing hers on, which is asked twice.

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { full_day_text } from "../../src/day_text";
import { Button } from "../../src/views/parts";
import { visible_line } from "../../src/visible";
import type { Desk } from "../desk";
import type { OpenDesk } from "../shapes";
import { others_of, type Together } from "../together";
import { say } from "../words";
import { Line, Outcome, use_action } from "./pieces";

const ID_DIGITS = 12;

/** Those that this desk has not opened. */
export function WaitingView({ desk, open }: { desk: Desk; open: OpenDesk }): JSX.Element | null {
  const words = say.together;
  const waiting = open.together.filter((one) => !one.open);
  if (waiting.length === 0) return null;
  return (
    <section class="panel together" aria-labelledby="together-title">
      <h2 class="govuk-heading-m" id="together-title">{words.title}</h2>
      <p class="govuk-hint">{words.hint}</p>
      <ul class="together__list">
        {waiting.map((one) => (
          <li class="together__report" key={one.report}>
            <h3 class="govuk-heading-s">{words.report(full_day_text(one.day), one.report.slice(0, ID_DIGITS))}</h3>
            <Shares desk={desk} one={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Beside an account that this desk has opened: a colleague may want to read it, too. */
export function OpenedTogetherView({ desk, report }: { desk: Desk; report: string }): JSX.Element | null {
  const words = say.together;
  const one = desk.open?.together.find((some) => some.report === report && some.open);
  if (one === undefined || (others_of(one).length === 0 && one.trouble === "")) return null;
  return (
    <>
      <h4 class="govuk-heading-s">{words.again_title}</h4>
      <p class="govuk-hint">{words.again}</p>
      <Shares desk={desk} one={one} />
    </>
  );
}

function Shares({ desk, one }: { desk: Desk; one: Together }): JSX.Element {
  const words = say.together;
  const facts = [words.needs(one.needs), one.mine ? words.mine : words.not_mine, ...(one.from.length === 0 ? [] : [words.from(desk.names_of(one.from))])];
  const others = others_of(one);
  return (
    <>
      <p class="govuk-body">{visible_line(facts.join("; "))}</p>
      {one.trouble !== "" && <div class="alarm alarm--danger"><p class="govuk-body"><Line of={one.trouble} /></p></div>}
      {others.length > 0 && <ul class="together__people">{others.map((person) => <HandOn key={person} desk={desk} one={one} person={person} />)}</ul>}
    </>
  );
}

function HandOn({ desk, one, person }: { desk: Desk; one: Together; person: string }): JSX.Element {
  const words = say.together;
  const action = use_action();
  const [asking, set_asking] = useState(false);
  const item = useRef<HTMLLIElement>(null);
  const question = useRef<HTMLDivElement>(null);
  const asked = useRef(false);
  const name = visible_line(desk.name_of(person));
  const given = one.given.includes(person);
  const field = `hand-on-${one.report.slice(0, ID_DIGITS)}-${person}`;
  // The question takes the place of the button, and then the button or what came of it the place of the question: the focus stays here.
  useEffect(() => {
    if (asking !== asked.current) (asking ? question.current : document.getElementById(field) ?? item.current)?.focus();
    asked.current = asking;
  }, [asking]);
  const hand_on = (): void => void action.run(() => desk.share(one.report, person)).then((went_well) => went_well && set_asking(false));
  return (
    <li class={"together__person" + (asking && !given ? " together__person--asked" : "")} ref={item} tabIndex={-1}>
      {given && <span>{words.given(name)}</span>}
      {!given && !asking && <Button id={field} kind="secondary" press={() => set_asking(true)}>{words.hand_on(name)}</Button>}
      {!given && asking && (
        <div class="together__sure" role="group" aria-labelledby={field + "-question"} tabIndex={-1} ref={question}>
          <p class="govuk-body" id={field + "-question"}><strong>{words.sure_title(name)}</strong></p>
          <p class="govuk-body">{words.sure(name)}</p>
          <Outcome action={action} field={field + "-yes"} />
          <div class="govuk-button-group">
            <Button id={field + "-yes"} press={hand_on}>{words.sure_yes(name)}</Button>
            {!action.working && <Button kind="secondary" press={() => set_asking(false)}>{words.sure_no}</Button>}
          </div>
        </div>
      )}
    </li>
  );
}
