// SPDX-License-Identifier: AGPL-3.0-or-later
// Single keys. They never fire where somebody types, and can be switched off (WCAG 2.1.4).

import { useEffect } from "preact/hooks";

export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
  readonly defaultPrevented: boolean;
}

const TYPING = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit])";

export type Shortcut = "next" | "before" | "search" | "reply" | "note" | "up" | "lock" | "help";
const LETTERS: Readonly<Record<string, Shortcut>> = { j: "next", k: "before", "/": "search", r: "reply", n: "note", u: "up", l: "lock", "?": "help" };

export function shortcut_of(press: Press, typing: boolean, letters: boolean): Shortcut | null {
  if (typing || !letters || press.defaultPrevented || press.isComposing || press.ctrlKey || press.altKey || press.metaKey) return null;
  return Object.hasOwn(LETTERS, press.key) ? LETTERS[press.key] ?? null : null;
}

export function is_typing(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPING) !== null;
}

let letters_on = true;

export function are_letters_on(): boolean {
  return letters_on;
}

export function switch_letters(on: boolean): void {
  letters_on = on;
}

/** What the view that is shown does with them. Not below a dialog. */
export function use_shortcuts(does: Partial<Readonly<Record<Shortcut, () => void>>>): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (document.querySelector("dialog[open]") !== null) return;
      const shortcut = shortcut_of(event, is_typing(event.target), letters_on);
      const action = shortcut === null ? undefined : does[shortcut];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  });
}
