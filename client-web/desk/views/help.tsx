// SPDX-License-Identifier: AGPL-3.0-or-later
// The keys, in a dialog; and their switch.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../src/views/parts";
import { are_letters_on, switch_letters } from "../shortcuts";
import { say } from "../words";

const dialog = (): HTMLDialogElement | null => document.querySelector<HTMLDialogElement>("dialog#help");

export function show_help(): void {
  const help = dialog();
  if (help?.open === false) help.showModal();
}

export function HelpView(): JSX.Element {
  const [letters, set_letters] = useState(are_letters_on());
  const words = say.help;
  return (
    <dialog class="dialog" id="help" aria-labelledby="help-title">
      <h2 class="govuk-heading-m" id="help-title" tabIndex={-1}>{words.title}</h2>
      <dl class="keys">
        {words.all.map(([key, does]) => <div><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div>)}
      </dl>
      <div class="govuk-checkboxes govuk-checkboxes--small">
        <div class="govuk-checkboxes__item">
          <input class="govuk-checkboxes__input" id="letters" type="checkbox" autocomplete="off" checked={letters} aria-describedby="letters-hint"
            onChange={(event) => {
              switch_letters(event.currentTarget.checked);
              set_letters(are_letters_on());
            }} />
          <label class="govuk-label govuk-checkboxes__label" for="letters">{words.letters}</label>
          <div class="govuk-hint govuk-checkboxes__hint" id="letters-hint">{words.letters_hint}</div>
        </div>
      </div>
      <Button press={() => dialog()?.close()}>{words.close}</Button>
    </dialog>
  );
}
