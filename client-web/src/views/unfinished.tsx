// SPDX-License-Identifier: AGPL-3.0-or-later
// A report that was begun, under the codename of the box: go on with it here, or remove it.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { full_day_text } from "../day_text";
import type { Visit } from "../visit";
import { say } from "../words";
import { BackLink, Button, Title } from "./parts";
import { Paused } from "./trouble";

export function UnfinishedView({ visit }: { visit: Visit }): JSX.Element {
  const [asks, set_asks] = useState(false);
  const words = say.diary.unfinished;
  const { draft } = visit;
  const { found, looking } = draft;
  const codename = visit.come_back.codename ?? "";
  const waiting = draft.looks_in_vain;
  const status = waiting ? say.diary.waiting : looking === "looking" ? words.looking : looking === "removing" ? words.removing : found === null ? words.none : found !== undefined ? words.found(full_day_text(found.day)) : "";
  return (
    <>
      <BackLink press={() => visit.back()} />
      <Title>{words.title}</Title>
      {found === undefined && looking === "no" && <p class="govuk-body">{say.diary.seen}</p>}
      <div role="status">
        {draft.lookup_refused && <p class="govuk-body">{say.diary.refused}</p>}
        {status !== "" && <p class="govuk-body">{status}</p>}
      </div>
      {waiting && <p><Button kind="secondary" press={() => draft.again()}>{say.diary.try_now}</Button></p>}
      {found === undefined && looking === "no" && <Button press={() => draft.look(codename)}>{words.look}</Button>}
      {found !== undefined && found !== null && looking === "no" && (
        <>
          <p class="govuk-body">{words.files}</p>
          <Paused visit={visit} />
          {visit.keeping.has_begun && <p class="govuk-inset-text">{words.replaces}</p>}
          {!asks && <Button press={() => visit.keeping.go_on_with(found)}>{words.go_on}</Button>}
          {!asks && <p><Button kind="link" press={() => set_asks(true)}>{words.remove}</Button></p>}
          {asks && <Sure words={words} yes={() => draft.remove_found(codename)} no={() => set_asks(false)} />}
        </>
      )}
    </>
  );
}

/** Asked once more before something is gone for good. */
export function Sure({ words, yes, no }: { words: { readonly sure: string; readonly yes: string; readonly no: string }; yes: () => void; no: () => void }): JSX.Element {
  return (
    <div class="govuk-inset-text" role="group" aria-label={words.sure}>
      <p class="govuk-body" role="alert">{words.sure}</p>
      <div class="govuk-button-group">
        <Button kind="secondary" press={yes}>{words.yes}</Button>
        <Button kind="secondary" press={no}>{words.no}</Button>
      </div>
    </div>
  );
}
