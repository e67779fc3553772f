// SPDX-License-Identifier: AGPL-3.0-or-later
// The story of a case: her accounts, each opened by a button, and what colleagues said, as they followed each other.

import type { JSX } from "preact";
import { full_day_text } from "../../src/day_text";
import type { Desk } from "../desk";
import { event_words, note_of, type Known } from "../event_words";
import type { Held } from "../held";
import type { Case, CaseEvent, Listed } from "../shapes";
import { account_title, timeline_of } from "../timeline";
import { say, short_day } from "../words";
import { AccountView } from "./account";
import { Command, Line, Outcome, Tag, use_action, Words } from "./pieces";
import { Button } from "../../src/views/parts";
import { visible_line } from "../../src/visible";
import { OpenedTogetherView } from "./together";

interface Props {
  readonly desk: Desk;
  readonly held: Held;
  readonly one: Case;
}

export function StoryView({ desk, held, one }: Props): JSX.Element {
  const words = say.case;
  const moments = timeline_of(one.reports, one.events);
  const known: Known = {
    name_of: (id) => desk.name_of(id),
    account_of: (report) => {
      const index = one.reports.findIndex(({ id }) => id === report);
      return index < 0 ? null : account_title(one.reports, index + 1);
    },
  };
  return (
    <section aria-labelledby="story">
      <h2 class="govuk-heading-m" id="story" tabIndex={-1}>{words.story}</h2>
      <ol class="story">
        {moments.map((moment) => ("account" in moment
          ? <li class="story__account" key={moment.account.id}><AccountBox desk={desk} held={held} one={one} listed={moment.account} number={moment.number} /></li>
          : moment.events.map((event) => <EventItem key={event.hash} event={event} one={one} desk={desk} known={known} />)))}
      </ol>
      {one.mine && one.events.length === 0 && <p class="govuk-hint">{words.nothing_said}</p>}
      {one.revoked_events.length > 0 && (
        <details class="govuk-details revoked">
          <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{words.revoked}</span></summary>
          <div class="govuk-details__text">
            <p class="govuk-body">{words.revoked_hint}</p>
            <ol class="story">{one.revoked_events.map((event) => <EventItem key={event.hash} event={event} one={one} desk={desk} known={known} />)}</ol>
          </div>
        </details>
      )}
    </section>
  );
}

function EventItem({ event, one, desk, known }: { event: CaseEvent; one: Case; desk: Desk; known: Known }): JSX.Element {
  const note = note_of(event);
  const fewer = event.readers.length < one.readers.length;
  return (
    <li class={"story__event" + (note === null ? "" : " story__event--note")}>
      <p class="story__said">
        <span class="story__day">{short_day(event.day)}</span> <strong>{visible_line(desk.name_of(event.author))}</strong> <bdi>{event_words(event, known)}</bdi>
        {note?.privileged === true && <Tag look="note">{say.note.privileged_tag}</Tag>}
        {fewer && <Tag>{visible_line(say.note.only_for_tag(desk.names_of(event.readers)))}</Tag>}
      </p>
      {note !== null && <Words of={note.text} />}
    </li>
  );
}

function AccountBox({ desk, held, one, listed, number }: Props & { readonly listed: Listed; readonly number: number }): JSX.Element {
  const words = say.account;
  const opening = use_action();
  const account = held.accounts.get(listed.id);
  const shown = account !== undefined && held.shown.has(listed.id);
  const title = "account-" + listed.id;
  const show = (on: boolean): void => {
    if (on) held.shown.add(listed.id);
    else held.shown.delete(listed.id);
    desk.redraw();
  };
  return (
    <article class="account" aria-labelledby={title}>
      <h3 class="govuk-heading-s account__title" id={title}>
        {account_title(one.reports, number)} <span class="account__day">{words.arrived(full_day_text(listed.day))}</span> {!listed.read && <Tag look="new">{words.new}</Tag>}
      </h3>
      <Marks desk={desk} listed={listed} />
      {listed.trouble !== null && <p class="govuk-error-message">{words.trouble} <Line of={listed.trouble} /></p>}
      {!listed.signed && <><p class="govuk-body">{words.unsigned}</p><Command of={`candour open ${listed.id} --out FOLDER`} /></>}
      {account === undefined && listed.signed && (
        <>
          <p class="govuk-body">{listed.by_match ? say.matches.by_match : listed.read ? words.read_before : words.logged}</p>
          <Outcome action={opening} field={"open-" + listed.id} />
          <Button id={"open-" + listed.id} press={() => void opening.run(() => desk.read_account(one.id, listed.id))}>{words.open}</Button>
        </>
      )}
      {account !== undefined && <Button kind="link" expanded={shown} press={() => show(!shown)}>{shown ? words.hide : words.reopen}</Button>}
      {account !== undefined && shown && <AccountView desk={desk} one={one} account={account} />}
      <OpenedTogetherView desk={desk} report={listed.id} />
    </article>
  );
}

function Marks({ desk, listed }: { desk: Desk; listed: Listed }): JSX.Element | null {
  const words = say.account;
  const marks = [
    ...(listed.closed === null ? [] : [words.closed(full_day_text(listed.closed))]),
    ...(listed.hold.length === 0 ? [] : [words.held(desk.names_of(listed.hold))]),
  ];
  return marks.length === 0 ? null : <p class="govuk-hint">{visible_line(marks.join("; "))}</p>;
}
