// SPDX-License-Identifier: AGPL-3.0-or-later
// While it is sent, and after.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { day_text } from "../day_text";
import { look_again_day, today } from "../protocol/day";
import type { Roster } from "../protocol/roster";
import { line_of } from "../organisation";
import type { Visit } from "../visit";
import { say } from "../words";
import { CodenameWords } from "./codename";
import { DangerSaid } from "./danger";
import { DraftGone } from "./draft_status";
import { LastStep } from "./holding";
import { Said } from "./language";
import { MoveKept } from "./move_kept";
import { Bullets, Button, Helplines, Title } from "./parts";

export function SendingView({ visit }: { visit: Visit }): JSX.Element {
  const words = say.sending;
  const percent = visit.sending.sealed_bytes === 0 ? 0 : Math.floor((100 * visit.sending.durable_bytes) / visit.sending.sealed_bytes);
  const state = visit.sending.pace === "paused" ? words.paused : visit.sending.pace === "waiting" ? words.waiting : percent === 0 ? words.locking : words.stored(percent);
  return (
    <>
      <Title>{words.title}</Title>
      <progress class="progress" max={100} value={percent} aria-label={words.title} />
      <p class="govuk-body" role="status">{state}</p>
      {visit.said.files.length > 0 && <FilesSent visit={visit} />}
      <p class="govuk-hint">{words.stay}</p>
      <div class="govuk-button-group">
        {visit.sending.pace === "going" && <Button kind="secondary" press={() => visit.sending.pause()}>{words.pause}</Button>}
        {visit.sending.pace === "paused" && <Button press={() => visit.sending.resume()}>{words.resume}</Button>}
        {visit.sending.pace === "waiting" && <Button press={() => visit.sending.resume()}>{words.now}</Button>}
        <Button kind="link" press={() => visit.stop_sending()}>{words.stop}</Button>
      </div>
    </>
  );
}

function FilesSent({ visit }: { visit: Visit }): JSX.Element {
  const words = say.evidence.sending;
  const state = (i: number): string => {
    const [from, until] = [visit.sending.file_ends[i - 1] ?? 0, visit.sending.file_ends[i] ?? Number.POSITIVE_INFINITY];
    if (visit.sending.durable_bytes >= until) return words.safe;
    return visit.sending.durable_bytes <= from ? words.waiting : words.part(Math.floor((100 * (visit.sending.durable_bytes - from)) / (until - from)));
  };
  return (
    <>
      <h2 class="govuk-heading-s">{words.title}</h2>
      <ul class="govuk-list files">
        {visit.said.files.map((file, i) => <li class="files__file"><span class="files__name">{file.name}</span><span class="files__size">{state(i)}</span></li>)}
      </ul>
    </>
  );
}

export function SentView({ visit, roster }: { visit: Visit; roster: Roster }): JSX.Element {
  const [shows_receipt, set_shows_receipt] = useState(false);
  const [shows_codename, set_shows_codename] = useState(false);
  const words = say.sent;
  const desk = roster.desks.find(({ id }) => id === visit.said.desk)?.name ?? "";
  const held = visit.matching.waits && visit.kind === "report";
  const lead = {
    report: held ? say.match.held.lead(visit.matching.held_for) : words.lead(desk), diary: words.lead(desk), release: say.diary.release.sent(desk), safety: visit.matching.waits ? say.match.held.part_sent(desk) : say.diary.part.sent(desk),
    "follow-up": say.come_back.sent.more_lead(desk), "new-codename": say.come_back.sent.changed_lead,
  }[visit.kind];
  return (
    <>
      <div class="arrived">
        <Title>{held ? say.match.held.title : words.title}</Title>
        <p class="govuk-body-l">{lead}</p>
        {visit.kind !== "new-codename" && <p class="govuk-body">{words.brave}</p>}
      </div>
      {held && <p class="govuk-inset-text">{say.match.choice.nobody}</p>}
      <LastStep visit={visit} />
      {visit.danger_sent && <DangerSaid roster={roster} unread={held} />}
      <DraftGone draft={visit.draft} />
      {visit.kind === "safety" && !visit.matching.waits && visit.wants_saving && <p class="govuk-body">{say.diary.kept.draft}</p>}
      {visit.kind === "new-codename" && <MoveKept visit={visit} />}
      {visit.kind === "safety" && visit.matching.waits ? null : visit.kind === "safety" ? <Button press={() => visit.keeping.open_diary()}>{say.diary.kept.open}</Button>
        : visit.kind !== "report" && <Button press={() => visit.return_to_box()}>{say.come_back.sent.back}</Button>}
      <h2 class="govuk-heading-m">{words.next_title}</h2>
      <Bullets of={[...(visit.danger_sent || held ? [] : [<Said line={line_of(roster, "read_when")} />]), ...(held ? say.match.held.next : words.next), roster.helplines.length > 0 ? words.worse : words.worse_alone]} />
      <h2 class="govuk-heading-m">{say.come_back.sent.title}</h2>
      <Bullets of={held ? [...say.come_back.sent.how.slice(0, 1), ...say.match.held.back] : [say.come_back.sent.look_from(day_text(look_again_day(today()))), ...say.come_back.sent.how]} />
      <h2 class="govuk-heading-m">{words.receipt_title}</h2>
      <p class="govuk-body">{words.receipt}</p>
      <p><Button kind="secondary" id="show-receipt" expanded={shows_receipt} press={() => set_shows_receipt(!shows_receipt)}>{shows_receipt ? words.receipt_hide : words.receipt_show}</Button></p>
      {shows_receipt && visit.receipt !== null && (
        <div role="status">
          <p class="receipt" id="receipt">{visit.receipt.short_code}</p>
          <p class="govuk-body">{words.day(visit.receipt.day)}</p>
        </div>
      )}
      <p><Button kind="secondary" expanded={shows_codename} press={() => set_shows_codename(!shows_codename)}>{shows_codename ? words.codename_hide : words.codename_show}</Button></p>
      {shows_codename && visit.said.codename !== null && <CodenameWords codename={visit.said.codename} hidden={false} />}
      <h2 class="govuk-heading-m">{words.clear_title}</h2>
      <Bullets of={words.clear} />
      <Helplines of={roster.helplines} language={roster.language} />
    </>
  );
}

export function ReceiptWrongView({ visit, roster }: { visit: Visit; roster: Roster }): JSX.Element {
  const words = say.receipt_wrong;
  return (
    <>
      <Title>{words.title}</Title>
      <p class="govuk-body">{visit.failure?.why === "receipt-day" ? words.day : words.wrong}</p>
      <h2 class="govuk-heading-m">{words.do_title}</h2>
      <Bullets of={visit.failure?.why === "receipt-day" ? [words.clock, ...words.do] : words.do} />
      <Button press={() => visit.go({ at: "check" })}>{words.back}</Button>
      <Helplines of={roster.helplines} language={roster.language} />
    </>
  );
}
