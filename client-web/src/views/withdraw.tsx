// SPDX-License-Identifier: AGPL-3.0-or-later
// Asking the desk to stop, and taking that back. It looks and works the same for an invented codename, and whoever presses it.

import type { JSX } from "preact";
import type { Visit } from "../visit";
import { say } from "../words";
import { BackLink, Bullets, Button, Title } from "./parts";

export function WithdrawView({ visit }: { visit: Visit }): JSX.Element {
  const words = say.come_back.withdraw;
  const state = visit.come_back.withdrawal;
  const texts = { going: words.going, waiting: words.waiting, asked: words.asked, "taken-back": words.taken_back, refused: words.refused };
  const busy = state === "going" || state === "waiting";
  const done = state === "asked" || state === "taken-back";
  return (
    <>
      <BackLink press={() => visit.back()} />
      <Title>{words.title}</Title>
      <p class="govuk-body">{words.lead}</p>
      <Bullets of={words.points} />
      <div role="status">{state !== null && <p class="govuk-inset-text">{texts[state]}</p>}</div>
      {!busy && !done && <Button press={() => visit.come_back.ask("withdraw")}>{words.ask}</Button>}
      {!busy && <p><Button kind="secondary" press={() => visit.come_back.ask("take-back")}>{words.take_back}</Button></p>}
      {done && <Button press={() => visit.back()}>{words.done}</Button>}
    </>
  );
}
