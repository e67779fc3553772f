// SPDX-License-Identifier: AGPL-3.0-or-later
// The days on which somebody asked this, with her words. On request only, and no proof.

import type { JSX } from "preact";
import { full_day_text } from "../day_text";
import type { Visit } from "../visit";
import { say } from "../words";
import { DiaryState } from "./kept_state";
import { BackLink, Bullets, Button, Title } from "./parts";

export function LastOpenedView({ visit }: { visit: Visit }): JSX.Element {
  const words = say.diary.last_opened;
  const { diary } = visit;
  const codename = visit.come_back.codename ?? "";
  const { opened } = diary;
  return (
    <>
      <BackLink press={() => visit.back()} />
      <Title>{words.title}</Title>
      <p class="govuk-body">{words.lead}</p>
      <p class="govuk-inset-text">{words.no_proof}</p>
      {opened === null && diary.doing === null && <p class="govuk-body">{say.diary.seen}</p>}
      <DiaryState diary={diary} doing={words.looking} />
      {opened === null && diary.doing === null && <Button press={() => diary.mark_opened(codename)}>{words.show}</Button>}
      {opened !== null && (
        <div role="status">
          {opened.days === null && <p class="govuk-body">{words.forgotten}</p>}
          {opened.days !== null && opened.days.length === 0 && <p class="govuk-body">{words.first}</p>}
          {opened.days !== null && opened.days.length > 0 && (
            <>
              <h2 class="govuk-heading-m">{words.days}</h2>
              <Bullets of={[...opened.days].reverse().map(full_day_text)} />
              <p class="govuk-body">{words.marked}</p>
            </>
          )}
        </div>
      )}
      {opened !== null && opened.days !== null && diary.doing === null && <p><Button kind="link" press={() => diary.forget_opened(codename)}>{words.forget}</Button></p>}
    </>
  );
}
