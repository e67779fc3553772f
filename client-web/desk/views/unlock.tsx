// SPDX-License-Identifier: AGPL-3.0-or-later
// Key file and passphrase. Both go to the tool on this computer, and the page keeps neither.

import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { encode_base64, wipe } from "../../src/protocol/bytes";
import { Asking, Button, ErrorMessage, ErrorSummary, Title, type Fault } from "../../src/views/parts";
import { visible_line } from "../../src/visible";
import { words_of, type Desk } from "../desk";
import type { LockedDesk } from "../shapes";
import { say } from "../words";
import { use_kept_focus } from "./pieces";
import { WorkingView } from "./working";

const KEY_FILE_BYTES_MAX = 65536;

/** Of a file that was chosen: base64, or what is wrong. */
async function read_key(file: File): Promise<{ readonly key: string } | { readonly wrong: string }> {
  if (file.size > KEY_FILE_BYTES_MAX) return { wrong: say.unlock.too_large };
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const key = encode_base64(bytes);
    wipe(bytes);
    return { key };
  } catch {
    return { wrong: say.unlock.unreadable };
  }
}

export function UnlockView({ desk, locked }: { desk: Desk; locked: LockedDesk }): JSX.Element {
  const words = say.unlock;
  const [other, set_other] = useState(locked.key_file === "");
  const [shown, set_shown] = useState(false);
  const [faults, set_faults] = useState<{ readonly of: readonly Fault[]; readonly times: number }>({ of: [], times: 0 });
  const passphrase = useRef<HTMLInputElement>(null);
  const file = useRef<HTMLInputElement>(null);
  use_kept_focus(other, other ? "key-file" : "other-key-file");
  useLayoutEffect(() => () => void (passphrase.current !== null && (passphrase.current.value = "")), []);

  const refuse = (of: readonly Fault[]): void => set_faults(({ times }) => ({ of, times: times + 1 }));
  const submit = async (): Promise<void> => {
    const chosen = other ? file.current?.files?.[0] : undefined;
    const typed = passphrase.current?.value ?? "";
    const missing = [
      ...(other && chosen === undefined ? [{ field: "key-file", text: words.no_file }] : []),
      ...(typed === "" ? [{ field: "passphrase", text: words.no_passphrase }] : []),
    ];
    if (missing.length > 0) return refuse(missing);
    const read = chosen === undefined ? null : await read_key(chosen);
    if (read !== null && "wrong" in read) return refuse([{ field: "key-file", text: read.wrong }]);
    if (passphrase.current !== null) passphrase.current.value = "";
    try {
      await desk.unlock(typed, read?.key ?? null);
    } catch (error) {
      const trouble = words_of(error);
      if (trouble !== null) desk.stay_locked(trouble);
    }
  };
  const fault = (field: string): string | undefined => faults.of.find((one) => one.field === field)?.text;
  const why = locked.why === null ? null : locked.why === "idle" ? words.idle : visible_line(locked.why);
  const refused = locked.why !== null && locked.why !== "idle";
  if (desk.working === "opening" && faults.of.length > 0) set_faults({ of: [], times: 0 });
  // The form stays while the tool works, so that a file need not be chosen twice.
  return (
    <>
      {desk.working === "opening" && <WorkingView busy={desk.busy} />}
      <div hidden={desk.working === "opening"}>
        {faults.of.length > 0 && <ErrorSummary faults={faults.of} times={faults.times} />}
        {faults.of.length === 0 && refused && <ErrorSummary key={desk.refusals} faults={[{ field: "passphrase", text: why ?? "" }]} times={0} />}
        {refused || faults.of.length > 0 ? <h1 class="govuk-heading-l">{words.title}</h1> : <Title>{words.title}</Title>}
        {why !== null && !refused && <div class="govuk-inset-text">{why}</div>}
        <Asking submit={() => void submit()}>
          {other ? (
            <div class={"govuk-form-group" + (fault("key-file") === undefined ? "" : " govuk-form-group--error")}>
              <label class="govuk-label govuk-label--s" for="key-file">{words.file}</label>
              <div class="govuk-hint" id="key-file-hint">{words.file_hint}</div>
              <ErrorMessage id="key-file-error" text={fault("key-file")} />
              <input class="govuk-file-upload" type="file" id="key-file" ref={file} aria-describedby="key-file-hint key-file-error" />
              {locked.key_file !== "" && <p class="clear"><Button kind="link" press={() => set_other(false)}>{words.same(visible_line(locked.key_file))}</Button></p>}
            </div>
          ) : (
            <div class="govuk-form-group">
              <p class="govuk-body key-file"><strong>{words.from_tool(visible_line(locked.key_file))}</strong><span class="key-file__hint">{words.from_tool_hint}</span></p>
              <Button kind="link" id="other-key-file" press={() => set_other(true)}>{words.other}</Button>
            </div>
          )}
          <div class={"govuk-form-group" + (fault("passphrase") === undefined ? "" : " govuk-form-group--error")}>
            <label class="govuk-label govuk-label--s" for="passphrase">{words.passphrase}</label>
            <ErrorMessage id="passphrase-error" text={fault("passphrase")} />
            <input class="govuk-input" type={shown ? "text" : "password"} id="passphrase" ref={passphrase} autocomplete="off" autocapitalize="none" spellcheck={false}
              aria-describedby="passphrase-error" />
            <div class="govuk-checkboxes govuk-checkboxes--small">
              <div class="govuk-checkboxes__item">
                <input class="govuk-checkboxes__input" id="show" type="checkbox" autocomplete="off" checked={shown} onChange={(event) => set_shown(event.currentTarget.checked)} />
                <label class="govuk-label govuk-checkboxes__label" for="show">{words.show}</label>
              </div>
            </div>
          </div>
          <Button>{words.button}</Button>
        </Asking>
      </div>
    </>
  );
}
