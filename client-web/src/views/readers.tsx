// SPDX-License-Identifier: AGPL-3.0-or-later
// Who may read it: a desk, and who of it may not. Never so many excluded that the others could not open it.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { desk_members, open_desks } from "../protocol/readers";
import type { Roster } from "../protocol/roster";
import type { Visit } from "../visit";
import { marked, say } from "../words";
import { DraftStatus } from "./draft_status";
import { Asking, BackLink, Button, ErrorMessage, ErrorSummary, Title, type Fault } from "./parts";

const DESK_FIELD = "desk";
const PEOPLE_FIELD = "people";
const CHOICE_FIELD = "choice";

export function ReadersView({ visit, roster }: { visit: Visit; roster: Roster }): JSX.Element {
  const [attempts, set_attempts] = useState(0);
  const words = say.readers;
  const desks = open_desks(roster);
  const to_diary = visit.keeps;
  const faults: Fault[] = [];
  const offers_hold = visit.matching.can_hold;
  if (to_diary) faults.push(...(visit.keeping.has_words ? [] : [{ field: CHOICE_FIELD, text: say.check.nothing }]));
  else if (visit.said.desk === null) faults.push({ field: DESK_FIELD, text: words.choose_desk });
  else if (visit.matching.holds && !offers_hold) faults.push({ field: CHOICE_FIELD, text: say.match.choice.not_here });
  else if (visit.readers.length < visit.threshold) faults.push({ field: PEOPLE_FIELD, text: visit.threshold > 1 ? words.several(visit.threshold) : words.somebody });
  const shown = attempts > 0 ? faults : [];
  const submit = (): void => {
    if (faults.length > 0) return set_attempts(attempts + 1);
    visit.readers_changed = false;
    visit.next();
  };
  return (
    <Asking submit={submit}>
      <BackLink press={() => visit.back()} />
      <ErrorSummary faults={shown} times={attempts} />
      <Title>{words.title}</Title>
      {visit.kind !== "report" && visit.kind !== "safety" && <p class="govuk-inset-text">{say.come_back.readers}</p>}
      {visit.readers_changed && <p class="govuk-inset-text" role="status">{words.changed}</p>}
      {visit.kind === "report" && <SendOrKeep visit={visit} offers_hold={offers_hold} error={shown.find((fault) => fault.field === CHOICE_FIELD)?.text} />}
      {!to_diary && desks.length > 1 && (
        <div class={"govuk-form-group" + (shown[0]?.field === DESK_FIELD ? " govuk-form-group--error" : "")}>
          <fieldset class="govuk-fieldset">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{words.desk}</legend>
            <ErrorMessage id="desk-error" text={shown.find((fault) => fault.field === DESK_FIELD)?.text} />
            <div class="govuk-radios">
              {desks.map((desk, i) => (
                <div class="govuk-radios__item">
                  <input class="govuk-radios__input" type="radio" name="desk" id={i === 0 ? DESK_FIELD : DESK_FIELD + "-" + desk.id}
                    checked={visit.said.desk === desk.id} onChange={() => visit.said.choose_desk(desk.id)} aria-describedby={"desk-hint-" + desk.id} />
                  <label class="govuk-label govuk-radios__label" for={i === 0 ? DESK_FIELD : DESK_FIELD + "-" + desk.id}><span {...marked(roster.language)}>{desk.name}</span></label>
                  <div class="govuk-hint govuk-radios__hint" id={"desk-hint-" + desk.id}><span {...marked(roster.language)}>{desk.description}</span></div>
                </div>
              ))}
            </div>
          </fieldset>
        </div>
      )}
      {!to_diary && visit.said.desk !== null && <People visit={visit} roster={roster} desk={visit.said.desk} error={shown.find((fault) => fault.field === PEOPLE_FIELD)?.text} />}
      <Button>{say.continue}</Button>
      <DraftStatus visit={visit} />
    </Asking>
  );
}

