// SPDX-License-Identifier: AGPL-3.0-or-later
// One word of a codename, completed from the word list: the editable combobox of the ARIA practices. The focus stays in the field.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { WordList } from "../protocol/words";
import { say } from "../words";
import { ErrorMessage } from "./parts";

const LETTERS_MIN = 2;
const SHOWN_MAX = 6;

interface Props {
  readonly id: string;
  readonly label: string;
  readonly list: WordList;
  readonly value: string;
  readonly error: string | undefined;
  /** May be several words with white space between them, pasted or typed. */
  readonly give: (value: string) => void;
  /** A word was taken from the list: on to the next field. */
  readonly taken: (word: string) => void;
}

export function WordInput({ id, label, list, value, error, give, taken }: Props): JSX.Element {
  const [open, set_open] = useState(false);
  const [at, set_at] = useState(-1);
  const matches = value.length < LETTERS_MIN || list.has(value) ? [] : list.beginning_with(value, SHOWN_MAX);
  const shown = open ? matches : [];
  const take = (word: string): void => {
    set_open(false);
    set_at(-1);
    taken(word);
  };
  const on_key = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && shown.length > 0) {
      set_at(-1);
      return set_open(false);
    }
    const word = shown[at];
    if (event.key === "Enter" && word !== undefined) {
      event.preventDefault();
      return take(word);
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || matches.length === 0) return;
    event.preventDefault();
    set_open(true);
    // From no word (-1) to the first or the last, and round.
    set_at(((at + 1 + step + matches.length + 1) % (matches.length + 1)) - 1);
  };
  const option_id = (i: number): string => id + "-option-" + i.toString();
  return (
    <div class={"govuk-form-group word" + (error !== undefined ? " govuk-form-group--error" : "")}>
      <label class="govuk-label" for={id}>{label}</label>
      <ErrorMessage id={id + "-error"} text={error} />
      <input class={"govuk-input" + (error !== undefined ? " govuk-input--error" : "")} type="text" id={id} value={value} translate={false}
        autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck={false}
        role="combobox" aria-autocomplete="list" aria-expanded={shown.length > 0} aria-controls={id + "-list"}
        aria-activedescendant={shown[at] === undefined ? undefined : option_id(at)}
        aria-describedby={error !== undefined ? id + "-error" : undefined} aria-invalid={error !== undefined}
        onKeyDown={on_key} onBlur={() => set_open(false)}
        onInput={(event) => {
          set_open(true);
          set_at(-1);
          give(event.currentTarget.value);
        }} />
      <ul class="word__list" id={id + "-list"} role="listbox" aria-label={label} hidden={shown.length === 0} translate={false}>
        {shown.map((word, i) => (
          // Before the field loses the focus, which would close the list.
          <li class="word__option" id={option_id(i)} role="option" aria-selected={i === at} onPointerDown={(event) => event.preventDefault()} onClick={() => take(word)}>{word}</li>
        ))}
      </ul>
      <div class="govuk-visually-hidden" role="status">{open && value.length >= LETTERS_MIN && !list.has(value) ? say.come_back.entry.matches(matches.length) : ""}</div>
    </div>
  );
}
