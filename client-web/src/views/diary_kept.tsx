// SPDX-License-Identifier: AGPL-3.0-or-later
// Her report was not sent: it is kept in her diary.

import type { JSX } from "preact";
import type { Visit } from "../visit";
import { say } from "../words";
import { DiaryState } from "./kept_state";
import { BackLink, Button, Title } from "./parts";

export function DiaryKeptView({ visit }: { visit: Visit }): JSX.Element {
  const words = say.diary.kept;
  const { diary } = visit;
  const done = diary.doing === null && !diary.refused;
  return (
    <>
      {!done && <BackLink press={() => visit.back()} />}
      <Title>{words.title}</Title>
      <DiaryState diary={diary} doing={words.saving} />
      {diary.refused && <Button press={() => visit.keeping.keep_in_diary()}>{words.again}</Button>}
      {done && (
        <>
          <div role="status"><p class="govuk-body">{words.done}</p></div>
          <p class="govuk-body">{words.nobody}</p>
          {visit.wants_saving && <p class="govuk-body">{words.draft}</p>}
          <Button press={() => visit.keeping.open_diary()}>{words.open}</Button>
        </>
      )}
    </>
  );
}
