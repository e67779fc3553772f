// SPDX-License-Identifier: AGPL-3.0-or-later
// Before anything of a case is read: does she know the accused? Then she recuses herself unread.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { BackLink, Button, Title } from "../../src/views/parts";
import { visible_line } from "../../src/visible";
import type { Desk } from "../desk";
import type { Case } from "../shapes";
import { is_unsigned } from "../timeline";
import { say } from "../words";
import { Line, Outcome, use_action } from "./pieces";

export function ConflictView({ desk, one, go_on }: { desk: Desk; one: Case; go_on: () => void }): JSX.Element {
  const words = say.conflict;
  const [sure, set_sure] = useState(false);
  const unsigned = is_unsigned(one);
  if (sure) return <RecuseView desk={desk} one={one} back={() => set_sure(false)} />;
  return (
    <div class="narrow-page">
      <BackLink press={() => desk.go_to_inbox()} />
      <Title caption={words.caption}>{words.title}</Title>
      {one.danger && <div class="alarm alarm--danger"><p class="govuk-body">{words.danger}</p></div>}
      <dl class="govuk-summary-list">
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key">{words.accused}</dt>
          <dd class="govuk-summary-list__value">
            {one.accused !== "" ? <strong class="accused"><Line of={one.accused} /></strong> : unsigned ? words.nothing_known : words.nobody}
          </dd>
        </div>
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key">{words.readers}</dt>
          <dd class="govuk-summary-list__value">{unsigned ? words.readers_none : visible_line(desk.names_of(one.readers))}</dd>
        </div>
      </dl>
      <p class="govuk-body">{words.why}</p>
      <div class="govuk-button-group">
        <Button id="go-on" press={go_on}>{words.go_on}</Button>
        {one.mine && <Button id="recuse" kind="secondary" press={() => set_sure(true)}>{words.recuse}</Button>}
      </div>
    </div>
  );
}

/** For good, so it is asked twice. */
export function RecuseView({ desk, one, back }: { desk: Desk; one: Case; back: () => void }): JSX.Element {
  const words = say.conflict;
  const recuse = use_action();
  return (
    <div class="narrow-page">
      <Title>{words.sure_title}</Title>
      <p class="govuk-body">{words.sure}</p>
      {one.danger && <div class="alarm alarm--danger"><p class="govuk-body">{words.danger}</p></div>}
      <Outcome action={recuse} field="recuse-sure" />
      <div class="govuk-button-group">
        <Button id="recuse-sure" press={() => void recuse.run(() => desk.say_event(one.id, "recused", {}))}>{words.sure_yes}</Button>
        <Button kind="secondary" press={back}>{words.sure_no}</Button>
      </div>
    </div>
  );
}
