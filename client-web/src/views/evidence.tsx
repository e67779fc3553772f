// SPDX-License-Identifier: AGPL-3.0-or-later
// One file that she added: what it tells beside its content, and whether it goes as it is or as a copy.

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { copy_without_details, look_into, original_of, seen } from "../evidence/attached";
import type { Detail } from "../evidence/details";
import { name_tells_time, type Look } from "../evidence/look";
import { is_stripped_copy } from "../evidence/strip";
import { is_recording } from "../recorder";
import { say } from "../words";

interface Props {
  readonly file: File; // what would be sent: the original, or its copy
  readonly index: number;
  readonly replace: (by: File) => void;
}

export function EvidenceView({ file, index, replace }: Props): JSX.Element | null {
  const original = original_of(file);
  const [found, set_found] = useState<Look | undefined>(seen(original));
  const [work, set_work] = useState<"none" | "stripping" | "failed">("none");
  const words = say.evidence;
  useEffect(() => {
    let wanted = true;
    void look_into(original).then((look) => wanted && set_found(look));
    return () => {
      wanted = false;
    };
  }, [original]);
  if (is_recording(file)) return null;
  if (found === undefined) return <p class="govuk-hint">{words.looking}</p>;
  const rows = [...found.details.map(row_of), ...(name_tells_time(original.name) ? [[words.also, words.name_tells] as const] : [])];
  const kind = found.kind === "other" || found.kind === "document" ? words[found.kind] : null;
  if (rows.length === 0) return <p class="govuk-hint">{kind ?? words.nothing}</p>;
  const strip = async (): Promise<void> => {
    set_work("stripping");
    const copy = await copy_without_details(original, words.copy_name(index + 1));
    set_work(copy === null ? "failed" : "none");
    if (copy !== null) replace(copy);
  };
  return (
    <div class="tells">
      {kind !== null && <p class="govuk-hint">{kind}</p>}
      <p class="tells__head">{words.tells}</p>
      <dl class="tells__list">
        {rows.map(([name, text]) => <div><dt>{name}</dt><dd>{text}</dd></div>)}
      </dl>
      {found.strippable && work !== "failed" && <Choice original={original} index={index} copied={is_stripped_copy(file)} keep={() => replace(original)} strip={() => void strip()} />}
      <p class="govuk-hint" role="status">
        {work === "stripping" && words.stripping}
        {is_stripped_copy(file) && work === "none" && words.stripped(file.name)}
        {work === "failed" && words.strip_failed}
      </p>
      {!found.strippable && found.details.length > 0 && <p class="govuk-hint">{words.cannot_strip}</p>}
    </div>
  );
}

interface ChoiceProps {
  readonly original: File;
  readonly index: number;
  readonly copied: boolean;
  readonly keep: () => void;
  readonly strip: () => void;
}

function Choice({ original, index, copied, keep, strip }: ChoiceProps): JSX.Element {
  const words = say.evidence;
  const options = [["keep", words.keep, !copied, keep], ["strip", words.strip, copied, strip]] as const;
  return (
    <fieldset class="govuk-fieldset">
      <legend class="govuk-visually-hidden">{words.choose(original.name)}</legend>
      <div class="govuk-radios govuk-radios--small">
        {options.map(([name, label, on, choose]) => {
          const id = name + "-" + index;
          return (
            <div class="govuk-radios__item">
              <input class="govuk-radios__input" type="radio" name={"send-" + index} id={id} checked={on} onChange={choose} />
              <label class="govuk-label govuk-radios__label" for={id}>{label}</label>
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}

/** For the check page: what goes with it, in few words; nothing for a file that tells nothing. */
export function tells_in_short(file: File): string {
  const words = say.evidence;
  if (is_stripped_copy(file)) return words.check_copy;
  const parts = [...new Set(seen(file)?.details.map(({ what }) => words.check_parts[what]))];
  return parts.length === 0 ? "" : words.check_tells(parts.join(", "));
}

function row_of(detail: Detail): readonly [string, string] {
  const words = say.evidence;
  switch (detail.what) {
    case "time": return [words.when, time_text(detail.text)];
    case "place": return [words.where, words.near(detail.latitude.toFixed(2), detail.longitude.toFixed(2))];
    case "more": return [words.also, words.more[detail.text]];
    default: return [words[detail.what], detail.text];
  }
}

function time_text(text: string): string {
  const [day = "", clock, zone = ""] = text.split(" ");
  const at = new Date(day + "T" + (clock ?? "00:00") + "Z");
  return Number.isNaN(at.getTime()) ? text : say.evidence.time(at, clock !== undefined, zone);
}
