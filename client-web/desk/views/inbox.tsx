// SPDX-License-Identifier: AGPL-3.0-or-later
// All cases, the most urgent first: filters, search, the list.

import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { Asking, Button, Title } from "../../src/views/parts";
import type { Desk } from "../desk";
import { filtered, NO_FILTER, type Filter } from "../filter";
import type { Held } from "../held";
import type { OpenDesk } from "../shapes";
import { use_shortcuts } from "../shortcuts";
import { say } from "../words";
import { CaseList } from "./case_list";
import { MatchesPanel } from "./matches";
import { keep_focus, Line, Outcome, use_action } from "./pieces";
import { WaitingView } from "./together";
import { Progress } from "./working";

const TICKS = ["unread", "danger", "led", "mine"] as const;

export function InboxView({ desk, open, held }: { desk: Desk; open: OpenDesk; held: Held }): JSX.Element {
  const words = say.inbox;
  const refresh = use_action();
  const rows = filtered(held.rows, held.filter, held.found, open.me);
  const narrowed = held.filter !== NO_FILTER || held.found !== null;
  const waits = open.together.some((one) => !one.open);
  use_shortcuts({ search: () => document.getElementById("search")?.focus() });
  return (
    <>
      <div class="head">
        <Title>{words.title}</Title>
        <div class="head__side"><Button kind="secondary" id="refresh" press={() => void refresh.run(() => desk.refresh())}>{say.bar.refresh}</Button></div>
      </div>
      {desk.working === "refreshing" ? <div class="panel"><Progress busy={desk.busy} /></div> : <Outcome action={refresh} field="refresh" />}
      {held.trouble !== null && <p class="govuk-error-message" role="alert">{held.trouble}</p>}
      <Warnings of={open.warnings} />
      <WaitingView desk={desk} open={open} />
      <MatchesPanel desk={desk} open={open} />
      <Narrow desk={desk} held={held} />
      <div class="head head--count">
        <p class="govuk-body" role="status">
          {held.loading !== null && held.version === null ? words.loading(held.loading.done, held.loading.of) : words.shown(rows.length, held.rows.length)}
        </p>
        {narrowed && <Button kind="link" press={() => clear(desk, held)}>{words.clear}</Button>}
        <p class="govuk-hint head__keys">{words.keys}</p>
      </div>
      {rows.length > 0 && <CaseList desk={desk} open={open} held={held} rows={rows} />}
      {rows.length === 0 && held.loading === null && (
        held.rows.length > 0
          ? <p class="govuk-body">{words.none_found}</p>
          : <><p class="govuk-body">{waits ? words.none_open : words.none}</p><p class="govuk-hint">{waits ? words.none_open_hint : words.none_hint}</p></>
      )}
    </>
  );
}

function clear(desk: Desk, held: Held): void {
  held.filter = NO_FILTER;
  held.found = null;
  held.words = "";
  desk.redraw();
  keep_focus("search");
}

const WARNINGS_SHOWN = 3; // more of them are folded away

function Warnings({ of }: { of: readonly string[] }): JSX.Element | null {
  if (of.length === 0) return null;
  return (
    <details class="govuk-details warnings" open={of.length <= WARNINGS_SHOWN}>
      <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{say.inbox.warnings(of.length)}</span></summary>
      <div class="govuk-details__text"><ul class="govuk-list govuk-list--bullet">{of.map((warning) => <li><Line of={warning} /></li>)}</ul></div>
    </details>
  );
}

function Narrow({ desk, held }: { desk: Desk; held: Held }): JSX.Element {
  const words = say.inbox;
  const search = use_action();
  const field = useRef<HTMLInputElement>(null);
  const change = (part: Partial<Filter>): void => {
    const filter = { ...held.filter, ...part };
    held.filter = JSON.stringify(filter) === JSON.stringify(NO_FILTER) ? NO_FILTER : filter;
    desk.redraw();
  };
  return (
    <div class="narrow">
      <Asking submit={() => void search.run(() => desk.search(field.current?.value ?? ""))}>
        <div class="narrow__search">
          <div>
            <label class="govuk-label" for="search">{words.search}</label>
            <input class="govuk-input" type="search" id="search" ref={field} value={held.words} autocomplete="off" spellcheck={false} aria-describedby="search-hint"
              onInput={(event) => { held.words = event.currentTarget.value; }} />
          </div>
          <Button kind="secondary">{words.search_button}</Button>
        </div>
        <div class="govuk-hint" id="search-hint">{words.search_hint}</div>
        <Outcome action={search} field="search" />
      </Asking>
      <fieldset class="govuk-fieldset narrow__filters">
        <legend class="govuk-visually-hidden">{words.filters}</legend>
        <div class="narrow__status">
          <label class="govuk-label" for="status">{words.status}</label>
          <select class="govuk-select" autocomplete="off" id="status" value={held.filter.status} onChange={(event) => change({ status: event.currentTarget.value })}>
            <option value="">{words.any_status}</option>
            {Object.entries(say.status).map(([status, name]) => <option value={status}>{name}</option>)}
          </select>
        </div>
        <div class="govuk-checkboxes govuk-checkboxes--small narrow__ticks">
          {TICKS.map((tick) => (
            <div class="govuk-checkboxes__item">
              <input class="govuk-checkboxes__input" id={"only-" + tick} type="checkbox" autocomplete="off" checked={held.filter[tick]} onChange={(event) => change({ [tick]: event.currentTarget.checked })} />
              <label class="govuk-label govuk-checkboxes__label" for={"only-" + tick}>{words[tick]}</label>
            </div>
          ))}
        </div>
      </fieldset>
    </div>
  );
}
