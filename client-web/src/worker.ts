// SPDX-License-Identifier: AGPL-3.0-or-later
// The page's Worker: fetches and checks the roster, seals, sends. The page terminates it on exit, and with it all keys.

import type { FromWorker, SendOrder, ToWorker } from "./messages";
import { today } from "./protocol/day";
import { parse_pin, type Pin } from "./protocol/pin";
import { check_roster, type RosterCheck, type RosterSeen } from "./protocol/roster";
import { ReportNumbers, send_report } from "./send_report";
import { fetch_text, insist, Refused, Unreachable } from "./upload/http";
import { Cancelled, Pace } from "./upload/pace";

let pin: Pin | null = null; // fetched once: later in a visit another one is not believed
let seen: RosterSeen | null = null;
let pace: Pace | null = null;
const numbers = new ReportNumbers();

function tell(news: FromWorker): void {
  self.postMessage(news);
}

async function fetch_pin(): Promise<Pin | null> {
  pin ??= parse_pin(await fetch_text("/pin"));
  return pin;
}

async function fetch_roster(trusted: Pin): Promise<RosterCheck> {
  const check = check_roster(await fetch_text("/v1/roster"), trusted, today(), seen);
  if (check.fault === null) seen = { version: check.roster.version, hash: check.roster.hash };
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

async function send(order: SendOrder): Promise<void> {
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
    if (outcome.why === null) tell({ news: "sent", short_code: outcome.short_code, day: outcome.receipt.day });
    else tell({ news: "failed", why: outcome.why, file: outcome.file });
  } catch (error) {
    if (error instanceof Cancelled) return;
    fail(error instanceof Refused ? "refused" : "unexpected");
  } finally {
    if (pace === mine) pace = null;
  }
}

self.addEventListener("message", (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  switch (message.order) {
    case "load": void load(); break;
    case "send": void send(message.report); break;
    case "pause": pace?.pause(); break;
    case "resume": pace?.resume(); break;
    case "cancel": pace?.cancel(); break;
  }
});
