// SPDX-License-Identifier: AGPL-3.0-or-later
// The file that came with a message (docs/spec/drops.md "A file with a message"): fetched only when she has been told what that shows, and
// never shown here.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Reply } from "../protocol/reply";
import type { ReplyFile } from "../protocol/reply_file";
import type { FileState, Return } from "../return";
import { save_name } from "../save_name";
import { size_text } from "../sizes";
import { visible_line } from "../visible";
import { say } from "../words";
import { Button } from "./parts";
import { Sure } from "./unfinished";

export function ReplyFileView({ reply, file, come_back }: { reply: Reply; file: ReplyFile; come_back: Return }): JSX.Element {
  const [asks, set_asks] = useState(false);
  const words = say.come_back.box.file;
  const state = come_back.file_of(reply);
  const get = (): void => {
    set_asks(false);
    come_back.get_file(reply);
  };
  return (
    <div class="message__file">
      <p class="govuk-body">{words.comes_along} <bdi class="files__name">{visible_line(file.name)}</bdi> ({size_text(file.bytes)})</p>
      {state === null && !asks && <Button kind="secondary" press={() => set_asks(true)}>{words.get}</Button>}
      {state === null && asks && <Sure words={words} yes={get} no={() => set_asks(false)} />}
      <div role="status">{state !== null && <p class="govuk-body">{words_of(state)}</p>}</div>
      {state?.at === "here" && <p class="govuk-body"><a class="govuk-link" href={state.url} download={save_name(file.name)}>{words.save}</a></p>}
      {(state?.at === "missing" || state?.at === "wrong" || state?.at === "refused") && <Button kind="link" press={get}>{words.again}</Button>}
    </div>
  );
}

function words_of(state: FileState): string {
  const words = say.come_back.box.file;
  if (state.at === "coming") return state.waiting ? say.come_back.box.no_answer : words.coming(state.done, state.of);
  return words[state.at];
}
