// SPDX-License-Identifier: AGPL-3.0-or-later
// After a change of codename: her diary and unfinished report follow, when she says so.

import type { JSX } from "preact";
import type { Visit } from "../visit";
import { say } from "../words";
import { DiaryState } from "./kept_state";
import { Button } from "./parts";

export function MoveKept({ visit }: { visit: Visit }): JSX.Element | null {
  const words = say.diary.move;
  const { diary } = visit;
  const [from, to] = [visit.come_back.codename, visit.said.codename];
  if (from === null || to === null || from === to) return null;
  return (
    <>
      <h2 class="govuk-heading-m">{words.title}</h2>
      <DiaryState diary={diary} doing={words.moving} />
      {diary.moved && <p class="govuk-body" role="status">{words.done}</p>}
      {!diary.moved && diary.doing === null && (
        <>
          <p class="govuk-body">{words.lead}</p>
          <p class="govuk-body">{say.diary.seen}</p>
          <Button kind="secondary" press={() => diary.move(from, to)}>{words.button}</Button>
        </>
      )}
    </>
  );
}
