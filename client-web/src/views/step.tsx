// SPDX-License-Identifier: AGPL-3.0-or-later
// One step of the organisation's form.

import { Fragment, type JSX } from "preact";
import { useState } from "preact/hooks";
import { characters_in, shown_questions, type Answer } from "../protocol/form";
import { line_of, privacy_line } from "../organisation";
import type { Roster } from "../protocol/roster";
import { tells_danger } from "../protocol/safety_part";
import { NATION } from "../protocol/roster_words";
import type { Visit } from "../visit";
import { marked, say } from "../words";
import { DraftStatus } from "./draft_status";
import { Said } from "./language";
import { DangerSaid } from "./danger";
import { Asking, BackLink, Button, ErrorSummary, Paragraphs, Title, type Fault } from "./parts";
import { question_field, QuestionView } from "./question";

export function StepView({ visit, roster }: { visit: Visit; roster: Roster }): JSX.Element | null {
  const [attempts, set_attempts] = useState(0);
  const { step: here, form } = visit;
  if (here === null || form === null) return null;
  const questions = shown_questions(form, here.step, visit.said.answers);
  const faults = questions.flatMap((question): Fault[] => {
    const answer = visit.said.answers.get(question.id);
    const over = typeof answer === "string" && question.options.length === 0 ? characters_in(answer) - question.characters_max : 0;
    return over > 0 ? [{ field: question_field(question), text: question.label + ": " + say.characters_left(-over) }] : [];
  });
  const submit = (): void => {
    if (faults.length > 0) set_attempts(attempts + 1);
    else visit.next();
  };
  const shown_faults = attempts > 0 ? faults : [];
  const told = questions.find((question) => tells_danger(question, visit.said.answers.get(question.id)));
  return (
    <Asking submit={submit}>
      <BackLink press={() => visit.back()} />
      <ErrorSummary faults={shown_faults} times={attempts} />
      <Title caption={here.count > 1 ? say.part(here.number, here.count) : undefined} language={form.language}>{here.step.title}</Title>
      <Paragraphs of={here.step.text.map((text) => <span {...marked(form.language)}>{text}</span>)} />
      {questions.map((question) => (
        <Fragment key={question.id}>
          <QuestionView question={question} language={form.language} answer={visit.said.answers.get(question.id)}
            error={shown_faults.find((fault) => fault.field === question_field(question))?.text}
            give={(answer) => visit.said.answer(question.id, answer)} />
          {question.options.some(({ danger }) => danger) && <div aria-live="polite">{question === told && <DangerSaid roster={roster} />}</div>}
          {question.id === NATION && <Duties roster={roster} nation={visit.said.answers.get(NATION)} />}
        </Fragment>
      ))}
      <Button>{say.continue}</Button>
      <p class="govuk-hint">{say.optional}</p>
      <DraftStatus visit={visit} />
    </Asking>
  );
}

/** What may have to be told differs by nation: said once she has named hers, before anything that could identify somebody is asked. */
function Duties({ roster, nation }: { roster: Roster; nation: Answer | undefined }): JSX.Element {
  return (
    <div aria-live="polite" id="duties">
      {typeof nation === "string" && (
        <div class="govuk-inset-text"><Paragraphs of={[<Said line={privacy_line(roster, nation)} />, <Said line={line_of(roster, "court")} />]} /></div>
      )}
    </div>
  );
}
