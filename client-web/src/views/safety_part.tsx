// SPDX-License-Identifier: AGPL-3.0-or-later
// Her report is where nobody can read it, and it tells of danger: the safety part alone can go to somebody, if she wants that.

import type { JSX } from "preact";
import { answer_words, shown_questions } from "../protocol/form";
import type { Roster } from "../protocol/roster";
import type { Visit } from "../visit";
import { marked, say } from "../words";
import { Row } from "./check";
import { DangerSaid } from "./danger";
import { Asking, BackLink, Button, Title } from "./parts";

export function SafetyPartView({ visit, roster }: { visit: Visit; roster: Roster }): JSX.Element {
  const words = say.diary.part;
  const { form, said } = visit;
  const told = form?.steps.flatMap((step) => shown_questions(form, step, said.answers)).filter(({ id }) => said.answers.has(id)) ?? [];
  return (
    <Asking submit={() => visit.next()}>
      <BackLink press={() => visit.back()} />
      <Title>{words.title}</Title>
      <p class="govuk-body">{visit.matching.waits ? say.match.held.part_done : say.diary.kept.done}</p>
      <p class="govuk-inset-text">{visit.matching.waits ? say.match.choice.nobody : say.diary.readers.nobody}</p>
      <p class="govuk-body">{visit.matching.waits ? say.match.held.part_lead : words.lead}</p>
      <DangerSaid roster={roster} />
      <h2 class="govuk-heading-m">{words.goes}</h2>
      <dl class="govuk-summary-list" {...marked(roster.form.language)}>
        {told.map((question) => <Row name={question.label} value={answer_words(question, said.answers.get(question.id))} />)}
      </dl>
      <p class="govuk-body">{words.change}</p>
      <div class="govuk-button-group">
        <Button>{words.yes}</Button>
        <Button kind="secondary" press={() => visit.keeping.keep_all()}>{visit.matching.waits ? say.match.held.part_no : words.no}</Button>
      </div>
    </Asking>
  );
}
