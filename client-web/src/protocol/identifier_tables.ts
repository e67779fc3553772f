// SPDX-License-Identifier: AGPL-3.0-or-later
// The closed lists of docs/spec/identifiers.md: the files that `candour` has compiled in, too.

import FORCES from "../../../protocol/identifiers/forces.json";
import MAIL from "../../../protocol/identifiers/mail.json";
import PLATFORMS from "../../../protocol/identifiers/platforms.json";
import WORDS from "../../../protocol/identifiers/words.json";
import { folded, letters_and_digits, parts } from "./identifier_text";

type Names = ReadonlySet<string>;

/** Before a name; before a number; in every force's name; said of what is not known. */
export const TITLES: Names = new Set(WORDS.titles);
export const RANKS: Names = new Set(WORDS.ranks);
export const NUMBER_WORDS: Names = new Set(WORDS.number_words);
const FORCE_WORDS: Names = new Set(WORDS.force_words);
export const PLACEHOLDERS: Names = new Set(WORDS.placeholders);
/** Where nothing but the account is compared. */
export const ACCOUNT_PLACEHOLDERS: Names = new Set([...WORDS.placeholders, ...WORDS.account_placeholders]);

export interface Force {
  readonly id: string;
  readonly name: string;
  /** Letters in a number that stand for the force. */
  readonly codes: Names;
  readonly letters_needed: boolean;
}

/** The words by which it is known, without those that others have too. */
function force_key(name: string): string {
  const spaced = Array.from(name, (letter) => folded(letter) ?? " ").join("");
  return parts(spaced, " ").filter((word) => !FORCE_WORDS.has(word)).join(" ");
}

const FORCES_BY_ID = new Map<string, Force>();
const FORCES_BY_KEY = new Map<string, Force>();
for (const { id, name, also, codes, ...marks } of FORCES) {
  const force = { id, name, codes: new Set<string>(codes), letters_needed: "letters_needed" in marks };
  FORCES_BY_ID.set(id, force);
  for (const known of [id, name, ...also]) FORCES_BY_KEY.set(force_key(known), force);
}

export const ALL_FORCES: readonly Force[] = [...FORCES_BY_ID.values()];

export function force_of_id(id: string): Force {
  const force = FORCES_BY_ID.get(id);
  if (force === undefined) throw new RangeError("no such force");
  return force;
}

export function force_named(text: string): Force | undefined {
  return FORCES_BY_KEY.get(force_key(text));
}

export const GMAIL: Names = new Set(MAIL.gmail);
export const TAGGED_MAIL: Names = new Set(MAIL.tagged);
export const SHARED_MAIL: Names = new Set(MAIL.shared);

export interface Platform {
  readonly id: string;
  readonly name: string; // as people write it
  readonly names: Names; // letters and digits in lower case
  readonly hosts: Names;
  readonly before: Names;
  readonly not_names: Names;
  readonly marks: string;
  readonly ignored: string;
  readonly least: number;
  readonly most: number;
}

export const ALL_PLATFORMS: readonly Platform[] = PLATFORMS.platforms.map((platform) => ({
  ...platform,
  name: platform.names[0] ?? platform.id,
  names: new Set(platform.names.map(letters_and_digits)),
  hosts: new Set<string>(platform.hosts),
  before: new Set<string>(platform.before),
  not_names: new Set<string>(platform.not_names),
}));
export const PLATFORMS_BY_PHONE: Names = new Set(PLATFORMS.phones.map(letters_and_digits));
export const HOST_PREFIXES: readonly string[] = PLATFORMS.host_prefixes;

export function platform_of_id(id: string): Platform {
  const platform = ALL_PLATFORMS.find((known) => known.id === id);
  if (platform === undefined) throw new RangeError("no such platform");
  return platform;
}
