// SPDX-License-Identifier: AGPL-3.0-or-later
// Before the lock by itself.

import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "../../src/views/parts";
import type { Desk } from "../desk";
import { say } from "../words";

export function is_idle_question(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(".still-here") !== null;
}

/** Takes the focus, because a screen reader could not find it in time; gives it back. A modal dialog, so that it lies above another one. */
export function IdleWarning({ desk }: { desk: Desk }): JSX.Element {
  const box = useRef<HTMLDialogElement>(null);
  const words = say.idle;
  useLayoutEffect(() => {
    const before = document.activeElement;
    box.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  const stay = (): void => desk.sign_of_life(false);
  return (
    <dialog class="dialog still-here" role="alertdialog" aria-labelledby="still-here" aria-describedby="still-here-text" ref={box} onCancel={stay}>
      <h2 class="govuk-heading-m" id="still-here">{words.title}</h2>
      <p class="govuk-body" id="still-here-text">{words.text}</p>
      <div class="govuk-button-group">
        <Button press={stay}>{words.stay}</Button>
        <Button kind="secondary" press={() => void desk.lock()}>{words.lock}</Button>
      </div>
    </dialog>
  );
}
