// SPDX-License-Identifier: AGPL-3.0-or-later
// The message catalogue: every word that the page itself says, in the language of this visit. One folder a language, of the same
// shape (the compiler checks it); what the organisation says (desks, people, form, helplines) comes from the roster.
// Every visitor gets all languages in the one script: which one is spoken shows in no request, and is stored nowhere.

import { cy } from "./cy";
import { en } from "./en";
import { pseudo_words } from "./pseudo";

export type Words = typeof en;

export interface Language {
  readonly tag: string;
  readonly locale: string; // whose rules for numbers and days the platform shall use
  readonly name: string; // as its speakers write it
  readonly direction: "ltr" | "rtl";
  /** Has a speaker read all of it? If not, the page says so. */
  readonly reviewed: boolean;
  readonly words: Words;
}

/** Set by build.mjs; true only in a build for tests. */
declare const PSEUDO_LANGUAGE: boolean;

const ENGLISH: Language = { tag: "en", locale: "en-GB", name: "English", direction: "ltr", reviewed: true, words: en };
export const LANGUAGES: readonly Language[] = [
  ENGLISH,
  { tag: "cy", locale: "cy", name: "Cymraeg", direction: "ltr", reviewed: false, words: cy },
  ...(PSEUDO_LANGUAGE ? [{ tag: "ar-XB", locale: "en-GB", name: "Pseudo", direction: "rtl", reviewed: false, words: pseudo_words(en) } as const] : []),
];

/** The words of this visit, and their language. Views read both anew each time they are drawn. */
export let say: Words = en;
export let spoken: Language = ENGLISH;

export function speak(language: Language): void {
  spoken = language;
  say = language.words;
}

/** Of the languages that the organisation has switched on, those that the page can speak; English where there is none. */
export function offered(switched_on: readonly string[]): readonly Language[] {
  const known = switched_on.flatMap((tag) => LANGUAGES.filter((language) => language.tag === tag));
  return known.length > 0 ? known : [ENGLISH];
}

/** wishes: the browser's, most wanted first; "en-GB" is content with "en". */
export function preferred(switched_on: readonly string[], wishes: readonly string[]): Language {
  const known = offered(switched_on);
  const found = wishes.flatMap((wish) => known.filter(({ tag }) => wish === tag || wish.startsWith(tag + "-")))[0];
  return found ?? known[0] ?? ENGLISH;
}

/** Attributes for a part that may be in another language than the page: so that a screen reader says it rightly. */
export function marked(tag: string): { lang: string; dir?: "auto" } {
  // Named also where it is the page's: taken away when she chooses another language, it would stay behind empty, which means "unknown".
  return tag === spoken.tag ? { lang: tag } : { lang: tag, dir: "auto" };
}
