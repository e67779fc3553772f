// SPDX-License-Identifier: AGPL-3.0-or-later
// The form that an organisation asks (docs/spec/roster.md): parsing, which questions are shown, what counts as an account.

import * as json from "./json";

const STEPS_MAX = 40;
const QUESTIONS_MAX = 200;
const OPTIONS_MAX = 60;
const CHARACTERS_MAX = 20_000;

export interface Option {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
}

export interface Question {
  readonly id: string;
  readonly kind: "text" | "long_text" | "choice" | "choices";
  readonly label: string;
  readonly hint: string;
  readonly options: readonly Option[];
  readonly characters_max: number;
  readonly accused: string | null;
  readonly show_if: { readonly question: string; readonly is: readonly string[] } | null;
}

export interface Step {
  readonly id: string;
  readonly title: string;
  readonly text: readonly string[];
  readonly questions: readonly Question[];
}

export interface Form {
  readonly id: string;
  readonly version: number;
  readonly language: string;
  readonly account: readonly string[];
  readonly steps: readonly Step[];
}

/** What she answered, by question id: a text, or the ids of the options taken. */
export type Answer = string | readonly string[];
export type Answers = ReadonlyMap<string, Answer>;

/** Question ids are names of JSON members, so they may have underscores too. */
function as_name(value: unknown, field: string): string {
  const text = json.as_text(value, field);
  if (!/^[a-z0-9_-]{1,64}$/.test(text)) throw new json.Malformed(field);
  return text;
}

function parse_option(value: unknown, field: string): Option {
  const fields = json.as_object(value, field);
  return {
    id: as_name(fields["id"], field + ".id"),
    label: json.as_text(fields["label"], field + ".label"),
    hint: json.as_text_or_empty(fields["hint"], field + ".hint"),
  };
}

function parse_question(value: unknown, field: string, earlier: ReadonlySet<string>): Question {
  const fields = json.as_object(value, field);
  const kind = fields["kind"];
  if (kind !== "text" && kind !== "long_text" && kind !== "choice" && kind !== "choices") throw new json.Malformed(field + ".kind");
  const with_options = kind === "choice" || kind === "choices";
  const options = with_options
    ? json.as_list(fields["options"], field + ".options", OPTIONS_MAX).map((o, i) => parse_option(o, field + ".options[" + i + "]"))
    : [];
  if (with_options && options.length === 0) throw new json.Malformed(field + ".options");
  json.refuse_repeats(options.map((o) => o.id), field + ".options");
  let show_if: Question["show_if"] = null;
  if (fields["show_if"] !== undefined && fields["show_if"] !== null) {
    const condition = json.as_object(fields["show_if"], field + ".show_if");
    const question = as_name(condition["question"], field + ".show_if.question");
    if (!earlier.has(question)) throw new json.Malformed(field + ".show_if.question");
    show_if = { question, is: json.as_list(condition["is"], field + ".show_if.is", OPTIONS_MAX).map((id) => as_name(id, field + ".show_if.is")) };
  }
  const characters_max = fields["characters_max"];
  return {
    id: as_name(fields["id"], field + ".id"),
    kind,
    label: json.as_text(fields["label"], field + ".label"),
    hint: json.as_text_or_empty(fields["hint"], field + ".hint"),
    options,
    characters_max: characters_max === undefined ? CHARACTERS_MAX : json.as_count(characters_max, field + ".characters_max", 1, CHARACTERS_MAX),
    accused: fields["accused"] === undefined || fields["accused"] === null ? null : as_name(fields["accused"], field + ".accused"),
    show_if,
  };
}

export function parse_form(value: unknown): Form {
  const fields = json.as_object(value, "form");
  const seen = new Set<string>();
  const steps = json.as_list(fields["steps"], "form.steps", STEPS_MAX).map((step_value, i): Step => {
    const name = "form.steps[" + i + "]";
    const step = json.as_object(step_value, name);
    const questions = json.as_list(step["questions"] ?? [], name + ".questions", QUESTIONS_MAX).map((question_value, j) => {
      const question = parse_question(question_value, name + ".questions[" + j + "]", seen);
      if (seen.has(question.id)) throw new json.Malformed(name + ".questions[" + j + "].id");
      seen.add(question.id);
      return question;
    });
    const text = json.as_list(step["text"] ?? [], name + ".text", OPTIONS_MAX).map((paragraph) => json.as_text(paragraph, name + ".text"));
    return { id: as_name(step["id"], name + ".id"), title: json.as_text(step["title"], name + ".title"), text, questions };
  });
  if (seen.size > QUESTIONS_MAX) throw new json.Malformed("form.questions");
  json.refuse_repeats(steps.map((step) => step.id), "form.steps");
  const account = json.as_list(fields["account"] ?? [], "form.account", QUESTIONS_MAX).map((id) => as_name(id, "form.account"));
  if (account.some((id) => !seen.has(id))) throw new json.Malformed("form.account");
  return {
    id: as_name(fields["id"], "form.id"),
    version: json.as_count(fields["version"], "form.version", 0, Number.MAX_SAFE_INTEGER),
    language: json.as_text_or_empty(fields["language"], "form.language") || "en",
    account,
    steps,
  };
}

export function is_answered(answer: Answer | undefined): boolean {
  return answer !== undefined && (typeof answer === "string" ? answer.trim() !== "" : answer.length > 0);
}

/** The answers to the questions that are shown: what a hidden question was once answered does not count. */
export function visible_answers(form: Form, answers: Answers): Map<string, Answer> {
  const visible = new Map<string, Answer>();
  for (const question of form.steps.flatMap((step) => step.questions)) {
    const answer = answers.get(question.id);
    if (answer !== undefined && is_answered(answer) && is_shown(question, visible)) visible.set(question.id, answer);
  }
  return visible;
}

export function is_shown(question: Question, visible: Answers): boolean {
  if (question.show_if === null) return true;
  const answer = visible.get(question.show_if.question);
  if (answer === undefined) return false;
  const given = typeof answer === "string" ? [answer] : answer;
  return given.some((id) => question.show_if?.is.includes(id) === true);
}

export function shown_questions(form: Form, step: Step, answers: Answers): readonly Question[] {
  const visible = visible_answers(form, answers);
  return step.questions.filter((question) => is_shown(question, visible));
}

export function is_shown_step(form: Form, step: Step, answers: Answers): boolean {
  return step.questions.length === 0 || shown_questions(form, step, answers).length > 0;
}

export function has_account(form: Form, answers: Answers, attachment_count: number): boolean {
  if (attachment_count > 0) return true;
  const visible = visible_answers(form, answers);
  return form.account.some((id) => visible.has(id));
}
