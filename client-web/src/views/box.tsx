// SPDX-License-Identifier: AGPL-3.0-or-later
// What has come for a codename. An invented one leads to the very same page.

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { day_text } from "../day_text";
import { look_again_day, today } from "../protocol/day";
import type { Reply } from "../protocol/reply";
import type { Roster } from "../protocol/roster";
import type { Return } from "../return";
import type { Visit } from "../visit";
import { say } from "../words";
import { CodenameWords } from "./codename";
import { BackLink, Button, Title } from "./parts";
import { ReplyFileView } from "./reply_file";
import { Paused } from "./trouble";

export function BoxView({ visit, roster }: { visit: Visit; roster: Roster }): JSX.Element {
  const [shows_words, set_shows_words] = useState(false);
  const words = say.come_back.box;
  const { come_back } = visit;
  useEffect(() => () => come_back.drop_file(), [come_back]);
  const replies = come_back.box?.replies ?? [];
  const name_of = (id: string): string => roster.caseworkers.find((caseworker) => caseworker.id === id)?.name ?? id;
  return (
    <>
      <BackLink press={() => visit.back()} />
      <Title>{words.title}</Title>
      {visit.trouble?.kind === "roster" && <p class="govuk-inset-text">{say.trouble.outdated}</p>}
      <div role="status">{status(come_back).map((text) => <p class="govuk-body">{text}</p>)}</div>
      {[...replies].reverse().map((reply) => <Message key={reply.caseworker + reply.number.toString()} reply={reply} name={name_of(reply.caseworker)} come_back={come_back} />)}
      <p class="govuk-hint">{words.hour} {words.look_from(day_text(look_again_day(today())))}</p>
      <p><Button kind="link" expanded={shows_words} press={() => set_shows_words(!shows_words)}>{shows_words ? words.words_hide : words.words_show}</Button></p>
      {shows_words && come_back.codename !== null && <CodenameWords codename={come_back.codename} hidden={false} />}
      <h2 class="govuk-heading-m">{words.next_title}</h2>
      <Paused visit={visit} />
      {!visit.paused && <Button press={() => visit.write("follow-up")}>{visit.kind === "follow-up" && visit.has_account ? words.go_on : words.write}</Button>}
      <h2 class="govuk-heading-m">{say.diary.own_title}</h2>
      <p class="choices">
        <Button kind="link" press={() => visit.go({ at: "diary" })}>{say.diary.own.diary}</Button>
        <Button kind="link" press={() => visit.go({ at: "unfinished" })}>{say.diary.own.unfinished}</Button>
        <Button kind="link" press={() => visit.go({ at: "last-opened" })}>{say.diary.own.last_opened}</Button>
      </p>
      <p class="choices">
        {!visit.paused && <Button kind="link" press={() => visit.write("new-codename")}>{words.change}</Button>}
        <Button kind="link" press={() => visit.go({ at: "withdraw" })}>{words.withdraw}</Button>
        <Button kind="link" press={() => visit.back()}>{words.close}</Button>
      </p>
    </>
  );
}

function status({ box, broken }: Return): readonly string[] {
  const words = say.come_back.box;
  if (broken) return [words.broken];
  const looking = box?.no_answer === true ? words.no_answer : words.looking;
  if (box === null || !box.searched) return [looking];
  const { replies, to_come } = box;
  if (replies.length === 0) return [to_come > 0 ? looking : words.none];
  return [words.count(replies.length), ...(to_come === 0 ? [] : [box.no_answer ? words.no_answer : words.more_to_come(to_come)])];
}

function Message({ reply, name, come_back }: { reply: Reply; name: string; come_back: Return }): JSX.Element {
  const words = say.come_back.box;
  const day = day_text(reply.day);
  if (reply.kind === "opened") return <p class="govuk-inset-text">{words.opened(name, day)}</p>;
  return (
    <article class="message">
      <h2 class="govuk-heading-s">{words.message_from(name, day)}</h2>
      <p class="message__words">{reply.words}</p>
      {reply.file !== null && <ReplyFileView reply={reply} file={reply.file} come_back={come_back} />}
    </article>
  );
}
