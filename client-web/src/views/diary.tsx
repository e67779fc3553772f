// SPDX-License-Identifier: AGPL-3.0-or-later
// Her diary: entries by day, newest day first.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { full_day_text } from "../day_text";
import type { NumberedEntry } from "../kept/diary_store";
import { line_of } from "../organisation";
import { by_day } from "../protocol/diary_text";
import type { Roster } from "../protocol/roster";
import type { Visit } from "../visit";
import { say } from "../words";
import { DiaryState } from "./kept_state";
import { Said } from "./language";
import { BackLink, Button, Title } from "./parts";
import { Paused } from "./trouble";
import { Sure } from "./unfinished";

export function DiaryView({ visit, roster }: { visit: Visit; roster: Roster }): JSX.Element {
  const words = say.diary.page;
  const { diary } = visit;
  const codename = visit.come_back.codename ?? "";
  return (
    <>
      <BackLink press={() => visit.back()} />
      <Title>{words.title}</Title>
      <p class="govuk-body">{words.lead}</p>
      <p class="govuk-inset-text">{words.danger} {say.trouble.emergency} <Said line={line_of(roster, "emergency")} /></p>
      {diary.entries === null && diary.doing === null && <p class="govuk-body">{say.diary.seen}</p>}
      <DiaryState diary={diary} doing={diary.doing === "removing" ? words.removing : words.opening} />
      {diary.entries === null && diary.doing === null && <Button press={() => diary.read(codename)}>{words.open}</Button>}
      {diary.entries !== null && <Entries visit={visit} entries={diary.entries} />}
    </>
  );
}

function Entries({ visit, entries }: { visit: Visit; entries: readonly NumberedEntry[] }): JSX.Element {
  const [asked, set_asked] = useState<number | null>(null);
  const words = say.diary.page;
  const { diary } = visit;
  const codename = visit.come_back.codename ?? "";
  return (
    <>
      {entries.length === 0 && <p class="govuk-body" role="status">{words.none}</p>}
      {diary.unreadable > 0 && <p class="govuk-body">{words.unreadable(diary.unreadable)}</p>}
      <Paused visit={visit} />
      <div class="govuk-button-group">
        <Button press={() => visit.go({ at: "diary-write" })}>{words.write}</Button>
        {entries.length > 0 && !visit.paused && <Button kind="secondary" press={() => visit.keeping.choose_entries()}>{words.send}</Button>}
      </div>
      {[...by_day(entries)].reverse().map(({ day, entries: of_day }) => (
        <section key={day}>
          <h2 class="govuk-heading-m">{full_day_text(day)}</h2>
          {of_day.map(({ number, text }) => (
            <article class="message" key={number}>
              <p class="message__words">{text}</p>
              {asked === number && <Sure words={words} no={() => set_asked(null)} yes={() => diary.remove(codename, number)} />}
              {asked !== number && diary.doing === null && (
                <button type="button" class="link-button govuk-link" onClick={() => set_asked(number)}>
                  {words.remove}<span class="govuk-visually-hidden"> {words.remove_of(full_day_text(day))}</span>
                </button>
              )}
            </article>
          ))}
        </section>
      ))}
      <p><Button kind="link" press={() => visit.back()}>{words.close}</Button></p>
    </>
  );
}
