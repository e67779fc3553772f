// SPDX-License-Identifier: AGPL-3.0-or-later
// What she has said and not sent: answers, files, for whom, under which codename. One of these is in work at a time; another may wait.

import { Naming } from "./naming";
import { attachment_member } from "./protocol/archive";
import type { Answer, Form } from "./protocol/form";
import { desk_audience, desk_members, open_desks, threshold_of } from "./protocol/readers";
import { report_bytes_estimate, REPORT_JSON_BYTES_MAX } from "./protocol/report";
import type { Caseworker, Roster } from "./protocol/roster";

export class Unsent {
  answers = new Map<string, Answer>();
  files: readonly File[] = [];
  desk: string | null = null;
  excluded = new Set<string>();
  readonly naming: Naming;
  /** In a follow-up: what she held back may be read from now on. */
  releases = false;

  /** touched: after each change; files, and whom she names, are not in a draft. */
  constructor(private readonly touched: (what: "draft" | "files" | "naming") => void, public codename: string | null) {
    this.naming = new Naming(() => touched("naming"));
  }

  get is_empty(): boolean {
    return this.answers.size === 0 && this.files.length === 0;
  }

  answer(question: string, answer: Answer): void {
    if (answer.length === 0) this.answers.delete(question);
    else this.answers.set(question, answer);
    this.touched("draft");
  }

  add_files(files: readonly File[]): void {
    this.files = [...this.files, ...files];
    this.touched("files");
  }

  remove_file(index: number): void {
    this.files = this.files.filter((_, i) => i !== index);
    this.touched("files");
  }

  /** A copy of it in its place, or back; nothing if it was removed meanwhile. */
  replace_file(file: File, by: File): void {
    this.files = this.files.map((old) => (old === file ? by : old));
    this.touched("files");
  }

  get files_bytes(): number {
    return this.files.reduce((sum, file) => sum + file.size, 0);
  }

  choose_desk(id: string): void {
    this.desk = id;
    this.excluded.clear();
    this.touched("draft");
  }

  exclude(id: string, excluded: boolean): void {
    if (excluded) this.excluded.add(id);
    else this.excluded.delete(id);
    this.touched("draft");
  }

  release(releases: boolean): void {
    this.releases = releases;
    this.touched("naming");
  }

  /** Where there is one desk, it is chosen; who has left the chosen one is not named. */
  take_desks(roster: Roster): void {
    const desks = open_desks(roster);
    if (this.desk === null || !desks.some((desk) => desk.id === this.desk)) this.desk = desks.length === 1 ? desks[0]?.id ?? null : null;
    const members = this.desk === null ? [] : desk_members(roster, this.desk).map((caseworker) => caseworker.id);
    this.excluded = new Set([...this.excluded].filter((id) => members.includes(id)));
  }

  readers(roster: Roster): readonly Caseworker[] {
    return this.desk === null ? [] : desk_audience(roster, this.desk).filter((caseworker) => !this.excluded.has(caseworker.id));
  }

  /** How many of them have to open it together; it cannot be sent to fewer. */
  threshold(roster: Roster): number {
    return this.desk === null ? 1 : threshold_of(roster, this.desk);
  }

  /** How many bytes the text is too long, 0 if it fits. */
  bytes_too_many(form: Form): number {
    const details = "removed"; // the longest that it can be
    const attachments = this.files.map((file, i) => ({ member: attachment_member(i, file.name), name: file.name, type: file.type, bytes: file.size, details } as const));
    return Math.max(0, report_bytes_estimate(form, this.answers, attachments) - REPORT_JSON_BYTES_MAX);
  }

  /** The words and the files, and whom she named; whom it was for and the codename stay. */
  clear_words(): void {
    this.answers.clear();
    this.files = [];
    this.naming.forget();
    this.releases = false;
  }

  forget(): void {
    this.clear_words();
    this.excluded.clear();
    this.codename = null;
  }
}
