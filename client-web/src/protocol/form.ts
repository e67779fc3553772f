// SPDX-License-Identifier: AGPL-3.0-or-later
// The form that an organisation asks (docs/spec/roster.md): parsing, which questions are shown, what counts as an account.

import * as json from "./json";

const STEPS_MAX = 40;
const QUESTIONS_MAX = 200;
const OPTIONS_MAX = 60;
const CHARACTERS_MAX = 20_000;
const TEXT_BYTES_MAX = 4000;
const LANGUAGE_BYTES_MAX = 35;

export interface Option {
  readonly id: string;
  readonly label: string;
  /** Whoever chooses it, or a child, may be in danger. */
  readonly danger: boolean;
}

export interface Question {
  readonly id: string;
  readonly kind: "text" | "long_text" | "choice" | "choices";
  readonly label: string;
  readonly hint: string;
  readonly options: readonly Option[];
  readonly characters_max: number; // 0 where there are options
  readonly accused: string | null;
  readonly show_if: { readonly question: string; readonly is: readonly string[] } | null;
  /** Of the part that may go alone while the rest is held back. */
  readonly safety: boolean;
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

/** A mark that is not there is not set. */
function as_mark(value: unknown, field: string): boolean {
  return value !== undefined && json.as_flag(value, field);
}

function parse_options(value: unknown, field: string): Option[] {
  const options = json.as_list(value, field, OPTIONS_MAX).map((item, i) => {
    const name = field + "[" + i + "]";
    const fields = json.as_object(item, name);
    return { id: json.as_form_id(fields["id"], name + ".id"), label: json.as_line(fields["label"], name + ".label", TEXT_BYTES_MAX), danger: as_mark(fields["danger"], name + ".danger") };
  });
  json.refuse_repeats(options.map((option) => option.id), field);
  if (options.length < 2) throw new json.Malformed(field);
  return options;
}

function parse_show_if(value: unknown, field: string, earlier: readonly Question[]): Question["show_if"] {
  const fields = json.as_object(value, field);
  const asked = earlier.find((question) => question.id === fields["question"]);
  if (asked === undefined) throw new json.Malformed(field + ".question");
  const is = json.as_list(fields["is"], field + ".is", OPTIONS_MAX).map((id) => json.as_form_id(id, field + ".is"));
  json.refuse_repeats(is, field + ".is");
  if (is.length === 0 || is.some((id) => !asked.options.some((option) => option.id === id))) throw new json.Malformed(field + ".is");
  return { question: asked.id, is };
}

function parse_question(value: unknown, field: string, earlier: readonly Question[]): Question {
  const fields = json.as_object(value, field);
  const id = json.as_form_id(fields["id"], field + ".id");
  if (earlier.some((question) => question.id === id)) throw new json.Malformed(field + ".id");
  const kind = fields["kind"];
  if (kind !== "text" && kind !== "long_text" && kind !== "choice" && kind !== "choices") throw new json.Malformed(field + ".kind");
  const of_options = kind === "choice" || kind === "choices";
  const accused = fields["accused"] === undefined || fields["accused"] === "" ? null : json.as_form_id(fields["accused"], field + ".accused");
  if (accused !== null && kind === "choices") throw new json.Malformed(field + ".accused");
  return {
    id, kind, accused,
    label: json.as_line(fields["label"], field + ".label", TEXT_BYTES_MAX),
    hint: json.as_line_or_empty(fields["hint"], field + ".hint", TEXT_BYTES_MAX),
    options: of_options ? parse_options(fields["options"], field + ".options") : [],
    characters_max: of_options ? 0 : json.as_count(fields["characters_max"], field + ".characters_max", 1, CHARACTERS_MAX),
    show_if: fields["show_if"] === undefined ? null : parse_show_if(fields["show_if"], field + ".show_if", earlier),
    safety: as_mark(fields["safety"], field + ".safety"),
  };
}

/** value: of parse_json(). Throws Malformed. */
export function parse_form(value: unknown): Form {
  const fields = json.as_object(value, "form");
  const questions: Question[] = [];
  const steps = json.as_list(fields["steps"], "form.steps", STEPS_MAX).map((item, i): Step => {
    const name = "form.steps[" + i + "]";
    const step = json.as_object(item, name);
    const first = questions.length;
    for (const [j, question] of json.as_list(step["questions"], name + ".questions", QUESTIONS_MAX).entries()) {
      questions.push(parse_question(question, name + ".questions[" + j + "]", questions));
    }
    return {
      id: json.as_form_id(step["id"], name + ".id"),
      title: json.as_line(step["title"], name + ".title", TEXT_BYTES_MAX),
      text: json.as_list(step["text"], name + ".text", STEPS_MAX).map((paragraph) => json.as_line(paragraph, name + ".text", TEXT_BYTES_MAX)),
      questions: questions.slice(first),
    };
  });
  if (questions.length > QUESTIONS_MAX) throw new json.Malformed("form.questions");
  json.refuse_repeats(steps.map((step) => step.id), "form.steps");
  const account = json.as_list(fields["account"], "form.account", QUESTIONS_MAX).map((id) => json.as_form_id(id, "form.account"));
  json.refuse_repeats(account, "form.account");
  if (account.length === 0 || account.some((id) => !questions.some((question) => question.id === id))) throw new json.Malformed("form.account");
  return {
    id: json.as_form_id(fields["id"], "form.id"),
    version: json.as_count(fields["version"], "form.version", 0),
    language: json.as_line(fields["language"], "form.language", LANGUAGE_BYTES_MAX),
    account,
    steps,
  };
}

/** Of a text, as characters_max counts them: code points. */
export function characters_in(text: string): number {
  return Array.from(text).length;
}

export function is_answered(answer: Answer | undefined): boolean {
  return answer !== undefined && (typeof answer === "string" ? answer.trim() !== "" : answer.length > 0);
}

/** Of an answer, in words: the labels of the options that were taken. Empty where there is none. */
export function answer_words(question: Question, answer: Answer | undefined): string {
  if (answer === undefined) return "";
  if (question.options.length === 0) return String(answer);
  const taken = typeof answer === "string" ? [answer] : answer;
  return question.options.filter((option) => taken.includes(option.id)).map((option) => option.label).join(", ");
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
