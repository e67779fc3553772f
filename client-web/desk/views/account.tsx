// SPDX-License-Identifier: AGPL-3.0-or-later
// An account that was opened: what she wrote, whom she accuses, what she sent along, and who may read it.

import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { full_day_text } from "../../src/day_text";
import { visible_line, visible_text } from "../../src/visible";
import type { Desk } from "../desk";
import type { Account, Answer, Case } from "../shapes";
import { say } from "../words";
import { FilesView } from "./files";
import { Command, Line } from "./pieces";

const LANGUAGE = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/;

export function AccountView({ desk, one: its_case, account }: { desk: Desk; one: Case; account: Account }): JSX.Element {
  const words = say.account;
  const first = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => first.current?.focus({ preventScroll: true }), []);
  if (!account.signed) return <><p class="govuk-body">{words.unsigned}</p><Command of={`candour open ${account.report} --out FOLDER`} /></>;
  const excluded = account.excluded.length === 0 ? words.nobody_excluded : words.excluded(desk.names_of(account.excluded));
  const sent_to = desk.open?.desks.find((one) => one.id === account.desk)?.name ?? account.desk;
  return (
    <>
      {account.warnings.length > 0 && (
        <div class="alarm alarm--danger">
          <h4 class="govuk-heading-s">{words.warnings}</h4>
          <ul class="govuk-list govuk-list--bullet">{account.warnings.map((warning) => <li><Line of={warning} /></li>)}</ul>
        </div>
      )}
      <h4 class="govuk-heading-s" tabIndex={-1} ref={first}>{words.answers}</h4>
      <dl class="answers">{account.answers.map((answer) => <AnswerItem answer={answer} language={account.language} />)}</dl>
      {account.accused.length > 0 && (
        <>
          <h4 class="govuk-heading-s">{words.accused}</h4>
          <dl class="facts">
            {account.accused.map(({ identifier, value }) => (
              <div><dt>{Object.hasOwn(words.identifiers, identifier) ? words.identifiers[identifier] : <Line of={identifier} />}</dt><dd><Line of={value} /></dd></div>
            ))}
          </dl>
        </>
      )}
      {account.attachments.length > 0 && <FilesView desk={desk} one={its_case} account={account} />}
      <h4 class="govuk-heading-s">{words.who}</h4>
      <ul class="govuk-list">
        <li>{visible_line(words.desk(sent_to))}</li>
        <li>{visible_line(words.audience(desk.names_of(account.audience)))}</li>
        <li class={account.excluded.length > 0 ? "left-out" : ""}>{visible_line(excluded)}</li>
        {account.written !== null && <li>{words.written(full_day_text(account.written))}; <Line of={words.language(account.language)} /></li>}
      </ul>
      {account.unknown.length > 0 && (
        <>
          <h4 class="govuk-heading-s">{words.unknown}</h4>
          <p class="govuk-hint">{words.unknown_hint}</p>
          <dl class="facts">{account.unknown.map(({ name, json }) => <div><dt><Line of={name} /></dt><dd><Line of={json} /></dd></div>)}</dl>
        </>
      )}
    </>
  );
}

export function AnswerItem({ answer, language }: { answer: Answer; language: string }): JSX.Element {
  const told = answer.text !== null && answer.text !== "";
  return (
    <div class="answers__answer">
      <dt dir="auto">{visible_line(answer.question)}</dt>
      <dd>
        {told && <p class="written" dir="auto" {...(LANGUAGE.test(language) ? { lang: language } : {})}>{visible_text(answer.text ?? "")}</p>}
        {answer.chosen.length > 0 && <ul class="govuk-list">{answer.chosen.map((chosen) => <li><Line of={chosen} /></li>)}</ul>}
        {!told && answer.chosen.length === 0 && <p class="written written--none">{say.account.not_answered}</p>}
      </dd>
    </div>
  );
}
