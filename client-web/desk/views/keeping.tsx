// SPDX-License-Identifier: AGPL-3.0-or-later
// How long the accounts of a case are kept: closed or not, held or not.

import type { JSX } from "preact";
import { full_day_text } from "../../src/day_text";
import { Button } from "../../src/views/parts";
import { visible_line } from "../../src/visible";
import type { Desk } from "../desk";
import type { Case, Listed, OpenDesk } from "../shapes";
import { say, short_day } from "../words";
import { Outcome, use_action } from "./pieces";

export function KeepingView({ desk, open, one }: { desk: Desk; open: OpenDesk; one: Case }): JSX.Element {
  return (
    <section class="panel" aria-labelledby="keeping-title">
      <h2 class="govuk-heading-m" id="keeping-title">{say.keeping.title}</h2>
      <p class="govuk-hint">{say.keeping.hint}</p>
      <ul class="keeping">{one.reports.map((listed) => <KeepingItem key={listed.id} desk={desk} open={open} one={one} listed={listed} />)}</ul>
    </section>
  );
}

function KeepingItem({ desk, open, one, listed }: { desk: Desk; open: OpenDesk; one: Case; listed: Listed }): JSX.Element {
  const words = say.keeping;
  const action = use_action();
  const mark = (what: "closed" | "hold", set: boolean): void => void action.run(() => desk.mark(one.id, listed.id, what, set));
  const held = listed.hold.length === 0 ? words.not_held : words.held(desk.names_of(listed.hold));
  const mine = listed.hold.includes(open.me);
  const field = "keeping-" + listed.id;
  return (
    <li id={field} tabIndex={-1}>
      <h3 class="govuk-heading-s">{words.account(short_day(listed.day))}</h3>
      <p class="govuk-body">{listed.closed === null ? words.open : words.closed(full_day_text(listed.closed))}. {visible_line(held)}.</p>
      <p class="keeping__does">
        <Button kind="link" press={() => mark("closed", listed.closed === null)}>{listed.closed === null ? words.close : words.reopen}</Button>
        <Button kind="link" press={() => mark("hold", !mine)}>{mine ? words.let_go : words.hold}</Button>
      </p>
      <Outcome action={action} field={field} done={words.done} />
    </li>
  );
}
