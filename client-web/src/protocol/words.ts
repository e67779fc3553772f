// SPDX-License-Identifier: AGPL-3.0-or-later
// The word list that codenames are drawn from, and the one spelling of a codename (docs/spec/keys.md).

import { random_below } from "./random";

export const WORDS_IN_LIST = 7776;
export const WORDS_IN_CODENAME = 8;

export class WordList {
  private readonly known: ReadonlySet<string>;

  private constructor(private readonly words: readonly string[]) {
    this.known = new Set(words);
  }

  static parse(text: string): WordList | null {
    const words = text.trimEnd().split("\n");
    const list = new WordList(words);
    const plain = words.every((word) => /^[a-z-]+$/.test(word));
    return plain && list.known.size === WORDS_IN_LIST && words.length === WORDS_IN_LIST ? list : null;
  }

  has(word: string): boolean {
    return this.known.has(word);
  }

  /** The first few that begin so, in the order of the list. */
  beginning_with(letters: string, count_max: number): readonly string[] {
    return this.words.filter((word) => word.startsWith(letters)).slice(0, count_max);
  }

  /** Independent and uniform. */
  make_codename(): string {
    return Array.from({ length: WORDS_IN_CODENAME }, () => this.words[random_below(WORDS_IN_LIST)]).join(" ");
  }
}

export function normalise_codename(typed: string): string {
  return typed.toLowerCase().trim().split(/\s+/).join(" ");
}