function SendOrKeep({ visit, offers_hold, error }: { visit: Visit; offers_hold: boolean; error: string | undefined }): JSX.Element {
  const words = say.diary.readers;
  return (
    <div class={"govuk-form-group" + (error !== undefined ? " govuk-form-group--error" : "")}>
      <fieldset class="govuk-fieldset">
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{words.title}</legend>
        <ErrorMessage id="choice-error" text={error} />
        <div class="govuk-radios">
          <div class="govuk-radios__item">
            <input class="govuk-radios__input" type="radio" name="choice" id={CHOICE_FIELD} checked={!visit.to_diary && !visit.matching.holds} onChange={() => visit.keeping.choose("send")} />
            <label class="govuk-label govuk-radios__label" for={CHOICE_FIELD}>{words.send}</label>
          </div>
          {(offers_hold || visit.matching.holds) && (
            <div class="govuk-radios__item">
              <input class="govuk-radios__input" type="radio" name="choice" id="choice-hold" checked={visit.matching.holds} onChange={() => visit.keeping.choose("hold")} aria-describedby="choice-hold-hint" />
              <label class="govuk-label govuk-radios__label" for="choice-hold">{say.match.choice.hold}</label>
              <div class="govuk-hint govuk-radios__hint" id="choice-hold-hint">{say.match.choice.hold_hint}</div>
            </div>
          )}
          <div class="govuk-radios__item">
            <input class="govuk-radios__input" type="radio" name="choice" id="choice-keep" checked={visit.to_diary} onChange={() => visit.keeping.choose("diary")} aria-describedby="choice-keep-hint" />
            <label class="govuk-label govuk-radios__label" for="choice-keep">{words.keep}</label>
            <div class="govuk-hint govuk-radios__hint" id="choice-keep-hint">{words.keep_hint}</div>
          </div>
        </div>
      </fieldset>
      {visit.matching.holds && <div role="status"><p class="govuk-inset-text">{say.match.choice.nobody} {visit.keeping.safety_part !== null && say.match.choice.part}</p></div>}
      {visit.to_diary && (
        <div role="status">
          <p class="govuk-inset-text">{words.nobody} {visit.keeping.safety_part !== null && words.part}</p>
          {visit.said.files.length > 0 && <p class="govuk-body">{words.files(visit.said.files.length)}</p>}
        </div>
      )}
    </div>
  );
}

function People({ visit, roster, desk, error }: { visit: Visit; roster: Roster; desk: string; error: string | undefined }): JSX.Element {
  const words = say.readers;
  const only_desk = open_desks(roster).length === 1 ? roster.desks.find((d) => d.id === desk) : undefined;
  return (
    <>
      {only_desk !== undefined && <p class="govuk-body" {...marked(roster.language)}><strong>{only_desk.name}</strong><br />{only_desk.description}</p>}
      {visit.threshold > 1 && <p class="govuk-inset-text" id="together">{words.together(visit.threshold)}</p>}
      <div class={"govuk-form-group" + (error !== undefined ? " govuk-form-group--error" : "")}>
        <fieldset class="govuk-fieldset" aria-describedby={visit.threshold > 1 ? "together people-hint" : "people-hint"}>
          <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{words.people}</legend>
          <div class="govuk-hint" id="people-hint">{words.people_hint}</div>
          <ErrorMessage id="people-error" text={error} />
          <div class="govuk-checkboxes">
            {desk_members(roster, desk).map((caseworker, i) => {
              const id = i === 0 ? PEOPLE_FIELD : PEOPLE_FIELD + "-" + caseworker.id;
              return (
                <div class="govuk-checkboxes__item" key={caseworker.id}>
                  <input class="govuk-checkboxes__input" type="checkbox" id={id} name={"exclude-" + caseworker.id}
                    checked={visit.said.excluded.has(caseworker.id)} onChange={(event) => visit.said.exclude(caseworker.id, event.currentTarget.checked)}
                    aria-describedby={caseworker.recipient === null ? id + "-hint" : undefined} />
                  <label class="govuk-label govuk-checkboxes__label" for={id}>{words.keep_from(caseworker.name)}</label>
                  {caseworker.recipient === null && <div class="govuk-hint govuk-checkboxes__hint" id={id + "-hint"}>{words.cannot_receive(caseworker.name)}</div>}
                </div>
              );
            })}
          </div>
        </fieldset>
      </div>
      {visit.said.excluded.size > 0 && open_desks(roster).length > 1 && <p class="govuk-body" role="status">{words.other_desk}</p>}
    </>
  );
}
