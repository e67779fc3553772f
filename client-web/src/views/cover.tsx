// SPDX-License-Identifier: AGPL-3.0-or-later
// The cover, the question before it, and its settings on the safety page.

import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { COVER_MINUTES, MINUTES_MORE, type Cover } from "../cover";
import { say } from "../words";
import { Asking, Button, Paragraphs } from "./parts";

export function CoverView({ cover }: { cover: Cover }): JSX.Element {
  const [typed, set_typed] = useState("");
  const [found, set_found] = useState("");
  const words = say.cover.page;
  const find = (): void => {
    if (!cover.lift(typed)) set_found(words.nothing);
    set_typed("");
  };
  return (
    <>
      <h1 class="govuk-heading-l" tabIndex={-1}>{words.title}</h1>
      <ul class="govuk-list govuk-list--bullet">{words.list.map((item) => <li>{item}</li>)}</ul>
      {cover.has_word ? (
        <Asking submit={find}>
          <div class="govuk-form-group">
            <label class="govuk-label" for="search">{words.search}</label>
            <input class="govuk-input" type="text" id="search" value={typed} autocomplete="off" autocapitalize="none" spellcheck={false}
              onInput={(event) => {
                set_typed(event.currentTarget.value);
                set_found("");
              }} />
          </div>
          <p class="govuk-body" role="status">{found}</p>
          <Button>{words.button}</Button>
        </Asking>
      ) : <Button press={() => cover.lift("")}>{words.continue}</Button>}
    </>
  );
}

export function is_question(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(".still-here") !== null;
}

/** Takes the focus, because a screen reader could not find it in time; gives it back. */
export function CoverWarning({ cover }: { cover: Cover }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const words = say.cover.warning;
  useLayoutEffect(() => {
    const before = document.activeElement;
    box.current?.querySelector("button")?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <div class="still-here" role="alertdialog" aria-labelledby="still-here" aria-describedby="still-here-text" ref={box}>
      <h2 class="govuk-heading-m" id="still-here">{words.title}</h2>
      <p class="govuk-body" id="still-here-text">{words.text} {cover.has_word ? words.with_word : words.without_word}</p>
      <div class="govuk-button-group">
        <Button press={() => cover.sign_of_life()}>{words.stay}</Button>
        <Button kind="secondary" press={() => cover.choose_minutes(MINUTES_MORE)}>{words.longer(MINUTES_MORE)}</Button>
        <Button kind="secondary" press={() => cover.hide()}>{words.hide}</Button>
      </div>
    </div>
  );
}

export function CoverSettings({ cover }: { cover: Cover }): JSX.Element {
  const [minutes, set_minutes] = useState(cover.minutes);
  const [word, set_word] = useState(cover.word);
  const words = say.cover.settings;
  const choose = (chosen: number | null): void => {
    cover.choose_minutes(chosen);
    set_minutes(chosen);
  };
  return (
    <>
      <h2 class="govuk-heading-m">{words.title}</h2>
      <Paragraphs of={words.lead} />
      <div class="govuk-form-group">
        <label class="govuk-label govuk-label--s" for="cover-minutes">{words.minutes}</label>
        <div class="govuk-hint" id="cover-minutes-hint">{words.reader}</div>
        <select class="govuk-select" id="cover-minutes" aria-describedby="cover-minutes-hint" value={minutes === null ? "" : minutes.toString()}
          onChange={(event) => choose(event.currentTarget.value === "" ? null : Number(event.currentTarget.value))}>
          {COVER_MINUTES.map((n) => <option value={n.toString()}>{words.minutes_text(n)}</option>)}
          <option value="">{words.never}</option>
        </select>
      </div>
      {minutes !== null && (
        <div class="govuk-form-group">
          <label class="govuk-label govuk-label--s" for="cover-word">{words.word}</label>
          <div class="govuk-hint" id="cover-word-hint">{words.word_hint}</div>
          <input class="govuk-input govuk-input--width-20" type="text" id="cover-word" value={word} aria-describedby="cover-word-hint cover-without"
            autocomplete="off" autocapitalize="none" spellcheck={false}
            onInput={(event) => {
              cover.word = event.currentTarget.value;
              set_word(cover.word);
            }} />
          <p class="govuk-body cover-without" id="cover-without">{words.without}</p>
        </div>
      )}
    </>
  );
}
