// SPDX-License-Identifier: AGPL-3.0-or-later
// Pieces that several views are made of: GOV.UK's components as small functions. Text only; nothing here writes HTML.

import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Helpline } from "../protocol/roster";
import { marked, say } from "../words";

export interface Fault {
  readonly field: string; // id of the element to go to
  readonly text: string;
}

/** A new page: heading first, and focus on it, so that a screen reader starts here. */
/** language: of the heading, where it is the organisation's. */
export function Title({ children, caption, language }: { children: ComponentChildren; caption?: ComponentChildren; language?: string }): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    heading.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, []);
  return (
    <>
      {caption !== undefined && <span class="govuk-caption-l">{caption}</span>}
      <h1 class="govuk-heading-l" tabIndex={-1} ref={heading} {...(language === undefined ? {} : marked(language))}>{children}</h1>
    </>
  );
}

export function Paragraphs({ of }: { of: readonly ComponentChildren[] }): JSX.Element {
  return <>{of.map((text) => <p class="govuk-body">{text}</p>)}</>;
}

export function Bullets({ of }: { of: readonly ComponentChildren[] }): JSX.Element {
  return <ul class="govuk-list govuk-list--bullet">{of.map((text) => <li>{text}</li>)}</ul>;
}

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly press?: () => void;
  readonly kind?: "main" | "secondary" | "link";
  readonly id?: string;
  readonly expanded?: boolean;
}

export function Button({ children, press, kind = "main", id, expanded }: ButtonProps): JSX.Element {
  const look = { main: "govuk-button", secondary: "govuk-button govuk-button--secondary", link: "link-button govuk-link" }[kind];
  return <button type={press === undefined ? "submit" : "button"} class={look} onClick={press} id={id} aria-expanded={expanded}>{children}</button>;
}

export function BackLink({ press }: { press: () => void }): JSX.Element {
  return <button type="button" class="govuk-back-link link-button" onClick={press}>{say.back}</button>;
}

/** A form that never reaches the network: submit is ours. */
export function Asking({ submit, children }: { submit: () => void; children: ComponentChildren }): JSX.Element {
  const on_submit = (event: Event): void => {
    event.preventDefault();
    submit();
  };
  return <form onSubmit={on_submit} novalidate autocomplete="off">{children}</form>;
}

/** times: raised at each failed attempt, so that the focus returns here again. */
export function ErrorSummary({ faults, times }: { faults: readonly Fault[]; times: number }): JSX.Element | null {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    box.current?.focus();
  }, [times]);
  if (faults.length === 0) return null;
  const go = (event: Event, field: string): void => {
    event.preventDefault(); // no fragment in the address, no entry in the history
    const target = document.getElementById(field);
    target?.scrollIntoView({ block: "center" });
    target?.focus();
  };
  return (
    <div class="govuk-error-summary" tabIndex={-1} ref={box}>
      <div role="alert">
        <h2 class="govuk-error-summary__title">{say.problem}</h2>
        <div class="govuk-error-summary__body">
          <ul class="govuk-list govuk-error-summary__list">
            {faults.map(({ field, text }) => <li><a href={"#" + field} onClick={(event) => go(event, field)}>{text}</a></li>)}
          </ul>
        </div>
      </div>
    </div>
  );
}

export function ErrorMessage({ id, text }: { id: string; text: string | undefined }): JSX.Element | null {
  if (text === undefined) return null;
  return <p id={id} class="govuk-error-message"><span class="govuk-visually-hidden">{say.error_prefix}</span>{text}</p>;
}

export function Helplines({ of, language }: { of: readonly Helpline[]; language: string }): JSX.Element | null {
  if (of.length === 0) return null;
  return (
    <>
      <h2 class="govuk-heading-m">{say.start.helplines}</h2>
      <ul class="govuk-list helplines" {...marked(language)}>
        {of.map((line) => (
          <li>
            <strong>{line.name}</strong>{" "}
            {line.phone !== "" && <a class="govuk-link" href={"tel:" + line.phone.replace(/[^0-9+]/g, "")}>{line.phone}</a>}
            {line.hours !== "" && <span class="helplines__hours">{line.hours}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}
