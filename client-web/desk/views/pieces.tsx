// SPDX-License-Identifier: AGPL-3.0-or-later
// Pieces of the desk's views: untrusted text, tags, and what an action came to.

import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ErrorSummary } from "../../src/views/parts";
import { visible_line, visible_text } from "../../src/visible";
import { words_of } from "../desk";
import { say } from "../words";

/** One line that came from somebody: marked off from what is around it, with nothing hidden in it. */
export function Line({ of }: { of: string }): JSX.Element {
  return <bdi class="line">{visible_line(of)}</bdi>;
}

/** Several lines that came from somebody, as they were written, in any language. */
export function Words({ of }: { of: string }): JSX.Element {
  return <p class="written" dir="auto">{visible_text(of)}</p>;
}

export type Look = "quiet" | "new" | "danger" | "good" | "note";

export function Tag({ look = "quiet", children }: { look?: Look; children: ComponentChildren }): JSX.Element {
  return <strong class={"mark mark--" + look}>{children}</strong>;
}

export interface Action {
  /** Runs one at a time; what went wrong is kept in `trouble`. True where it went well. */
  run(does: () => Promise<void>): Promise<boolean>;
  /** Without asking the tool: what is missing. */
  refuse(words: string): void;
  readonly working: boolean;
  /** The last one went well. */
  readonly done: boolean;
  readonly trouble: string | null;
  readonly times: number;
}

export function use_action(): Action {
  const [state, set] = useState<Pick<Action, "working" | "done" | "trouble" | "times">>({ working: false, done: false, trouble: null, times: 0 });
  const under_way = useRef(false);
  const refuse = (trouble: string): void => set(({ times }) => ({ working: false, done: false, trouble, times: times + 1 }));
  const run = async (does: () => Promise<void>): Promise<boolean> => {
    if (under_way.current) return false;
    under_way.current = true;
    set(({ times }) => ({ working: true, done: false, trouble: null, times }));
    try {
      await does();
      set(({ times }) => ({ working: false, done: true, trouble: null, times }));
      return true;
    } catch (error) {
      const trouble = words_of(error);
      if (trouble !== null) refuse(trouble);
      return false;
    } finally {
      under_way.current = false;
    }
  };
  return { ...state, run, refuse };
}

/** Near what was pressed. field: where the trouble is mended. done: what to say where it went well. */
export function Outcome({ action, field, done = "" }: { action: Action; field: string; done?: string }): JSX.Element {
  return (
    <>
      {action.trouble !== null && <ErrorSummary faults={[{ field, text: visible_line(action.trouble) }]} times={action.times} />}
      <p class="working" role="status">{action.working ? say.working : action.done ? done : ""}</p>
    </>
  );
}

/** Said once, and read out. */
export function Done({ children }: { children: ComponentChildren }): JSX.Element {
  return <p class="done" role="status">{children}</p>;
}

/** Where what had the focus is gone from the page, it goes on here; it is never taken from elsewhere. */
export function keep_focus(id: string): void {
  if (document.activeElement === null || document.activeElement === document.body) document.getElementById(id)?.focus();
}

/** The same, where another state of a view takes away what was pressed. */
export function use_kept_focus(state: unknown, id: string): void {
  const before = useRef(state);
  useLayoutEffect(() => {
    if (before.current !== state) keep_focus(id);
    before.current = state;
  }, [state]);
}

/** A heading that takes the focus where a part of the page takes the place of another. */
export function FocusHeading({ children, id }: { children: ComponentChildren; id?: string }): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  return <h3 class="govuk-heading-s" tabIndex={-1} ref={heading} id={id}>{children}</h3>;
}

export function Command({ of }: { of: string }): JSX.Element {
  return <code class="command" tabIndex={0}>{of}</code>;
}
