// SPDX-License-Identifier: AGPL-3.0-or-later
// One more thing that tells who he is: what kind, its fields, and how it is compared, shown before it is added.

import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { typed_before } from "../naming";
import { fields_of, IDENTIFIER_KINDS, normalise_identifier, type Identifier, type IdentifierKind } from "../protocol/identifier";
import { ALL_FORCES, ALL_PLATFORMS, force_of_id, platform_of_id } from "../protocol/identifier_tables";
import { make_disclosure } from "../protocol/report";
import type { Visit } from "../visit";
import { say } from "../words";
import { Asking, Button, ErrorMessage, ErrorSummary, type Fault } from "./parts";

export const ADD_FIELD = "kind";
const SHOWN = "him-shown";

type FieldName = keyof typeof say.match.fields;

/** What a field of a kind is called: some have the same name in two kinds, and are asked for in other words. */
function name_of(kind: IdentifierKind, field: string): FieldName {
  if (field === "number") return kind === "collar-number" ? "collar_number" : kind === "warrant-number" ? "warrant_number" : "phone_number";
  if (field === "born") return kind === "name-and-birth-day" ? "birth_day" : "birth_year";
  return field as FieldName;
}

function value_text(field: string, value: string): string {
  return field === "force" ? force_of_id(value).name : field === "platform" ? platform_of_id(value).name : value;
}

/** In its normal form, for her to read. */
export function identifier_text({ kind, values }: Identifier): string {
  return say.match.kinds[kind].name + ": " + fields_of(kind).map((field, i) => value_text(field, values[i] ?? "")).join(", ");
}

interface Props {
  readonly visit: Visit;
  readonly error: string | undefined;
  /** Whether something is filled in that is not added. */
  readonly half_done: (half_done: boolean) => void;
}

export function AddIdentifier({ visit, error, half_done }: Props): JSX.Element {
  const [kind, set_kind] = useState<IdentifierKind | null>(null);
  const [typed, set_typed] = useState<readonly string[]>([]);
  const [attempts, set_attempts] = useState(0);
  const [looked, set_looked] = useState<Identifier | null>(null);
  const words = say.match;
  const { naming, answers } = visit.said;
  useLayoutEffect(() => half_done(kind !== null && typed.some((text) => text !== "")), [kind, typed]);

  // What she pressed is gone from the page: the focus goes to what came in its place.
  const was_shown = useRef(false);
  useLayoutEffect(() => {
    if (looked !== null || was_shown.current) document.getElementById(looked !== null ? SHOWN : ADD_FIELD)?.focus();
    was_shown.current = looked !== null;
  }, [looked]);

  const choose = (chosen: string): void => {
    const found = IDENTIFIER_KINDS.find((one) => one === chosen) ?? null;
    set_kind(found);
    set_typed(found === null || visit.form === null ? [] : typed_before(found, make_disclosure(visit.form, answers).accused));
    set_attempts(0);
    set_looked(null);
  };
  const result = kind === null ? null : normalise_identifier(kind, typed);
  const faults: Fault[] = [];
  if (result === null) faults.push({ field: ADD_FIELD, text: words.choose_kind });
  else if (result.fault !== null) faults.push({ field: "him-" + result.field, text: words.faults[result.fault] });
  else if (naming.has(result.identifier)) faults.push({ field: ADD_FIELD, text: words.twice });
  const shown = attempts > 0 && looked === null ? faults : [];
  const look = (): void => {
    if (faults.length > 0 || result === null || result.fault !== null) return set_attempts(attempts + 1);
    set_looked(result.identifier);
  };
  const add = (): void => {
    if (looked !== null) naming.add(looked);
    choose("");
  };
  return (
    <Asking submit={look}>
      <h2 class="govuk-heading-m">{words.add_title}</h2>
      <ErrorSummary faults={shown} times={attempts} />
      {looked !== null ? (
        <>
          <div class="govuk-inset-text" id={SHOWN} tabIndex={-1}>
            <p class="govuk-body">{words.shown} <strong>{identifier_text(looked)}</strong></p>
            <p class="govuk-body">{words.shown_hint}</p>
          </div>
          <div class="govuk-button-group">
            <Button kind="secondary" press={add}>{words.add}</Button>
            <Button kind="link" press={() => set_looked(null)}>{words.change}</Button>
          </div>
        </>
      ) : (
        <>
          <Field id={ADD_FIELD} label={words.kind} hint={kind === null ? undefined : words.kinds[kind].hint} error={error ?? shown.find(({ field }) => field === ADD_FIELD)?.text}
            choices={IDENTIFIER_KINDS.map((id) => ({ id, name: words.kinds[id].name }))} value={kind ?? ""} give={choose} />
          {kind !== null && fields_of(kind).map((field, i) => (
            <Field key={kind + field} id={"him-" + field} label={words.fields[name_of(kind, field)]} hint={name_of(kind, field) === "birth_day" ? words.birth_day_hint : undefined}
              error={shown.find((fault) => fault.field === "him-" + field)?.text}
              choices={field === "force" ? ALL_FORCES : field === "platform" ? ALL_PLATFORMS : null} value={typed[i] ?? ""}
              give={(text) => set_typed(fields_of(kind).map((_, at) => (at === i ? text : typed[at] ?? "")))} />
          ))}
          <Button kind="secondary">{words.show}</Button>
        </>
      )}
    </Asking>
  );
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint: string | undefined;
  readonly error: string | undefined;
  /** Null: a line of text. */
  readonly choices: readonly { readonly id: string; readonly name: string }[] | null;
  readonly value: string;
  readonly give: (text: string) => void;
}

function Field({ id, label, hint, error, choices, value, give }: FieldProps): JSX.Element {
  const wrong = error !== undefined;
  const described = [...(hint === undefined ? [] : [id + "-hint"]), ...(wrong ? [id + "-error"] : [])].join(" ");
  const shared = { id, value, autocomplete: "off", "aria-describedby": described === "" ? undefined : described, "aria-invalid": wrong };
  return (
    <div class={"govuk-form-group" + (wrong ? " govuk-form-group--error" : "")}>
      <label class="govuk-label" for={id}>{label}</label>
      {hint !== undefined && <div class="govuk-hint" id={id + "-hint"}>{hint}</div>}
      <ErrorMessage id={id + "-error"} text={error} />
      {choices === null
        ? <input class={"govuk-input" + (wrong ? " govuk-input--error" : "")} type="text" dir="auto" autocapitalize="none" spellcheck={false} {...shared} onInput={(event) => give(event.currentTarget.value)} />
        : (
          <select class={"govuk-select" + (wrong ? " govuk-select--error" : "")} {...shared} onChange={(event) => give(event.currentTarget.value)}>
            <option value="">{say.match.choose}</option>
            {choices.map((choice) => <option value={choice.id}>{choice.name}</option>)}
          </select>
        )}
    </div>
  );
}
