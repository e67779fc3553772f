// SPDX-License-Identifier: AGPL-3.0-or-later
// A voice recording, in memory only: small pieces at short times, because a browser may put a large one on disk.

const PIECE_MILLISECONDS = 1000;
const BITS_PER_SECOND = 32_000;
export const RECORDING_SECONDS_MAX = 3600;
const KINDS: readonly (readonly [string, string])[] = [["audio/webm;codecs=opus", "webm"], ["audio/ogg;codecs=opus", "ogg"], ["audio/mp4", "m4a"]];

export type RecorderState = "idle" | "asking" | "refused" | "recording" | "paused";

function kind_here(): readonly [string, string] | undefined {
  return typeof MediaRecorder === "undefined" ? undefined : KINDS.find(([type]) => MediaRecorder.isTypeSupported(type));
}

/** Tor Browser has neither; other browsers have no microphone for pages that came over plain http. */
export function can_record(): boolean {
  return (navigator.mediaDevices as MediaDevices | undefined)?.getUserMedia !== undefined && kind_here() !== undefined;
}

const made_here = new WeakSet<File>();
let made = 0;
export const is_recording = (file: File): boolean => made_here.has(file);

let current: Recorder | null = null;

/** At exit: the microphone is off at once, and what was said is not kept. */
export function forget_recording(): void {
  current?.discard();
}

export class Recorder {
  state: RecorderState = "idle";
  seconds = 0;
  private recorder: MediaRecorder | null = null;
  private stream: MediaStream | null = null;
  private pieces: Blob[] = [];
  private dropped = false;

  /** done: once it is finished, with a file that is not empty. name: without an ending. */
  constructor(private readonly changed: () => void, private readonly done: (file: File) => void, private readonly name: (number: number) => string) {}

  get is_open(): boolean {
    return this.recorder !== null || this.state === "asking";
  }

  async start(): Promise<void> {
    const kind = kind_here();
    if (this.is_open || kind === undefined) return;
    current = this;
    this.dropped = false;
    this.become("asking");
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
    const unwanted = this.dropped as boolean; // discarded while the browser asked
    if (stream === null || unwanted) {
      stream?.getTracks().forEach((track) => track.stop());
      return this.become(unwanted ? "idle" : "refused");
    }
    const recorder = new MediaRecorder(stream, { mimeType: kind[0], audioBitsPerSecond: BITS_PER_SECOND });
    recorder.addEventListener("dataavailable", ({ data }) => this.take(data));
    recorder.addEventListener("stop", () => this.stopped(kind));
    this.pieces = [];
    this.seconds = 0;
    this.recorder = recorder;
    this.stream = stream;
    recorder.start(PIECE_MILLISECONDS);
    this.become("recording");
  }

  pause(): void {
    if (this.state !== "recording") return;
    this.recorder?.pause();
    this.stream?.getTracks().forEach((track) => (track.enabled = false));
    this.become("paused");
  }

  resume(): void {
    if (this.state !== "paused") return;
    this.stream?.getTracks().forEach((track) => (track.enabled = true));
    this.recorder?.resume();
    this.become("recording");
  }

  finish(): void {
    if (this.state === "asking") return this.discard();
    if (this.recorder !== null && this.recorder.state !== "inactive") this.recorder.stop();
    this.stream?.getTracks().forEach((track) => track.stop());
  }

  discard(): void {
    this.dropped = true;
    this.pieces = [];
    if (this.recorder !== null) this.finish();
  }

  private take(piece: Blob): void {
    if (piece.size === 0 || this.dropped) return;
    this.pieces.push(piece);
    if (this.state === "recording") this.seconds += PIECE_MILLISECONDS / 1000;
    if (this.seconds >= RECORDING_SECONDS_MAX) this.finish();
    this.changed();
  }

  /** Also when the microphone was pulled out: what was said until then is kept. */
  private stopped([type, extension]: readonly [string, string]): void {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.recorder = null;
    this.stream = null;
    const pieces = this.pieces;
    this.pieces = [];
    this.become("idle");
    if (pieces.length === 0) return;
    made += 1;
    const file = new File(pieces, this.name(made) + "." + extension, { type: type.replace(/;.*/, ""), lastModified: 0 });
    made_here.add(file);
    this.done(file);
  }

  private become(state: RecorderState): void {
    this.state = state;
    this.changed();
  }
}
