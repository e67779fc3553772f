// SPDX-License-Identifier: AGPL-3.0-or-later
// Before she gets another codename: what it does, and what the old one still opens.

import type { JSX } from "preact";
import type { Visit } from "../visit";
import { say } from "../words";
import { Asking, BackLink, Bullets, Button, Title } from "./parts";

export function ChangeCodenameView({ visit }: { visit: Visit }): JSX.Element {
  const words = say.come_back.change;
  return (
    <Asking submit={() => visit.next()}>
      <BackLink press={() => visit.back()} />
      <Title>{words.title}</Title>
      <p class="govuk-body">{words.lead}</p>
      <Bullets of={words.points} />
      <p class="govuk-inset-text">{words.unread}</p>
      <Button>{words.button}</Button>
    </Asking>
  );
}
