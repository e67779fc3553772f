// SPDX-License-Identifier: AGPL-3.0-or-later
// What the organisation says, in the language of this visit where it has said it in that; else in its own, and else the page's words.

import type { Roster } from "./protocol/roster";
import type { TextName } from "./protocol/roster_words";
import { say, spoken } from "./words";

export interface Line {
  readonly text: string;
  readonly language: string;
}

/** The same roster with the form in this language, if there is one. */
export function in_language(roster: Roster, language: string): Roster {
  const form = roster.translations.find((translation) => translation.language === language)?.form;
  return form === null || form === undefined ? roster : { ...roster, form };
}

/** roster: null where none can be believed. */
export function line_of(roster: Roster | null, name: TextName): Line {
  const translated = roster?.translations.find(({ language }) => language === spoken.tag)?.texts.lines.get(name);
  if (translated !== undefined) return { text: translated, language: spoken.tag };
  const own = roster?.texts.lines.get(name);
  if (roster !== null && own !== undefined) return { text: own, language: roster.language };
  return { text: say.texts[name], language: spoken.tag };
}

/** What may have to be told: by the nation that she named, or else what holds everywhere. */
export function privacy_line(roster: Roster, nation: string): Line {
  const translated = roster.translations.find(({ language }) => language === spoken.tag)?.texts.privacy_in.get(nation);
  if (translated !== undefined) return { text: translated, language: spoken.tag };
  const own = roster.texts.privacy_in.get(nation);
  if (own !== undefined) return { text: own, language: roster.language };
  const general = line_of(roster, "privacy");
  const says_its_own = general.text !== say.texts.privacy;
  return says_its_own ? general : { text: say.privacy_in[nation] ?? general.text, language: general.language };
}
