// SPDX-License-Identifier: AGPL-3.0-or-later
// The codename is typed: eight fields. Any eight words of the list are accepted, and lead to the same page.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { normalise_codename, WORDS_IN_CODENAME, type WordList } from "../protocol/words";
import type { Visit } from "../visit";
import { say } from "../words";
import { Asking, BackLink, Button, ErrorSummary, Title, type Fault } from "./parts";
import { WordInput } from "./word_input";

const field = (place: number): string => "codename-" + place.toString();

export function ComeBackView({ visit }: { visit: Visit }): JSX.Element {
  const words = say.come_back.entry;
  return (
    <>
      <BackLink press={() => visit.back()} />
      {visit.words === null
        ? (
          <>
            <Title>{words.title}</Title>
            <p class="govuk-body" role="status">{words.no_words}</p>
            <Button press={() => visit.load_words()}>{say.trouble.try_again}</Button>
          </>
        )
        : <Entry visit={visit} list={visit.words} />}
    </>
  );
}

function Entry({ visit, list }: { visit: Visit; list: WordList }): JSX.Element {
  const [typed, set_typed] = useState<readonly string[]>(Array.from({ length: WORDS_IN_CODENAME }, () => ""));
  const [faults, set_faults] = useState<readonly Fault[]>([]);
  const [attempts, set_attempts] = useState(0);
  const words = say.come_back.entry;
  const focus = (place: number): void => document.getElementById(field(Math.min(place, WORDS_IN_CODENAME - 1)))?.focus();
  // Several words, pasted or typed with blanks, go on in the next fields.
  const give = (place: number, value: string): void => {
    const pieces = value.toLowerCase().trimStart().split(/\s+/);
    set_typed((before) => before.map((old, i) => (i === place ? pieces[0] ?? "" : i > place && (pieces[i - place] ?? "") !== "" ? pieces[i - place] ?? "" : old)));
    if (pieces.length > 1) focus(place + pieces.length - 1);
  };
  const submit = (): void => {
    const found = typed.flatMap((word, i): Fault[] => {
      if (list.has(word)) return [];
      return [{ field: field(i), text: word === "" ? words.missing(i + 1) : words.unknown(i + 1, word) }];
    });
    set_faults(found);
    set_attempts(attempts + 1);
    if (found.length === 0) visit.open_box(normalise_codename(typed.join(" ")));
  };
  const error_at = (place: number): string | undefined => {
    if (!faults.some((fault) => fault.field === field(place))) return undefined;
    return typed[place] === "" ? words.missing(place + 1) : words.unknown_here;
  };
  return (
    <Asking submit={submit}>
      <ErrorSummary faults={faults} times={attempts} />
      <Title>{words.title}</Title>
      <p class="govuk-body">{words.lead}</p>
      <p class="govuk-hint">{words.hint}</p>
      <div class="words">
        {typed.map((value, i) => (
          <WordInput key={i} id={field(i)} label={words.word(i + 1)} list={list} value={value} error={error_at(i)}
            give={(text) => give(i, text)}
            taken={(word) => {
              give(i, word);
              focus(i + 1);
            }} />
        ))}
      </div>
      <Button>{words.button}</Button>
    </Asking>
  );
}
