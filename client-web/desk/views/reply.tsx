// SPDX-License-Identifier: AGPL-3.0-or-later
// An answer to her. It looks like nothing else on the page, and what she said about contact stands above it.

import type { JSX, RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { full_day_text } from "../../src/day_text";
import { bytes_of_text } from "../../src/protocol/bytes";
import { size_text } from "../../src/sizes";
import { Asking, Button } from "../../src/views/parts";
import type { Desk } from "../desk";
import type { Held } from "../held";
import { read_file, wrong_file, type SentFile } from "../reply_file";
import type { Account, Answer, Case } from "../shapes";
import { say, short_day } from "../words";
import { AnswerItem } from "./account";
import { Done, FocusHeading, Line, Outcome, Tag, use_action, Words } from "./pieces";

const REPLY_BYTES_MAX = 14_000;

const is_about_contact = ({ id }: Answer): boolean => id.startsWith("contact") || id === "access_needs";

export function ReplyView({ desk, held, one }: { desk: Desk; held: Held; one: Case }): JSX.Element {
  const words = say.reply;
  const accounts = desk.accounts_of(one).filter((account) => account.signed);
  const newest = accounts.at(-1);
  const at = one.reports.findIndex(({ id }) => id === newest?.report);
  // Those of one day are in no order.
  const newer = one.reports.some((report, i) => report.signed && !held.accounts.has(report.id) && (i > at || !report.read));
  return (
    <section class="write write--reply" id="reply" tabIndex={-1} aria-labelledby="reply-title">
      <div class="write__head"><h2 class="govuk-heading-m" id="reply-title">{words.title}</h2><Tag look="new">{words.badge}</Tag></div>
      {newest === undefined ? <p class="govuk-body">{words.first}</p> : (
        <>
          {newer && <p class="govuk-body alarm">{words.newer}</p>}
          <Contact accounts={accounts} />
          <WriteReply key={newest.report} desk={desk} held={held} one={one} report={newest.report} />
        </>
      )}
    </section>
  );
}

/** The newest first: what she said last holds. */
function Contact({ accounts }: { accounts: readonly Account[] }): JSX.Element {
  const words = say.reply;
  const said = [...accounts].reverse().map((account) => ({ account, answers: account.answers.filter(is_about_contact) })).filter(({ answers }) => answers.length > 0);
  return (
    <div class="contact">
      <h3 class="govuk-heading-s">{words.contact}</h3>
      {said.length === 0 && <p class="govuk-body">{words.contact_none}</p>}
      {said.map(({ account, answers }) => (
        <>
          {said.length > 1 && account.written !== null && <p class="govuk-hint">{words.from(short_day(account.written))}</p>}
          <dl class="answers">{answers.map((answer) => <AnswerItem answer={answer} language={account.language} />)}</dl>
        </>
      ))}
    </div>
  );
}

function WriteReply({ desk, held, one, report }: { desk: Desk; held: Held; one: Case; report: string }): JSX.Element {
  const words = say.reply;
  const draft = held.draft_of(one.id);
  const action = use_action();
  const [text, set_text] = useState(draft.reply);
  const [file, set_file] = useState(draft.reply_file);
  const [canned, set_canned] = useState("");
  const [checking, set_checking] = useState(false);
  const [sent, set_sent] = useState<{ readonly number: number; readonly day: string } | null>(null);
  const left = REPLY_BYTES_MAX - bytes_of_text(text).length;
  const field = useRef<HTMLTextAreaElement>(null);
  const told = useRef<HTMLDivElement>(null);
  const checked = useRef(false);
  // Back from the check: to what came of it, or to go on writing.
  useLayoutEffect(() => {
    if (checked.current && !checking) (told.current ?? field.current)?.focus();
    checked.current = checking;
  }, [checking]);
  const write = (now: string): void => {
    draft.reply = now;
    set_text(now);
    set_sent(null);
  };
  const take_file = (now: File | null): void => {
    draft.reply_file = now;
    set_file(now);
    set_sent(null);
  };
  const choose = (input: HTMLInputElement): void => {
    const chosen = input.files?.[0];
    input.value = ""; // the same file can be chosen again after it was removed
    if (chosen === undefined) return;
    const wrong = wrong_file(chosen);
    if (wrong !== null) return action.refuse(wrong);
    void action.run(() => Promise.resolve()).then(() => take_file(chosen)); // takes away what was wrong before
  };
  const add_canned = (): void => {
    const chosen = say.canned.find(({ name }) => name === canned);
    if (chosen === undefined) return;
    write(text.trim() === "" ? chosen.text : text.trimEnd() + "\n\n" + chosen.text);
    document.getElementById("reply-words")?.focus();
  };
  const check = (): void => {
    if (text.trim() === "") return action.refuse(words.empty);
    if (left < 0) return action.refuse(words.too_long);
    void action.run(() => Promise.resolve()).then(() => set_checking(true)); // takes away what was wrong before
  };
  const send = async (): Promise<void> => {
    const read = file === null ? null : await read_file(file);
    if (file !== null && read === null) return action.refuse(words.file.unreadable);
    await action.run(() => send_with(read));
  };
  const send_with = async (read: SentFile | null): Promise<void> => {
    const done = await desk.reply(report, text, read);
    write("");
    take_file(null);
    set_checking(false);
    set_sent(done);
  };
  if (checking) {
    return (
      <>
        <FocusHeading>{words.check_title}</FocusHeading>
        <div class="preview"><Words of={text} /></div>
        {file !== null && <p class="govuk-body"><Line of={file.name} /> ({size_text(file.size)})</p>}
        <p class="govuk-body">{words.check_hint}</p>
        <Outcome action={action} field="reply-send" />
        <div class="govuk-button-group">
          <Button id="reply-send" press={() => void send()}>{words.send}</Button>
          {!action.working && <Button kind="secondary" press={() => set_checking(false)}>{words.edit}</Button>}
        </div>
      </>
    );
  }
  return (
    <Asking submit={check}>
      {sent !== null && <Sent box={told} desk={desk} held={held} one={one} sent={sent} />}
      <div class="govuk-form-group canned">
        <label class="govuk-label" for="canned">{words.canned}</label>
        <div class="canned__line">
          <select class="govuk-select" autocomplete="off" id="canned" value={canned} onChange={(event) => set_canned(event.currentTarget.value)}>
            <option value="">{words.canned_none}</option>
            {say.canned.map(({ name }) => <option value={name}>{name}</option>)}
          </select>
          <Button kind="secondary" press={add_canned}>{words.canned_button}</Button>
        </div>
      </div>
      <div class="govuk-form-group">
        <label class="govuk-label govuk-label--s" for="reply-words">{words.label}</label>
        <div class="govuk-hint" id="reply-hint">{words.hint}</div>
        <textarea class="govuk-textarea" id="reply-words" ref={field} rows={7} value={text} dir="auto" autocomplete="off" spellcheck={false} aria-describedby="reply-hint reply-left"
          onInput={(event) => write(event.currentTarget.value)} />
        <div id="reply-left" class={left < 0 ? "govuk-error-message" : "govuk-hint"} aria-live="polite">{left < REPLY_BYTES_MAX / 4 ? words.bytes_left(left) : ""}</div>
      </div>
      <div class="govuk-form-group">
        <label class="govuk-label govuk-label--s" for="reply-file">{words.file.label}</label>
        <div class="govuk-hint" id="reply-file-hint">{words.file.hint}</div>
        {file === null
          ? <input class="govuk-file-upload" type="file" id="reply-file" autocomplete="off" aria-describedby="reply-file-hint" onChange={(event) => choose(event.currentTarget)} />
          : <p class="govuk-body"><Line of={file.name} /> ({size_text(file.size)}) <Button kind="link" press={() => take_file(null)}>{words.file.remove}</Button></p>}
      </div>
      <Outcome action={action} field="reply-words" />
      <Button>{words.check}</Button>
    </Asking>
  );
}

/** Nobody sees it again, so that it was sent is worth a note. */
function Sent({ box, desk, held, one, sent }: { box: RefObject<HTMLDivElement>; desk: Desk; held: Held; one: Case; sent: { readonly number: number; readonly day: string } }): JSX.Element {
  const words = say.reply;
  const note_it = (): void => {
    const draft = held.draft_of(one.id);
    draft.note = draft.note + (draft.note === "" ? "" : "\n\n") + words.noted(sent.number, full_day_text(sent.day));
    desk.redraw();
    document.getElementById("note-words")?.focus();
  };
  return (
    <div class="sent" tabIndex={-1} ref={box}>
      <Done>{words.sent(sent.number, full_day_text(sent.day))}</Done>
      {one.mine && <Button kind="link" press={note_it}>{words.note_it}</Button>}
    </div>
  );
}
