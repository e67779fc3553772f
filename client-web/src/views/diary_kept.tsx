// SPDX-License-Identifier: AGPL-3.0-or-later
// Her report was not sent: it is kept in her diary, where nobody reads it.

import type { JSX } from "preact";
import type { Roster } from "../protocol/roster";
import type { Visit } from "../visit";
import { say } from "../words";
import { DangerSaid } from "./danger";
import { DiaryState } from "./kept_state";
import { BackLink, Button, Title } from "./parts";

export function DiaryKeptView({ visit, roster }: { visit: Visit; roster: Roster }): JSX.Element {
  const words = say.diary.kept;
  const { diary, keeping } = visit;
  const done = diary.doing === null && !diary.refused;
  return (
    <>
      {!done && <BackLink press={() => visit.back()} />}
      <Title>{words.title}</Title>
      <DiaryState diary={diary} doing={words.saving} />
      {diary.refused && <Button press={() => keeping.keep_in_diary()}>{words.again}</Button>}
      {done && (
        <>
          <div role="status"><p class="govuk-body">{words.done}</p></div>
          <p class="govuk-inset-text">{words.nobody} {say.diary.readers.nobody}</p>
          {visit.wants_saving && <p class="govuk-body">{words.draft}</p>}
          {keeping.safety_part !== null && <DangerSaid roster={roster} />}
          <div class="govuk-button-group">
            <Button press={() => keeping.open_diary()}>{words.open}</Button>
            {keeping.safety_part !== null && <Button kind="secondary" press={() => keeping.offer_safety_part()}>{say.diary.part.offer}</Button>}
          </div>
        </>
      )}
    </>
  );
}
