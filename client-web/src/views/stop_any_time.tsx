// SPDX-License-Identifier: AGPL-3.0-or-later
// Before the story: a codename now, so that what she writes is saved as she goes; or later, and then closing loses it.

import type { JSX } from "preact";
import type { Visit } from "../visit";
import { say } from "../words";
import { BackLink, Bullets, Button, Title } from "./parts";

export function StopAnyTimeView({ visit }: { visit: Visit }): JSX.Element {
  const words = say.diary.stop;
  return (
    <>
      <BackLink press={() => visit.back()} />
      <Title>{words.title}</Title>
      <p class="govuk-body">{words.lead}</p>
      <h2 class="govuk-heading-m">{words.with_title}</h2>
      <Bullets of={words.with} />
      <Button press={() => visit.keeping.begin_writing(true)}>{words.yes}</Button>
      <h2 class="govuk-heading-m">{words.without_title}</h2>
      <p class="govuk-body">{words.without}</p>
      <Button kind="secondary" press={() => visit.keeping.begin_writing(false)}>{words.no}</Button>
    </>
  );
}
