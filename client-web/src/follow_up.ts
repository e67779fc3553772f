// SPDX-License-Identifier: AGPL-3.0-or-later
// What she can send after a first report, as forms of one step or none: so that questions, check page and sending are those of a report.

import type { Form } from "./protocol/form";
import { say } from "./words";

const CHARACTERS_MAX = 20_000;

export function follow_up_form(language: string): Form {
  const words = say.come_back.more;
  return {
    id: "follow-up", version: 1, language, account: ["more"],
    steps: [{
      id: "more", title: words.title, text: words.text,
      questions: [{ id: "more", kind: "long_text", label: words.label, hint: words.hint, options: [], characters_max: CHARACTERS_MAX, accused: null, show_if: null, safety: false }],
    }],
  };
}

/** Another codename in the place of the old one: nothing is asked. */
export function succession_form(language: string): Form {
  return { id: "new-codename", version: 1, language, account: [], steps: [] };
}

/** Entries of her diary, as a file: nothing is asked. */
export function release_form(language: string): Form {
  return { id: "diary", version: 1, language, account: ["diary"], steps: [] };
}
