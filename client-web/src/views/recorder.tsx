// SPDX-License-Identifier: AGPL-3.0-or-later
// Recording her voice, where the browser can; listening to it again.

import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Recorder } from "../recorder";
import { say } from "../words";
import { Bullets, Button } from "./parts";

interface Props {
  readonly add: (file: File) => void;
  /** While she speaks she touches nothing: the cover waits. */
  readonly hold: (held: boolean) => void;
}

export function RecorderView({ add, hold }: Props): JSX.Element {
  const [, redraw] = useState(0);
  const [added, set_added] = useState(false);
  const panel = useRef<HTMLDivElement>(null);
  const latest = useRef(add);
  latest.current = add;
  const [recorder] = useState(() => new Recorder(
    () => {
      hold(recorder.state === "recording");
      redraw((n) => n + 1);
    },
    (file) => {
      set_added(true);
      latest.current(file);
    },
    (number) => say.evidence.record.name(number),
  ));
  useEffect(() => () => recorder.finish(), []); // whoever goes on while it runs keeps what was said
  const { state } = recorder;
  useLayoutEffect(() => {
    if (state !== "idle") panel.current?.querySelector("button")?.focus(); // the pressed one has gone
  }, [state]);
  const words = say.evidence.record;
  return (
    <section class="recorder" aria-labelledby="recorder">
      <h2 class="govuk-heading-s" id="recorder">{words.title}</h2>
      <Bullets of={words.warning} />
      <div ref={panel}>
        <p class="govuk-body" role="status">
          {state === "asking" && words.asking}
          {state === "refused" && words.refused}
          {state === "recording" && <strong class="recorder__on">{words.recording}</strong>}
          {state === "paused" && words.paused}
          {state === "idle" && added && words.added}
        </p>
        {recorder.is_open && state !== "asking" && <p class="govuk-body recorder__time">{words.length(recorder.seconds)}</p>}
        <div class="govuk-button-group">
          {(state === "idle" || state === "refused") && <Button kind="secondary" id="record" press={() => void recorder.start()}>{words.start}</Button>}
          {state === "recording" && <Button kind="secondary" press={() => recorder.pause()}>{words.pause}</Button>}
          {state === "paused" && <Button kind="secondary" press={() => recorder.resume()}>{words.resume}</Button>}
          {(state === "recording" || state === "paused") && <Button press={() => recorder.finish()}>{words.finish}</Button>}
          {(state === "recording" || state === "paused") && <Button kind="link" press={() => recorder.discard()}>{words.discard}</Button>}
        </div>
      </div>
    </section>
  );
}

export function Listen({ file }: { file: File }): JSX.Element | null {
  const [address, set_address] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(file);
    set_address(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return address === "" ? null : <audio class="files__listen" controls src={address} aria-label={say.evidence.record.listen(file.name)} />;
}
