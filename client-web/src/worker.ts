// SPDX-License-Identifier: AGPL-3.0-or-later
// The page's Worker: fetches and checks the roster, seals, sends, opens. The page terminates it on exit, and with it all keys.

import { Box } from "./box";
import { fetch_reply_file, parts_of } from "./fetch_reply_file";
import { Keeper } from "./kept/keeper";
import type { CompanionState, FileNews, FromCheckIn, FromWorker, SendOrder, ToWorker } from "./messages";
import { today } from "./protocol/day";
import { parse_pin, type Pin } from "./protocol/pin";
import type { Reply } from "./protocol/reply";
import { check_roster, type RosterCheck, type RosterSeen } from "./protocol/roster";
import { send_companion, type CompanionJob } from "./send_companion";
import { ReportNumbers, send_report } from "./send_report";
import { DropLine } from "./upload/drop_line";
import { fetch_text, insist, Refused, Unreachable } from "./upload/http";
import { Cancelled, Pace } from "./upload/pace";
import { ask_withdrawal } from "./withdraw";

let pin: Pin | null = null; // fetched once: later in a visit another one is not believed
let seen: RosterSeen | null = null;
let pace: Pace | null = null; // of what is under way
let companion_pace: Pace | null = null; // of what follows the receipt of the last report
let file_pace: Pace | null = null; // of a file that came with a message
let box: Box | null = null; // once the line to the check-in Worker is there
const numbers = new ReportNumbers();
const keeper = new Keeper(tell);

function tell(news: FromWorker): void {
  self.postMessage(news);
}

async function fetch_pin(): Promise<Pin | null> {
  pin ??= parse_pin(await fetch_text("/pin"));
  return pin;
}

async function fetch_roster(trusted: Pin): Promise<RosterCheck> {
  const check = check_roster(await fetch_text("/v1/roster"), trusted, today(), seen);
  if (check.reads) {
    seen = { version: check.roster.version, hash: check.roster.hash };
    box?.take_roster(check.roster);
  }
  return check;
}

async function load(): Promise<void> {
  try {
    const trusted = await fetch_pin();
    if (trusted === null) return tell({ news: "pin-wrong" });
    tell({ news: "roster", check: await fetch_roster(trusted) });
  } catch (error) {
    if (!(error instanceof Unreachable || error instanceof Refused)) throw error;
    tell({ news: "unreachable" });
  }
}

async function send(order: SendOrder, turn: number): Promise<void> {
  const mine = new Pace((state) => tell({ news: "pace", state }));
  pace = mine;
  const fail = (why: "roster" | "refused" | "unexpected"): void => tell({ news: "failed", why, file: "" });
  try {
    const trusted = await insist(mine, fetch_pin);
    if (trusted === null) return tell({ news: "pin-wrong" });
    const check = await insist(mine, () => fetch_roster(trusted));
    tell({ news: "roster", check });
    if (check.fault !== null) return fail("roster");
    const outcome = await send_report(order, check.roster, numbers, mine, (durable_bytes, sealed_bytes) => {
      tell({ news: "progress", durable_bytes, sealed_bytes });
    }, (file_ends) => tell({ news: "planned", file_ends }));
    if (outcome.why !== null) return tell({ news: "failed", why: outcome.why, file: outcome.file });
    tell({ news: "sent", short_code: outcome.short_code, day: outcome.receipt.day, companion: outcome.companion !== null });
    if (outcome.companion !== null) void finish(outcome.companion, turn);
  } catch (error) {
    if (error instanceof Cancelled) return;
    fail(error instanceof Refused ? "refused" : "unexpected");
  } finally {
    if (pace === mine) pace = null;
  }
}

/** The report has arrived; this goes on beside whatever she does next. */
async function finish(job: CompanionJob, turn: number): Promise<void> {
  const say = (state: CompanionState): void => tell({ news: "companion", turn, state });
  const mine = new Pace((state) => say(state === "waiting" ? "waiting" : "going"));
  companion_pace = mine;
  try {
    say(await send_companion(job, mine));
  } catch (error) {
    if (!(error instanceof Cancelled)) say("refused");
  } finally {
    if (companion_pace === mine) companion_pace = null;
  }
}

function join_check_in(line: MessagePort | undefined): void {
  if (line === undefined) return;
  const joined = new Box(line, (news) => tell({ news: "box", box: news }));
  line.onmessage = (event: MessageEvent<FromCheckIn>) => joined.hear(event.data);
  box = joined;
}

async function withdraw(verb: "withdraw" | "take-back"): Promise<void> {
  if (box === null || box.keys === null) return;
  const mine = new Pace((state) => tell({ news: "withdrawal", state: state === "waiting" ? "waiting" : "going" }));
  pace = mine;
  try {
    await ask_withdrawal(box.keys, verb, mine);
    tell({ news: "withdrawal", state: verb === "withdraw" ? "asked" : "taken-back" });
  } catch (error) {
    if (!(error instanceof Cancelled)) tell({ news: "withdrawal", state: "refused" });
  } finally {
    if (pace === mine) pace = null;
  }
}

function drop_file(): void {
  file_pace?.cancel();
  file_pace = null;
}

/** The keys may be gone when it is cancelled: nothing is told of it any more. */
async function get_file(reply: Reply, turn: number): Promise<void> {
  drop_file();
  if (box === null || box.keys === null || reply.file === null) return;
  const coming = { done: 0, of: parts_of(reply.file), waiting: false };
  const say = (file: FileNews, transfer: Transferable[] = []): void => {
    if (file_pace === mine) self.postMessage({ news: "reply-file", turn, file } satisfies FromWorker, { transfer });
  };
  const mine = new Pace((state) => {
    coming.waiting = state === "waiting";
    say({ at: "coming", ...coming });
  });
  file_pace = mine;
  try {
    const file = await fetch_reply_file(box.keys, reply, reply.file, new DropLine(mine), (done) => {
      coming.done = done;
      say({ at: "coming", ...coming });
    });
    if (typeof file === "string") say({ at: file });
    else say({ at: "here", bytes: file }, [file.buffer]);
  } catch (error) {
    if (!(error instanceof Cancelled)) say({ at: "refused" });
  } finally {
    if (file_pace === mine) file_pace = null;
  }
}

self.addEventListener("message", (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  switch (message.order) {
    case "load": void load(); break;
    case "send": void send(message.report, message.turn); break;
    case "companion-now": companion_pace?.resume(); break;
    case "companion-stop": companion_pace?.cancel(); break;
    case "pause": pace?.pause(); break;
    case "resume": pace?.resume(); break;
    case "cancel": pace?.cancel(); break;
    case "check-in": join_check_in(event.ports[0]); break;
    case "open-box": drop_file(); box?.open(message.codename); break;
    case "close-box": pace?.cancel(); drop_file(); box?.close(); break;
    case "get-file": void get_file(message.reply, message.turn); break;
    case "drop-file": drop_file(); break;
    case "withdraw": case "take-back": void withdraw(message.order); break;
    default: keeper.hear(message);
  }
});
