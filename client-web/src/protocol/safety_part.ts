// SPDX-License-Identifier: AGPL-3.0-or-later
// The safety part of a report that is held back (docs/spec/roster.md "The safety part"): what may go alone, so that somebody can act, while
// the rest stays where nobody can read it. For a report in her diary, and for one that waits until another names the same person.

import { is_shown, visible_answers, type Answer, type Answers, type Form, type Question, type Step } from "./form";

export interface SafetyPart {
  /** The same form with these questions alone. */
  readonly form: Form;
  readonly answers: ReadonlyMap<string, Answer>;
}

/** Has she chosen something here that says that she, or a child, may be in danger? */
export function tells_danger(question: Question, answer: Answer | undefined): boolean {
  const taken = typeof answer === "string" ? [answer] : answer ?? [];
  return question.options.some(({ id, danger }) => danger && taken.includes(id));
}

export function any_danger(form: Form, answers: Answers): boolean {
  const visible = visible_answers(form, answers);
  return form.steps.some((step) => step.questions.some((question) => tells_danger(question, visible.get(question.id))));
}

/** Null where no danger was told, or nothing of what was answered belongs to it. */
export function safety_part(form: Form, answers: Answers): SafetyPart | null {
  if (!any_danger(form, answers)) return null;
  const visible = visible_answers(form, answers);
  const asked = new Set<string>();
  const steps = form.steps.map((step): Step => ({
    ...step,
    questions: step.questions.flatMap((question): Question[] => {
      if (!question.safety) return [];
      const condition_asked = question.show_if === null || asked.has(question.show_if.question);
      if (!condition_asked && !is_shown(question, visible)) return [];
      asked.add(question.id);
      // What it depends on is not part of it: it is asked here as it was there.
      return [condition_asked ? question : { ...question, show_if: null }];
    }),
  })).filter((step) => step.questions.length > 0);
  const told = new Map([...visible].filter(([id]) => asked.has(id)));
  return told.size === 0 ? null : { form: { ...form, account: [...asked], steps }, answers: told };
}
