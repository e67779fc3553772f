// SPDX-License-Identifier: AGPL-3.0-or-later
// What an event says, in words (docs/spec/cases.md "Kinds"). What is not of its kind is shown as what it is.

import { is_day } from "../src/protocol/day";
import type { CaseEvent } from "./shapes";
import { visible_line } from "../src/visible";
import { say, short_day } from "./words";

export interface Known {
  /** Of a caseworker. */
  readonly name_of: (id: string) => string;
  /** Of an account, by its report's id; null where it is not there. */
  readonly account_of: (report: string) => string | null;
}

const lower_first = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

/** Goes on from "Ada ". */
export function event_words(event: CaseEvent, { name_of, account_of }: Known): string {
  const { kind, body } = event;
  const line = (field: string): string | null => {
    const value = body[field];
    return typeof value === "string" ? visible_line(value) : null;
  };
  const as_it_is = visible_line(kind) + ": " + visible_line(JSON.stringify(body));
  switch (kind) {
    case "opened": {
      const account = account_of(line("report") ?? "");
      return account === null ? "read an account that is not here" : "read: " + lower_first(account);
    }
    case "status": {
      const status = line("status");
      return status === null ? as_it_is : "set the status: " + lower_first(say.status[status] ?? status);
    }
    case "risk": {
      const risk = line("risk");
      return risk === null ? as_it_is : "judged the risk: " + lower_first(say.risk[risk] ?? risk);
    }
    case "assign": {
      const to = line("to");
      if (to === null && body["to"] !== null) return as_it_is;
      return to === null ? "said that nobody leads" : to === event.author ? "leads from here on" : "said that " + visible_line(name_of(to)) + " leads";
    }
    case "label": {
      const label = line("label");
      if (label === null || typeof body["set"] !== "boolean") return as_it_is;
      return (body["set"] ? "put on the label " : "took off the label ") + label;
    }
    case "deadline": {
      const [name, day] = [line("name"), line("day")];
      if (name === null || (day === null && body["day"] !== null) || (day !== null && !is_day(day))) return as_it_is;
      return day === null ? "said that this deadline is over: " + name : "set a deadline: " + name + ", " + short_day(day);
    }
    case "replied": {
      const account = account_of(line("report") ?? "");
      return "answered her" + (account === null ? "" : " (" + lower_first(account) + ")");
    }
    case "admitted": {
      const [who, reason] = [line("who"), line("reason")];
      return who === null ? as_it_is : "let " + visible_line(name_of(who)) + " into the case" + (reason === null ? "" : ": " + reason);
    }
    case "grant": return "handed on an account";
    case "consent": {
      const [to, answer] = [line("to"), line("answer")];
      if (to === null || answer === null) return as_it_is;
      return `wrote down what she wants: ${to}: ${lower_first(say.casework.answers[answer] ?? answer)}`;
    }
    case "disclosure": return line("to") === null ? as_it_is : "proposed to tell " + line("to");
    case "agreed": return "agreed to tell somebody outside";
    case "disclosed": return line("outcome") === null ? as_it_is : "said what came of telling somebody: " + line("outcome");
    case "quarantine": {
      const [reason, number] = [line("reason"), body["attachment"]];
      if (reason === null || typeof number !== "number" || typeof body["set"] !== "boolean") return as_it_is;
      return (body["set"] ? "put file " : "took out from under lock: file ") + number.toString() + (body["set"] ? " under lock: " : ": ") + reason;
    }
    case "share": { // never its body, which holds the share
      const account = account_of(line("report") ?? "");
      return account === null ? "handed on a share of a report that is not here" : "handed on a share: " + lower_first(account);
    }
    case "risk-sheet": {
      const fields = Object.keys(body).map((field) => lower_first(say.daily.sheet.fields[field] ?? field));
      return fields.length === 0 ? as_it_is : visible_line(say.daily.events.sheet(fields.join(", ")));
    }
    case "signed-off": {
      const [what, text] = [line("what"), line("text")];
      return what === null || text === null ? as_it_is : say.daily.events.signed_off(lower_first(say.daily.sign_off.what[what] ?? what), text);
    }
    case "cover": {
      const [lead, by, until] = [line("for"), line("by"), line("until")];
      if (lead === null || (by === null && body["by"] !== null) || (by !== null && (until === null || !is_day(until)))) return as_it_is;
      const name = visible_line(name_of(lead));
      return by === null || until === null ? say.daily.events.no_cover(name) : say.daily.events.cover(name, visible_line(name_of(by)), short_day(until));
    }
    case "note": return "wrote a note";
    case "recused": return "has recused herself";
    default: return as_it_is;
  }
}

export function note_of(event: CaseEvent): { readonly text: string; readonly privileged: boolean } | null {
  const { text, privileged } = event.body;
  return event.kind === "note" && typeof text === "string" ? { text, privileged: privileged === true } : null;
}
