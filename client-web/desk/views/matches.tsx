// SPDX-License-Identifier: AGPL-3.0-or-later
// Which reports name the same person: what to be careful of before anything else, and words of an author only once that was asked twice.

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { full_day_text } from "../../src/day_text";
import { Button, Title } from "../../src/views/parts";
import { visible_line } from "../../src/visible";
import type { Desk } from "../desk";
import type { Held } from "../held";
import type { Match, MatchedReport, Matches } from "../matches";
import type { OpenDesk } from "../shapes";
import { use_shortcuts } from "../shortcuts";
import { say } from "../words";
import { Outcome, use_action, Words } from "./pieces";

const ID_DIGITS = 12;
const short = (id: string): string => id.slice(0, ID_DIGITS);

/** On the list of cases: how many are held, and the way to the matches. */
export function MatchesPanel({ desk, open }: { desk: Desk; open: OpenDesk }): JSX.Element | null {
  const words = say.matches;
  if (open.held === 0 && open.matches === 0) return null;
  return (
    <section class="panel" aria-label={words.panel}>
      {open.held > 0 && <p class="govuk-body">{words.held(open.held)}</p>}
      <Button kind="link" id="matches" press={() => desk.go_to_matches()}>{words.link(open.matches)}</Button>
    </section>
  );
}

/** At a case. */
export function MatchRemark({ desk }: { desk: Desk }): JSX.Element {
  return (
    <div class="govuk-inset-text">
      <p class="govuk-body">{say.matches.remark}</p>
      <Button kind="link" press={() => desk.go_to_matches()}>{say.matches.remark_link}</Button>
    </div>
  );
}

export function MatchesView({ desk, held }: { desk: Desk; held: Held }): JSX.Element {
  const words = say.matches;
  const reading = use_action();
  useEffect(() => void reading.run(() => desk.read_matches(false)), []);
  use_shortcuts({ up: () => desk.go_to_inbox() });
  const all = held.matches;
  return (
    <div class="narrow-page">
      <button type="button" class="govuk-back-link link-button" onClick={() => desk.go_to_inbox()}>{words.back}</button>
      <Title>{words.title}</Title>
      <Outcome action={reading} field="main" />
      {all !== null && <All desk={desk} all={all} />}
    </div>
  );
}

function All({ desk, all }: { desk: Desk; all: Matches }): JSX.Element {
  const words = say.matches;
  return (
    <>
      {all.matches.length === 0 ? <p class="govuk-body">{words.none}</p> : (
        <div class="alarm">
          <h2 class="govuk-heading-s">{words.before}</h2>
          <ul class="govuk-list govuk-list--bullet">{all.warning.map((line) => <li key={line}>{visible_line(line)}</li>)}</ul>
        </div>
      )}
      {all.matches.map((match, index) => <MatchView key={match.reports.map((one) => one.report).join()} desk={desk} match={match} number={index + 1} />)}
      {all.matches.some((match) => match.reports.some((one) => one.has_contact)) && <Contacts desk={desk} all={all} />}
      {(all.wrong.length > 0 || all.another_key > 0) && (
        <section class="panel">
          <h2 class="govuk-heading-s">{words.wrong}</h2>
          <ul class="govuk-list govuk-list--bullet">
            {all.wrong.map((one) => <li key={one.report + one.words}>{visible_line(words.wrong_one(short(one.report), one.words))}</li>)}
            {all.another_key > 0 && <li>{words.another_key(all.another_key)}</li>}
          </ul>
        </section>
      )}
      {all.held.length > 0 && (
        <section class="panel">
          <h2 class="govuk-heading-s">{words.held_title}</h2>
          <p class="govuk-body">{words.held(all.held.length)}</p>
          <ul class="govuk-list">{all.held.map((one) => <li key={one.report}>{words.held_one(full_day_text(one.day), short(one.report))}</li>)}</ul>
        </section>
      )}
    </>
  );
}

function MatchView({ desk, match, number }: { desk: Desk; match: Match; number: number }): JSX.Element {
  const words = say.matches;
  return (
    <section class="panel">
      <h2 class="govuk-heading-m">{words.match(number, match.authors)}</h2>
      {match.shared_leads.map((who) => <div class="alarm alarm--danger" key={who}><p class="govuk-body">{visible_line(words.shared(desk.name_of(who)))}</p></div>)}
      <ul class="govuk-list">{match.reports.map((one) => <li key={one.report}><ReportLine desk={desk} one={one} /></li>)}</ul>
    </section>
  );
}

function ReportLine({ desk, one }: { desk: Desk; one: MatchedReport }): JSX.Element {
  const words = say.matches;
  const state = words.states[one.state] ?? words.other_state;
  const id = one.case;
  if (id === null) return <>{words.report(short(one.report))}: {state}</>;
  const lead = one.lead === null ? words.no_lead : words.lead(desk.name_of(one.lead));
  return (
    <>
      <Button kind="link" press={() => desk.open_case(id)}>{visible_line(words.open_case(one.accused === "" ? words.names_nobody : one.accused, short(id)))}</Button>
      <p class="govuk-body">{visible_line(`${words.report(short(one.report))}: ${state}; ${lead}`)}</p>
    </>
  );
}

/** Whoever uses their words gives something away: asked twice. */
function Contacts({ desk, all }: { desk: Desk; all: Matches }): JSX.Element {
  const words = say.matches;
  const action = use_action();
  const [asking, set_asking] = useState(false);
  const question = useRef<HTMLDivElement>(null);
  const place = useRef<HTMLElement>(null);
  const asked = useRef(false);
  const left = all.matches.flatMap((match) => match.reports).filter((one) => one.contact !== null);
  const shown = left.length > 0;
  // The question takes the place of the button, and the words that of the question: the focus stays here.
  useEffect(() => {
    if (asking !== asked.current) (asking ? question.current : document.getElementById("contacts") ?? place.current)?.focus();
    asked.current = asking;
  }, [asking]);
  const show = (): void => void action.run(() => desk.read_matches(true)).then((went_well) => went_well && set_asking(false));
  return (
    <section class="panel" ref={place} tabIndex={-1} aria-label={words.contact}>
      {shown && <p class="govuk-body">{visible_line(all.contact_warning)}</p>}
      {left.map((one) => (
        <div key={one.report}>
          <h3 class="govuk-heading-s">{words.left(short(one.report))}</h3>
          <Words of={one.contact ?? ""} />
        </div>
      ))}
      {!shown && !asking && <Button kind="secondary" id="contacts" press={() => set_asking(true)}>{words.contact}</Button>}
      {!shown && asking && (
        <div class="together__sure" role="group" aria-labelledby="contacts-question" tabIndex={-1} ref={question}>
          <p class="govuk-body" id="contacts-question"><strong>{words.contact_title}</strong></p>
          <p class="govuk-body">{visible_line(all.contact_warning)}</p>
          <Outcome action={action} field="contacts-yes" />
          <div class="govuk-button-group">
            <Button id="contacts-yes" press={show}>{words.contact_yes}</Button>
            {!action.working && <Button kind="secondary" press={() => set_asking(false)}>{words.contact_no}</Button>}
          </div>
        </div>
      )}
    </section>
  );
}
