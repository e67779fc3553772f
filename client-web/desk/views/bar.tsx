// SPDX-License-Identifier: AGPL-3.0-or-later
// Above every view: who is signed in, and the lock.

import type { JSX } from "preact";
import { visible_line } from "../../src/visible";
import type { Desk } from "../desk";
import { use_shortcuts } from "../shortcuts";
import { say } from "../words";
import { show_help } from "./help";

export function BarView({ desk }: { desk: Desk }): JSX.Element {
  const { open } = desk;
  const lock = (): void => void desk.lock();
  use_shortcuts(open === null ? {} : { lock, help: show_help });
  return (
    <header class="bar">
      <p class="bar__name">{say.name}</p>
      {open !== null && (
        <div class="bar__side">
          <p class="bar__who">{say.bar.signed_in(visible_line(desk.name_of(open.me)))}</p>
          <button type="button" class="bar__button" onClick={show_help}>{say.bar.help}</button>
          <button type="button" class="bar__exit" onClick={lock}>{say.bar.lock}</button>
        </div>
      )}
    </header>
  );
}
