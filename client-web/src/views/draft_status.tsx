// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether what she writes is saved: quietly, below the button. A screen reader is told when saving fails and when it works again,
// not at each save.

import type { JSX } from "preact";
import type { Draft } from "../draft";
import type { Visit } from "../visit";
import { say } from "../words";
import { Button } from "./parts";

export function DraftStatus({ visit }: { visit: Visit }): JSX.Element {
  const words = say.diary.status;
  const { draft } = visit;
  if (visit.kind !== "report" || draft.state === "off") return <p class="govuk-hint">{say.nothing_kept}</p>;
  const troubled = draft.state !== "saved" && draft.state !== "saving" && draft.state !== "not-yet";
  return (
    <>
      {visit.form_changed && <p class="govuk-inset-text">{words.form_changed}</p>}
      <p class="govuk-hint" id="draft-status" aria-hidden={troubled}>{words[draft.state]} {draft.state === "saved" && words.codename}</p>
      <div class="govuk-visually-hidden" role="status">{troubled ? words[draft.state] : ""}</div>
      {draft.state === "elsewhere" && <p><Button kind="link" press={() => draft.save_this_one()}>{words.this_one}</Button></p>}
    </>
  );
}

/** After its report was sent. */
export function DraftGone({ draft }: { draft: Draft }): JSX.Element | null {
  const words = say.diary.status;
  if (draft.removal === "none") return null;
  const waits = draft.removal_waits;
  const state = { done: words.removed, "under-way": waits ? say.diary.waiting : words.removing, refused: words.not_removed }[draft.removal];
  return (
    <>
      <p class="govuk-body" role="status">{state}</p>
      {waits && <p><Button kind="secondary" press={() => draft.again()}>{say.diary.try_now}</Button></p>}
      {draft.removal === "refused" && <p><Button kind="secondary" press={() => draft.remove_ended()}>{say.diary.kept.again}</Button></p>}
    </>
  );
}
