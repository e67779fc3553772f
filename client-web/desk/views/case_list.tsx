// SPDX-License-Identifier: AGPL-3.0-or-later
// The list of cases: a listbox of which only the rows in sight are in the document, and the one that the keys are at (window.ts).
// The page scrolls, not the list, so that zoom and small screens lose nothing.

import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Day } from "../../src/protocol/day";
import { visible_line } from "../../src/visible";
import type { Desk } from "../desk";
import type { Held } from "../held";
import { lead_words, status_words } from "../lead";
import type { OpenDesk, Row } from "../shapes";
import { use_shortcuts } from "../shortcuts";
import { rows_in_window, scroll_to_row, type Seen } from "../window";
import { say, short_day } from "../words";
import { Line, Tag } from "./pieces";

const PAGE_ROWS = 8;
const id_of = (row: Row): string => "case-" + row.id;

interface Props {
  readonly desk: Desk;
  readonly open: OpenDesk;
  readonly held: Held;
  readonly rows: readonly Row[];
}

export function CaseList({ desk, open, held, rows }: Props): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const probe = useRef<HTMLDivElement>(null);
  const [seen, set_seen] = useState<Seen>({ top: 0, height: innerHeight, row: 0, count: rows.length });
  const look = (): Seen => ({
    top: list.current?.getBoundingClientRect().top ?? 0, height: innerHeight, row: probe.current?.getBoundingClientRect().height ?? 0, count: rows.length,
  });
  const active = Math.max(0, rows.findIndex((row) => row.id === held.active));

  const bring = (index: number): void => {
    const covered = document.querySelector(".bar")?.getBoundingClientRect().bottom ?? 0;
    scrollBy(0, scroll_to_row(index, look(), covered));
  };
  const move = (to: number): void => {
    const index = Math.min(Math.max(to, 0), rows.length - 1);
    held.active = rows[index]?.id ?? null;
    bring(index);
    list.current?.focus({ preventScroll: true });
    desk.redraw();
  };
  const go = (row: Row | undefined): void => {
    if (row !== undefined) desk.open_case(row.id);
  };
  use_shortcuts({ next: () => move(held.active === null ? 0 : active + 1), before: () => move(active - 1) });

  useLayoutEffect(() => {
    const draw = (): void => set_seen(look());
    draw();
    addEventListener("scroll", draw, { passive: true });
    addEventListener("resize", draw);
    return () => {
      removeEventListener("scroll", draw);
      removeEventListener("resize", draw);
    };
  }, [rows.length]);
  // Back from a case: to where she was.
  useLayoutEffect(() => {
    if (held.active === null) return;
    bring(active);
    list.current?.focus({ preventScroll: true });
  }, []);

  const keys = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const steps: Readonly<Record<string, number>> = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + PAGE_ROWS, PageUp: active - PAGE_ROWS, Home: 0, End: rows.length - 1 };
    const step = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
    if (event.key === "Enter" || event.key === " ") go(rows[active]);
    else if (step !== undefined) move(step);
    else return;
    event.preventDefault();
  };
  const { first, last } = rows_in_window({ ...seen, count: rows.length });
  const shown = [...(active < first ? [active] : []), ...Array.from({ length: last - first }, (_none, i) => first + i), ...(active >= last ? [active] : [])];
  return (
    <div class="cases" role="listbox" tabIndex={0} aria-label={say.inbox.list} aria-activedescendant={rows[active] === undefined ? undefined : id_of(rows[active])}
      ref={list} onKeyDown={keys} style={{ height: (seen.row * rows.length).toString() + "px" }}>
      <div class="case-row case-row--probe" ref={probe} aria-hidden="true" />
      {shown.map((index) => {
        const row = rows[index];
        if (row === undefined) return null;
        return (
          <div key={row.id} class={"case-row" + (row.unread ? " case-row--unread" : "")} id={id_of(row)} role="option" aria-selected={index === active}
            aria-posinset={index + 1} aria-setsize={rows.length} style={{ transform: `translateY(${(index * seen.row).toString()}px)` }} onClick={() => go(row)}>
            <RowWords desk={desk} open={open} row={row} />
          </div>
        );
      })}
    </div>
  );
}

function due(name: string, day: Day, today: Day): string {
  const words = say.inbox;
  return words.due(visible_line(name), day) + (day < today ? ` (${words.overdue})` : day === today ? ` (${words.due_today})` : "");
}

function RowWords({ desk, open, row }: { desk: Desk; open: OpenDesk; row: Row }): JSX.Element {
  const words = say.inbox;
  const facts = [
    status_words(row),
    lead_words(row, open.me, (id) => desk.name_of(id)),
    ...(row.reports > 1 ? [words.accounts(row.reports)] : []),
    ...(row.mine ? [] : [words.not_mine]),
    ...row.labels,
  ];
  return (
    <>
      <div class="case-row__head">
        <span class="case-row__who">{row.accused === "" ? words.names_nobody : <Line of={row.accused} />}</span>
        {row.unread && <Tag look="new">{words.unread_tag}</Tag>}
        {row.danger && <Tag look="danger">{words.danger_tag}</Tag>}
        {row.risk !== "unknown" && <Tag look={row.risk === "standard" ? "quiet" : "danger"}>{visible_line(words.risk_tag((say.risk[row.risk] ?? row.risk).toLowerCase()))}</Tag>}
        {row.alarms > 0 && <Tag look="danger">{words.alarms(row.alarms)}</Tag>}
      </div>
      <div class="case-row__facts">{visible_line(facts.join(" · "))}</div>
      <div class="case-row__days">
        {row.deadline !== null && <span class={"case-row__due" + (row.deadline.day <= open.today ? " case-row__due--now" : "")}>{due(row.deadline.name, row.deadline.day, open.today)}</span>}
        <span class="case-row__day">{short_day(row.day)}</span>
      </div>
    </>
  );
}
