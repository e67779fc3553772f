// SPDX-License-Identifier: AGPL-3.0-or-later
// One step of the organisation's form.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { characters_in, shown_questions } from "../protocol/form";
import type { Visit } from "../visit";
import { say } from "../words";
import { DraftStatus } from "./draft_status";
import { Asking, BackLink, Button, ErrorSummary, Paragraphs, Title, type Fault } from "./parts";
import { question_field, QuestionView } from "./question";

export function StepView({ visit }: { visit: Visit }): JSX.Element | null {
  const [attempts, set_attempts] = useState(0);
  const { step: here, form } = visit;
  if (here === null || form === null) return null;
  const questions = shown_questions(form, here.step, visit.answers);
  const faults = questions.flatMap((question): Fault[] => {
    const answer = visit.answers.get(question.id);
    const over = typeof answer === "string" && question.options.length === 0 ? characters_in(answer) - question.characters_max : 0;
    return over > 0 ? [{ field: question_field(question), text: question.label + ": " + say.characters_left(-over) }] : [];
  });
  const submit = (): void => {
    if (faults.length > 0) set_attempts(attempts + 1);
    else visit.next();
  };
  const shown_faults = attempts > 0 ? faults : [];
  return (
    <Asking submit={submit}>
      <BackLink press={() => visit.back()} />
      <ErrorSummary faults={shown_faults} times={attempts} />
      <Title caption={here.count > 1 ? say.part(here.number, here.count) : undefined}>{here.step.title}</Title>
      <Paragraphs of={here.step.text} />
      {questions.map((question) => (
        <QuestionView key={question.id} question={question} answer={visit.answers.get(question.id)}
          error={shown_faults.find((fault) => fault.field === question_field(question))?.text}
          give={(answer) => visit.answer(question.id, answer)} />
      ))}
      <Button>{say.continue}</Button>
      <p class="govuk-hint">{say.optional}</p>
      <DraftStatus visit={visit} />
    </Asking>
  );
}
