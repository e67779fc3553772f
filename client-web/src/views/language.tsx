// SPDX-License-Identifier: AGPL-3.0-or-later
// Which language the page speaks: asked only where the organisation has switched on more than one. And parts in another language.

import type { JSX } from "preact";
import type { Line } from "../organisation";
import type { Visit } from "../visit";
import { marked, offered, say, spoken } from "../words";

export function LanguageChoice({ visit, switched_on }: { visit: Visit; switched_on: readonly string[] }): JSX.Element | null {
  const languages = offered(switched_on);
  return (
    <>
      {languages.length > 1 && (
        <fieldset class="govuk-fieldset language">
          <legend class="govuk-visually-hidden">{say.languages.title}</legend>
          <div class="govuk-radios govuk-radios--inline govuk-radios--small">
            {languages.map((language) => (
              <div class="govuk-radios__item" key={language.tag}>
                <input class="govuk-radios__input" type="radio" name="language" id={"language-" + language.tag}
                  checked={language === spoken} onChange={() => visit.speak(language)} />
                <label class="govuk-label govuk-radios__label" for={"language-" + language.tag}><span {...marked(language.tag)}>{language.name}</span></label>
              </div>
            ))}
          </div>
        </fieldset>
      )}
      {!spoken.reviewed && <p class="govuk-inset-text">{say.languages.unreviewed}</p>}
    </>
  );
}

/** A line that the organisation answers for, marked where it is in another language than the page. */
export function Said({ line }: { line: Line }): JSX.Element {
  return <span {...marked(line.language)}>{line.text}</span>;
}
