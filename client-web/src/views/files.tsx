// SPDX-License-Identifier: AGPL-3.0-or-later
// Attachments: add, photograph, record, see what each tells, remove. Of each file little is read, and one byte to find out early that it cannot be read.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { original_of } from "../evidence/attached";
import type { Roster } from "../protocol/roster";
import { can_record, is_recording } from "../recorder";
import { size_text } from "../sizes";
import type { Visit } from "../visit";
import { say } from "../words";
import { DraftStatus } from "./draft_status";
import { EvidenceView } from "./evidence";
import { Asking, BackLink, Button, ErrorMessage, ErrorSummary, Title, type Fault } from "./parts";
import { Listen, RecorderView } from "./recorder";

/** Phones have a camera behind a file input; where the browser does not know it, the input would only be a second one. */
function has_camera(): boolean {
  return "capture" in HTMLInputElement.prototype && matchMedia("(pointer: coarse)").matches;
}

interface Props {
  readonly visit: Visit;
  readonly roster: Roster;
  readonly hold: (held: boolean) => void;
}

export function FilesView({ visit, roster, hold }: Props): JSX.Element {
  const [attempts, set_attempts] = useState(0);
  const [unreadable, set_unreadable] = useState<readonly File[]>([]);
  const words = say.files;
  const limit = size_text(roster.attachments_bytes_max);
  const faults: Fault[] = visit.said.files.flatMap((file, i) => (unreadable.includes(file) ? [{ field: "remove-" + i, text: words.unreadable(file.name) }] : []));
  if (visit.said.files.length > roster.attachments_max) faults.push({ field: "files", text: words.too_many(roster.attachments_max) });
  if (visit.said.files_bytes > roster.attachments_bytes_max) faults.push({ field: "files", text: words.too_large(limit) });

  const choose = async (input: HTMLInputElement): Promise<void> => {
    const chosen = Array.from(input.files ?? []);
    input.value = ""; // the same file can be chosen again after it was removed
    visit.said.add_files(chosen);
    const checks = await Promise.all(chosen.map(async (file) => ((await can_read(file)) ? [] : [file])));
    set_unreadable((before) => [...before, ...checks.flat()]);
  };
  const submit = (): void => {
    if (faults.length > 0) set_attempts(attempts + 1);
    else visit.next();
  };
  const field_error = faults.find((fault) => fault.field === "files")?.text;
  return (
    <Asking submit={submit}>
      <BackLink press={() => visit.back()} />
      <ErrorSummary faults={faults} times={attempts} />
      <Title>{words.title}</Title>
      <p class="govuk-body">{words.hint}</p>
      <div class={"govuk-form-group" + (field_error !== undefined ? " govuk-form-group--error" : "")}>
        <label class="govuk-label govuk-label--m" for="files">{words.choose}</label>
        <div class="govuk-hint" id="files-hint">{words.limits(roster.attachments_max, limit)}</div>
        <ErrorMessage id="files-error" text={field_error} />
        <input class="govuk-file-upload" type="file" id="files" multiple aria-describedby="files-hint" onChange={(event) => void choose(event.currentTarget)} />
      </div>
      {has_camera() && (
        <div class="govuk-form-group">
          <label class="govuk-label govuk-label--s" for="camera">{say.evidence.photo}</label>
          <div class="govuk-hint" id="camera-hint">{say.evidence.photo_hint}</div>
          <input class="govuk-file-upload" type="file" id="camera" accept="image/*" capture="environment" aria-describedby="camera-hint" onChange={(event) => void choose(event.currentTarget)} />
        </div>
      )}
      {can_record() && <RecorderView add={(file) => visit.said.add_files([file])} hold={hold} />}
      <p class="govuk-inset-text">{words.metadata}</p>
      <div aria-live="polite">
        <h2 class="govuk-heading-s">{visit.said.files.length > 0 ? words.added : words.none}</h2>
        {visit.said.files.length > 0 && <FileList visit={visit} />}
      </div>
      <Button>{say.continue}</Button>
      <DraftStatus visit={visit} />
    </Asking>
  );
}

function FileList({ visit }: { visit: Visit }): JSX.Element {
  return (
    <>
      <ul class="govuk-list files">
        {visit.said.files.map((file, i) => (
          <li class="files__file" key={key_of(file)}>
            <span class="files__name">{file.name}</span>
            <span class="files__size">{size_text(file.size)}</span>
            <button type="button" class="link-button govuk-link" id={"remove-" + i} onClick={() => visit.said.remove_file(i)}>
              {say.files.remove}<span class="govuk-visually-hidden"> {file.name}</span>
            </button>
            <div class="files__more">
              {is_recording(file) && <Listen file={file} />}
              <EvidenceView file={file} index={i} replace={(by) => visit.said.replace_file(file, by)} />
            </div>
          </li>
        ))}
      </ul>
      <p class="govuk-body">{say.files.total(size_text(visit.said.files_bytes))}</p>
    </>
  );
}

const keys = new WeakMap<File, number>();
let last_key = 0;

/** The same for a file and its copy, so that a choice stays with its file when another one is removed. */
function key_of(file: File): number {
  const original = original_of(file);
  const key = keys.get(original) ?? (last_key += 1);
  keys.set(original, key);
  return key;
}

async function can_read(file: File): Promise<boolean> {
  try {
    return (await file.slice(0, 1).arrayBuffer()).byteLength === Math.min(1, file.size);
  } catch {
    return false;
  }
}
