// SPDX-License-Identifier: AGPL-3.0-or-later
// How it goes with something that she keeps at the server.

import type { JSX } from "preact";
import type { Diary } from "../diary";
import { say } from "../words";
import { Button } from "./parts";

/** doing: what to say while it goes on. */
export function DiaryState({ diary, doing }: { diary: Diary; doing: string }): JSX.Element {
  const words = say.diary;
  const percent = Math.floor(diary.share * 100);
  return (
    <>
      <div role="status">
        {diary.refused && <p class="govuk-body">{words.refused}</p>}
        {diary.doing !== null && <p class="govuk-body">{diary.waiting ? words.waiting : doing}</p>}
      </div>
      {diary.doing !== null && !diary.waiting && percent > 0 && <p class="govuk-hint">{words.working(percent)}</p>}
      {diary.waiting && <p><Button kind="secondary" press={() => diary.again()}>{words.try_now}</Button></p>}
    </>
  );
}
