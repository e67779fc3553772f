// SPDX-License-Identifier: AGPL-3.0-or-later
// The first two pages: what this is and who reads it; and whether this is a safe place to write.

import type { JSX } from "preact";
import { desk_audience, open_desks } from "../protocol/readers";
import type { Roster } from "../protocol/roster";
import type { Cover } from "../cover";
import { line_of } from "../organisation";
import type { Visit } from "../visit";
import { marked, say } from "../words";
import { CoverSettings } from "./cover";
import { Danger } from "./danger";
import { LanguageChoice, Said } from "./language";
import { Asking, BackLink, Bullets, Button, Helplines, Title } from "./parts";

export function StartView({ visit, roster }: { visit: Visit; roster: Roster }): JSX.Element {
  const words = say.start;
  return (
    <Asking submit={() => visit.next()}>
      <LanguageChoice visit={visit} switched_on={roster.languages} />
      <Title caption={<span {...marked(roster.language)}>{roster.service}</span>}>{words.title}</Title>
      <p class="govuk-body-l">{words.lead}</p>
      <p class="govuk-body">{words.sealed}</p>
      <Danger roster={roster} lines={["not_emergency", "emergency"]} />
      <h2 class="govuk-heading-m">{words.who}</h2>
      <Desks roster={roster} />
      <p class="govuk-body">{words.who_hint}</p>
      <h2 class="govuk-heading-m">{words.how}</h2>
      <ol class="govuk-list govuk-list--number">{words.steps.map((step) => <li>{step}</li>)}</ol>
      <p class="govuk-body">{words.time}</p>
      <Button>{words.button}</Button>
      <h2 class="govuk-heading-m">{say.come_back.start_title}</h2>
      <p class="govuk-body">{say.come_back.start_text}</p>
      <Button kind="secondary" press={() => visit.go({ at: "come-back" })}>{say.come_back.start_button}</Button>
      <h2 class="govuk-heading-m">{say.diary.start_title}</h2>
      <p class="govuk-body">{say.diary.start_text}</p>
      <Button kind="secondary" press={() => visit.keeping.begin_diary()}>{say.diary.start_button}</Button>
      <Helplines of={roster.helplines} language={roster.language} />
    </Asking>
  );
}

function Desks({ roster }: { roster: Roster }): JSX.Element {
  return (
    <dl class="desks" {...marked(roster.language)}>
      {open_desks(roster).map((desk) => (
        <div class="desks__desk">
          <dt class="desks__name">{desk.name}</dt>
          <dd class="desks__text">
            {desk.description}
            <span class="desks__people">{desk_audience(roster, desk.id).map((caseworker) => caseworker.name).join(", ")}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function SafetyView({ visit, roster, cover }: { visit: Visit; roster: Roster; cover: Cover }): JSX.Element {
  const words = say.safety;
  return (
    <Asking submit={() => visit.next()}>
      <BackLink press={() => visit.back()} />
      <Title>{words.title}</Title>
      <h2 class="govuk-heading-m">{words.device_title}</h2>
      <Bullets of={[...words.device, <Said line={line_of(roster, "tor_noticed")} />]} />
      <h2 class="govuk-heading-m">{words.leave_title}</h2>
      <Bullets of={words.leave} />
      <CoverSettings cover={cover} />
      <h2 class="govuk-heading-m">{words.police_title}</h2>
      <Bullets of={[<Said line={line_of(roster, "do_not_look_up")} />, ...words.police]} />
      <h2 class="govuk-heading-m">{words.private_title}</h2>
      <Bullets of={[<Said line={line_of(roster, "privacy")} />, <Said line={line_of(roster, "court")} />, <Said line={line_of(roster, "read_when")} />]} />
      <Button>{words.button}</Button>
    </Asking>
  );
}
