// SPDX-License-Identifier: AGPL-3.0-or-later
// One case: who it is about, its story, what can be said to her and to colleagues, and what can be changed.

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button, Title } from "../../src/views/parts";
import { full_day_text } from "../../src/day_text";
import { visible_line } from "../../src/visible";
import type { Desk } from "../desk";
import type { Held } from "../held";
import { lead_words, status_words } from "../lead";
import type { Case, OpenDesk } from "../shapes";
import { use_shortcuts } from "../shortcuts";
import { is_unread_whole, is_unsigned } from "../timeline";
import { say } from "../words";
import { CaseworkView } from "./casework";
import { ChangesView } from "./changes";
import { CommandLineView } from "./command_line";
import { ConflictView, RecuseView } from "./conflict";
import { KeepingView } from "./keeping";
import { MatchRemark } from "./matches";
import { NoteView } from "./note";
import { Line, Outcome, Tag, use_action } from "./pieces";
import { ReplyView } from "./reply";
import { RiskSheetView } from "./risk_sheet";
import { SignOffView } from "./sign_off";
import { StoryView } from "./story";

const ID_DIGITS = 12;

interface Props {
  readonly desk: Desk;
  readonly open: OpenDesk;
  readonly held: Held;
  readonly id: string;
}

export function CaseView(props: Props): JSX.Element {
  const { desk, open, held, id } = props;
  const words = say.case;
  const reading = use_action();
  useEffect(() => void reading.run(() => desk.read_case(id)), [id]);
  use_shortcuts({ up: () => desk.go_to_inbox() });
  const { one } = held;
  if (one === null || one.id !== id) {
    return (
      <>
        <Back desk={desk} />
        <Title>{words.caption(id.slice(0, ID_DIGITS))}</Title>
        <Outcome action={reading} field="main" />
      </>
    );
  }
  if (one.recused.includes(open.me)) {
    return (
      <div class="narrow-page">
        <Back desk={desk} />
        <Title key="recused" caption={words.caption(id.slice(0, ID_DIGITS))}><Who one={one} /></Title>
        <p class="govuk-body">{say.conflict.done}</p>
      </div>
    );
  }
  if (is_unread_whole(one) && !held.cleared.has(id)) {
    return <ConflictView desk={desk} one={one} go_on={() => {
      held.cleared.add(id);
      desk.redraw();
    }} />;
  }
  return <WholeCase {...props} one={one} />;
}

function Back({ desk }: { desk: Desk }): JSX.Element {
  return <button type="button" class="govuk-back-link link-button" onClick={() => desk.go_to_inbox()}>{say.case.back}</button>;
}

function Who({ one }: { one: Case }): JSX.Element {
  return one.accused === "" ? <>{say.case.names_nobody}</> : <Line of={one.accused} />;
}

/** To a part of the page, and into its first field where there is one. */
function jump(id: string, field = ""): void {
  document.getElementById(id)?.scrollIntoView({ block: "start" });
  (document.getElementById(field) ?? document.getElementById(id))?.focus({ preventScroll: field !== "" });
}

function WholeCase(props: Props & { readonly one: Case }): JSX.Element {
  const { desk, open, held, one } = props;
  const words = say.case;
  const [recusing, set_recusing] = useState(false);
  use_shortcuts(recusing || !one.mine ? {} : { reply: () => jump("reply", "reply-words"), note: () => jump("note", "note-words") });
  if (recusing) return <RecuseView desk={desk} one={one} back={() => set_recusing(false)} />;
  const unsigned = is_unsigned(one);
  return (
    <>
      <Back desk={desk} />
      <Title caption={words.caption(one.id.slice(0, ID_DIGITS))}><Who one={one} /></Title>
      <p class="marks">
        {one.danger && <Tag look="danger">{words.danger}</Tag>}
        {one.risk !== "unknown" && <Tag look={one.risk === "standard" ? "quiet" : "danger"}>{visible_line(say.inbox.risk_tag((say.risk[one.risk] ?? one.risk).toLowerCase()))}</Tag>}
        <Tag>{visible_line(status_words(one))}</Tag>
        <Tag>{visible_line(lead_words(one, open.me, (id) => desk.name_of(id)))}</Tag>
        {one.labels.map((label) => <Tag><Line of={label} /></Tag>)}
      </p>
      {one.reports.map((report) => report.withdrawn !== null && <div class="alarm" key={report.id}><p class="govuk-body">{words.withdrawn(full_day_text(report.withdrawn))}</p></div>)}
      {one.alarms.length > 0 && (
        <div class="alarm alarm--danger">
          <h2 class="govuk-heading-s">{words.alarms}</h2>
          <ul class="govuk-list govuk-list--bullet">{one.alarms.map((alarm) => <li><Line of={alarm} /></li>)}</ul>
          <p class="govuk-body">{words.alarms_hint}</p>
        </div>
      )}
      {one.matched && <MatchRemark desk={desk} />}
      {!one.mine && <div class="govuk-inset-text">{unsigned ? words.unsigned : words.not_mine}</div>}
      {one.mine && (
        <nav class="jumps" aria-label={words.caption(one.id.slice(0, ID_DIGITS))}>
          <Button kind="link" press={() => jump("reply", "reply-words")}>{words.jump_reply}</Button>
          <Button kind="link" press={() => jump("note", "note-words")}>{words.jump_note}</Button>
          <Button kind="link" press={() => jump("changes")}>{words.jump_changes}</Button>
        </nav>
      )}
      <div class="columns">
        <div class="columns__main">
          <StoryView desk={desk} held={held} one={one} />
          {!unsigned && <ReplyView desk={desk} held={held} one={one} />}
          {one.mine && <NoteView desk={desk} open={open} held={held} one={one} />}
        </div>
        <div class="columns__side">
          {!unsigned && (
            <section class="panel">
              <h2 class="govuk-heading-s">{words.readers}</h2>
              <p class="govuk-body">{visible_line(desk.names_of(one.readers))}</p>
              {one.recused.length > 0 && <p class="govuk-body">{words.recused}: {visible_line(desk.names_of(one.recused))}</p>}
              {one.mine && <Button kind="link" press={() => set_recusing(true)}>{words.recuse}</Button>}
            </section>
          )}
          {one.mine && <ChangesView desk={desk} open={open} one={one} />}
          {one.mine && <RiskSheetView desk={desk} one={one} />}
          {one.mine && <SignOffView desk={desk} open={open} one={one} />}
          {one.mine && <CaseworkView desk={desk} open={open} one={one} />}
          <KeepingView desk={desk} open={open} one={one} />
          <CommandLineView one={one} />
        </div>
      </div>
    </>
  );
}
