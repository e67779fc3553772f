// SPDX-License-Identifier: AGPL-3.0-or-later
// What the page says in the organisation's words, beside the form (docs/spec/roster.md "Words of the organisation"):
// languages, texts, translations, icon. Nothing here decides who can read.

import { parse_form, type Form } from "./form";
import * as json from "./json";

const LANGUAGES_MAX = 16;
const TEXT_BYTES_MAX = 4000;
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;
const TEXT_NAMES = ["read_when", "not_emergency", "emergency", "tor_noticed", "do_not_look_up", "privacy", "court"] as const;
/** The question of the form whose options have lines of their own in privacy_in. */
export const NATION = "nation";

export type TextName = (typeof TEXT_NAMES)[number];

export interface Texts {
  readonly lines: ReadonlyMap<TextName, string>;
  readonly privacy_in: ReadonlyMap<string, string>;
}

export interface Translation {
  readonly language: string;
  readonly form: Form | null;
  readonly texts: Texts;
}

export interface RosterWords {
  readonly icon: string; // empty: the page's own
  readonly languages: readonly string[];
  readonly texts: Texts;
  readonly translations: readonly Translation[];
}

export function parse_roster_words(roster: json.Fields, form: Form): RosterWords {
  const languages = roster["languages"] === undefined ? ["en"] : json.as_list(roster["languages"], "languages", LANGUAGES_MAX).map(as_language);
  json.refuse_repeats(languages, "languages");
  if (languages.length === 0) throw new json.Malformed("languages");
  const texts = parse_texts(roster["texts"], "texts", form);
  const translations = roster["translations"] === undefined ? [] : json.as_list(roster["translations"], "translations", LANGUAGES_MAX)
    .map((value, i) => parse_translation(value, "translations[" + i + "]", form, languages));
  json.refuse_repeats(translations.map(({ language }) => language), "translations");
  return {
    icon: roster["icon"] === undefined ? "" : json.as_id(roster["icon"], "icon"),
    languages,
    texts,
    translations,
  };
}

function as_language(value: unknown): string {
  if (typeof value !== "string" || !LANGUAGE.test(value)) throw new json.Malformed("languages");
  return value;
}

/** Names that are not known here are ignored. */
function parse_texts(value: unknown, field: string, form: Form): Texts {
  if (value === undefined) return { lines: new Map(), privacy_in: new Map() };
  const fields = json.as_object(value, field);
  const lines = new Map<TextName, string>();
  for (const name of TEXT_NAMES) {
    if (fields[name] !== undefined) lines.set(name, json.as_line(fields[name], field + "." + name, TEXT_BYTES_MAX));
  }
  const nations = form.steps.flatMap((step) => step.questions).find((question) => question.id === NATION)?.options ?? [];
  const privacy_in = new Map<string, string>();
  if (fields["privacy_in"] !== undefined) {
    for (const [nation, line] of Object.entries(json.as_object(fields["privacy_in"], field + ".privacy_in"))) {
      if (!nations.some((option) => option.id === nation)) throw new json.Malformed(field + ".privacy_in");
      privacy_in.set(nation, json.as_line(line, field + ".privacy_in", TEXT_BYTES_MAX));
    }
  }
  return { lines, privacy_in };
}

function parse_translation(value: unknown, field: string, form: Form, languages: readonly string[]): Translation {
  const fields = json.as_object(value, field);
  const language = fields["language"];
  if (typeof language !== "string" || !languages.includes(language) || language === form.language) throw new json.Malformed(field + ".language");
  const translated = fields["form"] === undefined ? null : parse_form(fields["form"]);
  if (translated !== null && (translated.language !== language || !same_questions(form, translated))) throw new json.Malformed(field + ".form");
  return { language, form: translated, texts: parse_texts(fields["texts"], field + ".texts", form) };
}

/** Do both ask the same, in whatever words? */
export function same_questions(one: Form, other: Form): boolean {
  const without_words = (form: Form): string => JSON.stringify({
    ...form, language: "",
    steps: form.steps.map((step) => ({
      ...step, title: "", text: [],
      questions: step.questions.map((question) => ({ ...question, label: "", hint: "", options: question.options.map(({ id, danger }) => [id, danger]) })),
    })),
  });
  return without_words(one) === without_words(other);
}
