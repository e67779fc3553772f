// SPDX-License-Identifier: AGPL-3.0-or-later
// What she sent along. Hostile until shown otherwise: a picture or text only when asked for, in a frame that may do nothing; the rest
// is saved as a file and never opened here.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { size_text } from "../../src/sizes";
import { Asking, Button } from "../../src/views/parts";
import { visible_line } from "../../src/visible";
import type { Desk } from "../desk";
import { REASON_BYTES_MAX, wrong_line } from "../line";
import type { Account, Attachment, Case } from "../shapes";
import { say } from "../words";
import { Command, Done, Line, Outcome, use_action, use_kept_focus } from "./pieces";

export function FilesView({ desk, one, account }: { desk: Desk; one: Case; account: Account }): JSX.Element {
  const words = say.files;
  return (
    <>
      <h4 class="govuk-heading-s">{words.title(account.attachments.length)}</h4>
      <p class="govuk-hint">{words.hostile}</p>
      <ul class="files">
        {account.attachments.map((file, number) => <FileItem desk={desk} one={one} report={account.report} file={file} number={number} />)}
      </ul>
    </>
  );
}

/** The tool names it; a name of another form is not taken. */
function name_to_save(response: Response, number: number): string {
  const named = /filename="?([A-Za-z0-9._-]{1,100})"?\s*(;|$)/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
  return named ?? `attachment-${(number + 1).toString()}.bin`;
}

async function save(response: Response, number: number): Promise<string> {
  const name = name_to_save(response, number);
  const address = URL.createObjectURL(new Blob([await response.arrayBuffer()], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  return name;
}

/** In percent. Without scripts the frame shows a picture as large as it is, and a photo is many times wider than the frame. */
const SIZES = [15, 25, 50, 100] as const;
const likely_size = (bytes: number): number => (bytes > 1_000_000 ? 15 : bytes > 300_000 ? 25 : bytes > 100_000 ? 50 : 100);
const shrunk = (size: number): JSX.CSSProperties => {
  const whole = (10_000 / size).toString() + "%";
  return { width: whole, height: whole, transform: `scale(${(size / 100).toString()})` };
};

function Sizes({ id, size, set }: { id: string; size: number; set: (size: number) => void }): JSX.Element {
  return (
    <p class="files__ask">
      <label class="govuk-label" for={id}>{say.files.size}</label>
      <select class="govuk-select" autocomplete="off" id={id} value={size.toString()} onChange={(event) => set(Number(event.currentTarget.value))}>
        {SIZES.map((one) => <option value={one.toString()}>{one} %</option>)}
      </select>
    </p>
  );
}

function FileItem({ desk, one, report, file, number }: { desk: Desk; one: Case; report: string; file: Attachment; number: number }): JSX.Element {
  const words = say.files;
  const action = use_action();
  const [path, set_path] = useState<string | null>(null);
  const [size, set_size] = useState(file.view === "image" ? likely_size(file.bytes) : 100);
  const [saved, set_saved] = useState<string | null>(null);
  const id = `file-${report.slice(0, 12)}-${number.toString()}`;
  use_kept_focus(path === null, id + "-view"); // the button that shows it, or the one that hides it
  const locked = one.quarantined.find((item) => item.report === report && item.attachment === number + 1);
  const view = async (): Promise<void> => set_path(await desk.view_path(report, number));
  const download = async (): Promise<void> => set_saved(await save(await desk.file(report, number), number));
  return (
    <li class="files__item" id={id} tabIndex={-1}>
      <p class="files__line">
        <strong class="files__called"><Line of={file.name} /></strong>
        <span class="files__size">{size_text(file.bytes)}</span>
        <span class="files__size"><Line of={words.type(file.type)} /></span>
      </p>
      <Outcome action={action} field={id} />
      {locked !== undefined && <p class="govuk-body left-out">{visible_line(say.quarantine.locked(locked.reason))}</p>}
      {!file.kept && <><p class="govuk-body">{words.not_kept}</p><Command of={`candour open ${report} --out FOLDER`} /></>}
      {file.kept && locked === undefined && (
        <>
          {file.view === null && <p class="govuk-hint">{words.not_shown}</p>}
          {file.view !== null && path === null && (
            <p class="files__ask">
              <Button kind="secondary" id={id + "-view"} press={() => void action.run(view)}>{file.view === "image" ? words.show_image : words.show_text}</Button>
              {file.view === "image" && <span class="govuk-hint">{words.image_hint}</span>}
            </p>
          )}
          {path !== null && (
            <>
              {file.view === "image" && <Sizes id={id + "-size"} size={size} set={set_size} />}
              <div class="files__view">
                <iframe class="files__frame" sandbox="" referrerpolicy="no-referrer" title={visible_line(words.frame(file.name))} src={path} style={shrunk(size)} />
              </div>
              <Button kind="link" id={id + "-view"} press={() => set_path(null)}>{words.hide}</Button>
            </>
          )}
          <details class="govuk-details">
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{words.download}</span></summary>
            <div class="govuk-details__text">
              <p class="govuk-body">{words.download_hint}</p>
              <Button kind="secondary" press={() => void action.run(download)}>{words.download}</Button>
              {saved !== null && <Done>{words.saved(saved)}</Done>}
            </div>
          </details>
        </>
      )}
      {one.mine && <Quarantine desk={desk} one={one} report={report} attachment={number + 1} on={locked !== undefined} done={() => set_path(null)} />}
    </li>
  );
}

function Quarantine({ desk, one, report, attachment, on, done }: { desk: Desk; one: Case; report: string; attachment: number; on: boolean; done: () => void }): JSX.Element {
  const words = say.quarantine;
  const action = use_action();
  const [reason, set_reason] = useState("");
  const id = `lock-${report.slice(0, 12)}-${attachment.toString()}`;
  const save = (): void => {
    const wrong = wrong_line(reason.trim(), REASON_BYTES_MAX);
    if (wrong !== null) return action.refuse(wrong);
    void action.run(() => desk.say_event(one.id, "quarantine", { report, attachment, set: !on, reason: reason.trim() })).then((went_well) => {
      if (!went_well) return;
      set_reason("");
      done();
    });
  };
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{on ? words.take_out : words.put}</span></summary>
      <div class="govuk-details__text">
        <Asking submit={save}>
          <p class="govuk-body">{words.put_hint}</p>
          <label class="govuk-label" for={id}>{words.reason}</label>
          <div class="add">
            <input class="govuk-input" id={id} type="text" value={reason} dir="auto" autocomplete="off" spellcheck={false} onInput={(event) => set_reason(event.currentTarget.value)} />
            <Button kind="secondary">{on ? words.take_out : words.put}</Button>
          </div>
          <Outcome action={action} field={id} done={words.done} />
        </Asking>
      </div>
    </details>
  );
}
