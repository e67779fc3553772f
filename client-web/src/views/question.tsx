// SPDX-License-Identifier: AGPL-3.0-or-later
// One question of the organisation's form, of any kind.

import type { JSX } from "preact";
import { characters_in, type Answer, type Option, type Question } from "../protocol/form";
import { marked, say } from "../words";
import { Button, ErrorMessage } from "./parts";

interface Props {
  readonly question: Question;
  readonly language: string; // of its words
  readonly answer: Answer | undefined;
  readonly error: string | undefined;
  readonly give: (answer: Answer) => void;
}

export function question_field(question: Question): string {
  return "q-" + question.id;
}

export function QuestionView(props: Props): JSX.Element {
  return props.question.kind === "choice" || props.question.kind === "choices" ? <Choosing {...props} /> : <Writing {...props} />;
}

function described_by(question: Question, error: string | undefined, ...more: string[]): string | undefined {
  const field = question_field(question);
  const ids = [...(question.hint !== "" ? [field + "-hint"] : []), ...(error !== undefined ? [field + "-error"] : []), ...more];
  return ids.length > 0 ? ids.join(" ") : undefined;
}

/** From this share of the room on, the count is shown. */
const COUNT_FROM = 0.75;

function Writing({ question, language, answer, error, give }: Props): JSX.Element {
  const field = question_field(question);
  const text = typeof answer === "string" ? answer : "";
  const left = question.characters_max - characters_in(text);
  const counted = left <= question.characters_max * (1 - COUNT_FROM);
  const shared = {
    id: field,
    name: field,
    value: text,
    autocomplete: "off",
    dir: "auto" as const, // she may write in any language
    // Some browsers send what is typed to a spelling service.
    spellcheck: false,
    "aria-describedby": described_by(question, error, field + "-count"),
    "aria-invalid": error !== undefined,
    onInput: (event: Event): void => give((event.currentTarget as HTMLInputElement | HTMLTextAreaElement).value),
  };
  const wrong = error !== undefined;
  return (
    <div class={"govuk-form-group govuk-character-count" + (wrong ? " govuk-form-group--error" : "")}>
      <label class="govuk-label govuk-label--m" for={field} {...marked(language)}>{question.label}</label>
      {question.hint !== "" && <div class="govuk-hint" id={field + "-hint"} {...marked(language)}>{question.hint}</div>}
      <ErrorMessage id={field + "-error"} text={error} />
      {question.kind === "long_text"
        ? <textarea class={"govuk-textarea" + (wrong ? " govuk-textarea--error" : "")} rows={8} {...shared} />
        : <input class={"govuk-input" + (wrong ? " govuk-input--error" : "")} type="text" {...shared} />}
      <div id={field + "-count"} class={left < 0 ? "govuk-error-message" : "govuk-hint"} aria-live="polite">{counted ? say.characters_left(left) : ""}</div>
    </div>
  );
}

function Choosing({ question, language, answer, error, give }: Props): JSX.Element {
  const field = question_field(question);
  const many = question.kind === "choices";
  const taken: readonly string[] = answer === undefined ? [] : typeof answer === "string" ? [answer] : answer;
  const choose = (option: Option, on: boolean): void => {
    if (!many) return give(option.id);
    // In the order of the form, so that the order of ticking tells nothing.
    give(question.options.map((o) => o.id).filter((id) => (id === option.id ? on : taken.includes(id))));
  };
  const group = many ? "govuk-checkboxes" : "govuk-radios";
  return (
    <div class={"govuk-form-group" + (error !== undefined ? " govuk-form-group--error" : "")}>
      <fieldset class="govuk-fieldset" aria-describedby={described_by(question, error)}>
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--m" {...marked(language)}>{question.label}</legend>
        {question.hint !== "" && <div class="govuk-hint" id={field + "-hint"} {...marked(language)}>{question.hint}</div>}
        <ErrorMessage id={field + "-error"} text={error} />
        <div class={group}>
          {question.options.map((option, i) => {
            const id = i === 0 ? field : field + "-" + option.id;
            return (
              <div class={group + "__item"}>
                <input class={group + "__input"} id={id} name={field} type={many ? "checkbox" : "radio"} value={option.id}
                  checked={taken.includes(option.id)} onChange={(event) => choose(option, event.currentTarget.checked)} />
                <label class={"govuk-label " + group + "__label"} for={id}><span {...marked(language)}>{option.label}</span></label>
              </div>
            );
          })}
        </div>
      </fieldset>
      {!many && taken.length > 0 && <p class="clear"><Button kind="link" press={() => give("")}>{say.clear_answer}</Button></p>}
    </div>
  );
}
