// SPDX-License-Identifier: AGPL-3.0-or-later
// Everything once more before it is sent, each with a way to change it.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { answer_words, is_shown_step, shown_questions, type Form } from "../protocol/form";
import type { Roster } from "../protocol/roster";
import type { Visit } from "../visit";
import type { Place } from "../way";
import { marked, say } from "../words";
import { tells_in_short } from "./evidence";
import { identifier_text } from "./naming_add";
import { Asking, BackLink, Button, ErrorSummary, Title, type Fault } from "./parts";

export function CheckView({ visit, roster, form }: { visit: Visit; roster: Roster; form: Form }): JSX.Element {
  const [attempts, set_attempts] = useState(0);
  const words = say.check;
  const faults: Fault[] = [];
  const failure = failure_text(visit);
  const no_files = visit.kind === "new-codename" || visit.kind === "safety";
  const field = visit.failure?.why === "too-many-people" || visit.failure?.why === "cannot-hold" || no_files ? "change-readers" : "change-files";
  if (!visit.has_account) faults.push({ field, text: words.nothing });
  if (visit.matching.lacks_name) faults.push({ field: "change-naming", text: say.match.check.lacks });
  else if (visit.matching.holds && !visit.matching.can_hold) faults.push({ field: "change-readers", text: say.match.choice.not_here });
  if (visit.bytes_too_many > 0) faults.push({ field, text: words.too_long(visit.bytes_too_many) });
  const shown: Fault[] = [...(failure !== null && attempts === 0 ? [{ field, text: failure }] : []), ...(attempts > 0 ? faults : [])];
  const submit = (): void => {
    if (faults.length > 0) set_attempts(attempts + 1);
    else visit.send();
  };
  const desk = roster.desks.find((d) => d.id === visit.said.desk);
  const kept_from = new Set([...visit.said.excluded, ...(visit.matching.can_name ? visit.said.naming.excluded : [])]);
  const names = (ids: ReadonlySet<string>): string => roster.caseworkers.filter((c) => ids.has(c.id)).map((c) => c.name).join(", ");
  return (
    <Asking submit={submit}>
      <BackLink press={() => visit.back()} />
      <ErrorSummary faults={shown} times={attempts} />
      <Title>{words.title}</Title>
      {visit.kind === "new-codename" && <p class="govuk-body">{say.come_back.change.check}</p>}
      {form.steps.filter((step) => is_shown_step(form, step, visit.said.answers)).map((step) => {
        const questions = shown_questions(form, step, visit.said.answers);
        if (questions.length === 0) return null;
        return (
          <section>
            <div class="check__head">
              <h2 class="govuk-heading-m" {...marked(roster.form.language)}>{step.title}</h2>
              <Change visit={visit} to={{ at: "step", step: step.id }} of={step.title} />
            </div>
            <dl class="govuk-summary-list" {...marked(form.language)}>
              {questions.map((question) => <Row name={question.label} value={answer_words(question, visit.said.answers.get(question.id)) || say.not_answered} />)}
            </dl>
          </section>
        );
      })}
      {!no_files && <section>
        <div class="check__head">
          <h2 class="govuk-heading-m">{words.files}</h2>
          <Change visit={visit} to={{ at: "files" }} of={words.files} id="change-files" />
        </div>
        <ul class="govuk-list">{visit.said.files.length === 0 ? <li>{say.files.none}</li> : visit.said.files.map((file) => <li class="files__name">{file.name} <span class="files__size">{tells_in_short(file)}</span></li>)}</ul>
      </section>}
      <section>
        <div class="check__head">
          <h2 class="govuk-heading-m">{words.readers}</h2>
          <Change visit={visit} to={{ at: "readers" }} of={words.readers} id="change-readers" />
        </div>
        <dl class="govuk-summary-list">
          <Row name={words.readers} value={visit.matching.holds ? say.match.check.readers(visit.matching.group("both").map((c) => c.name).join(", ")) : (desk?.name ?? "") + ": " + visit.readers.map((c) => c.name).join(", ") + (visit.threshold > 1 ? ". " + say.readers.together(visit.threshold) : "")} />
          {kept_from.size > 0 && <Row name={words.excluded} value={names(kept_from)} />}
          <Row name={words.codename} value={visit.kind === "follow-up" ? say.come_back.same_codename : words.codename_value} />
        </dl>
      </section>
      {visit.matching.can_name && <NamingSaid visit={visit} />}
      {visit.kind === "follow-up" && roster.matching !== null && <Releasing visit={visit} />}
      {visit.matching.holds && <p class="govuk-inset-text">{say.match.choice.nobody}</p>}
      <p class="govuk-body">{words.lead}</p>
      <Button id="send">{visit.matching.holds ? say.match.check.button : words.button}</Button>
    </Asking>
  );
}

function NamingSaid({ visit }: { visit: Visit }): JSX.Element {
  const words = say.match.check;
  const { naming } = visit.said;
  return (
    <section>
      <div class="check__head">
        <h2 class="govuk-heading-m">{words.names}</h2>
        <Change visit={visit} to={{ at: "naming" }} of={words.names} id="change-naming" />
      </div>
      <dl class="govuk-summary-list">
        <Row name={words.names} value={naming.identifiers.map(identifier_text).join("\n") || words.nothing} />
        {visit.matching.holds && <Row name={words.held} value={naming.threshold === 2 ? words.two : words.three} />}
        {visit.matching.holds && <Row name={words.then} value={naming.asks_first ? say.match.ask + "\n" + naming.contact : say.match.read} />}
      </dl>
    </section>
  );
}

/** For somebody who held a report back, was asked, and decides now. */
function Releasing({ visit }: { visit: Visit }): JSX.Element {
  const words = say.match.release;
  return (
    <div class="govuk-form-group">
      <fieldset class="govuk-fieldset">
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{words.title}</legend>
        <div class="govuk-checkboxes">
          <div class="govuk-checkboxes__item">
            <input class="govuk-checkboxes__input" type="checkbox" id="release" checked={visit.said.releases} onChange={(event) => visit.said.release(event.currentTarget.checked)} aria-describedby="release-hint" />
            <label class="govuk-label govuk-checkboxes__label" for="release">{words.label}</label>
            <div class="govuk-hint govuk-checkboxes__hint" id="release-hint">{words.hint}</div>
          </div>
        </div>
      </fieldset>
    </div>
  );
}

function Change({ visit, to, of, id }: { visit: Visit; to: Place; of: string; id?: string }): JSX.Element {
  return (
    <button type="button" class="link-button govuk-link" id={id} onClick={() => visit.change(to)}>
      {say.check.change}<span class="govuk-visually-hidden"> {of}</span>
    </button>
  );
}

export function Row({ name, value }: { name: string; value: string }): JSX.Element {
  return (
    <div class="govuk-summary-list__row">
      <dt class="govuk-summary-list__key">{name}</dt>
      <dd class="govuk-summary-list__value check__value">{value}</dd>
    </div>
  );
}

function failure_text(visit: Visit): string | null {
  const texts = say.check.failed;
  switch (visit.failure?.why) {
    case "file-unreadable": return texts["file-unreadable"](visit.failure.file);
    case "too-large": return texts["too-large"];
    case "text-too-long": return texts["text-too-long"];
    case "too-many-people": return texts["too-many-people"];
    case "cannot-hold": return say.match.check.failed;
    case "refused": return texts.refused;
    case "unexpected": return texts.unexpected;
    default: return null;
  }
}
