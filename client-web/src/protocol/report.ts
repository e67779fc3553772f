// SPDX-License-Identifier: AGPL-3.0-or-later
// report.json (docs/spec/report.md): what she says, and the keys with which she can be answered.

import { bytes_of_text, encode_base64, type Bytes } from "./bytes";
import type { Release, ReporterKeys } from "./codename";
import type { Day } from "./day";
import { visible_answers, type Answer, type Answers, type Form } from "./form";
import { LABEL_REPORT } from "./labels";

export const REPORT_JSON_BYTES_MAX = 48 * 1024;

export interface Attachment {
  readonly member: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly details?: "removed";
}

export interface Disclosure {
  readonly form: { readonly id: string; readonly version: number };
  readonly language: string;
  readonly answers: Readonly<Record<string, Answer>>;
  readonly accused: Readonly<Record<string, Answer>>;
}

/** What she answered, without what is hidden; a question's identifier of the accused is stored under its own name too. */
export function make_disclosure(form: Form, answers: Answers): Disclosure {
  const visible = visible_answers(form, answers);
  const accused = form.steps.flatMap((step) => step.questions).flatMap((question) => {
    const answer = visible.get(question.id);
    return question.accused !== null && answer !== undefined ? [[question.accused, answer] as const] : [];
  });
  return {
    form: { id: form.id, version: form.version },
    language: form.language,
    answers: Object.fromEntries(visible),
    accused: Object.fromEntries(accused),
  };
}

/** What this report follows, if anything: report id 0 of a codename, and that codename's word for another that takes its place. */
export interface Following {
  readonly thread: string | null;
  readonly succession: string | null;
}

export const FOLLOWS_NOTHING: Following = { thread: null, succession: null };

/** releases: of earlier reports, which she lets be read from now on (docs/spec/matching.md "Shares"). */
export function encode_report(
  disclosure: Disclosure, day: Day, attachments: readonly Attachment[], keys: PublicReporterKeys, following: Following, releases: readonly Release[] = [],
): Bytes {
  return bytes_of_text(JSON.stringify({
    format: LABEL_REPORT,
    form: disclosure.form,
    language: disclosure.language,
    day,
    answers: disclosure.answers,
    accused: disclosure.accused,
    attachments,
    authorship_key: encode_base64(keys.authorship_key),
    mailbox_root: encode_base64(keys.mailbox_root),
    reply_recipient: keys.reply_recipient,
    thread: following.thread,
    ...(following.succession === null ? {} : { succession: following.succession }),
    ...(releases.length === 0 ? {} : { releases: releases.map(({ report, release }) => ({ report, release: encode_base64(release) })) }),
  }, (_name, value: unknown) => typeof value === "string" ? well_formed(value) : value));
}

/** Pasted text and names of files may hold half a character (a lone surrogate), which is no UTF-8: the desk could not read the report. */
function well_formed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}

export type PublicReporterKeys = Pick<ReporterKeys, "authorship_key" | "mailbox_root" | "reply_recipient">;

/** Bytes of everything but her words and file names, rounded up: for telling her early that a text will not fit. */
const ENVELOPE_BYTES_MAX = 4200;

export function report_bytes_estimate(form: Form, answers: Answers, attachments: readonly Attachment[]): number {
  const { answers: given, accused } = make_disclosure(form, answers);
  return bytes_of_text(JSON.stringify([given, accused, attachments])).length + ENVELOPE_BYTES_MAX;
}
