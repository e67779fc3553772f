// SPDX-License-Identifier: AGPL-3.0-or-later
// `candour desk` as a caseworker starts it, and reports for it, sent with `candour report`.

import { execFile, spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { Daemon } from "./daemon";
import { write_key_file } from "./desk";
import { TEST_FORM } from "./organisation";
import { bin, type Site } from "./server";

const built_pages = process.env["CANDOUR_DESK_PAGES"] ?? join(process.env["CANDOUR_ROOT"] ?? ".", "client-web/dist-desk");

/** With questions about contact, as the form of this mission has them. */
export const DESK_FORM = {
  ...TEST_FORM,
  steps: [...TEST_FORM.steps, { id: "contact", title: "Contact", text: [], questions: [
    { id: "contact", kind: "choice", label: "May we contact you?", options: [{ id: "no", label: "No" }, { id: "yes", label: "Yes" }] },
    { id: "contact_when", kind: "text", label: "When is it safe?", characters_max: 200 },
    { id: "access_needs", kind: "text", label: "What would make this easier?", characters_max: 200 },
  ] }],
};

export async function publish_desk_form(site: Site): Promise<void> {
  site.publish(site.organisation.note({ form: DESK_FORM, version: 8 }));
  for (let i = 0; i < 100; i += 1) {
    if ((await (await fetch(site.address + "/v1/roster")).text()).includes('"contact_when"')) return;
    await sleep(50);
  }
  throw new Error("the roster with the desk's form is not served");
}

export interface DeskTool {
  /** The address with the newest way in. */
  readonly way: () => string;
  /** Enter in the terminal. */
  readonly press_enter: () => Promise<string>;
  readonly stop: () => Promise<void>;
  readonly pid: number;
}

/** key: whether the tool is told of her key file; otherwise the page asks for it. */
export async function start_desk(site: Site, member: string, { key = true, idle_minutes = 10, state = member } = {}): Promise<DeskTool> {
  const file = await write_key_file(site, member);
  return run_desk(site, state, ["--server", site.desk_address, "--pin", join(site.folder, "root.pin"), "--idle", idle_minutes.toString(), ...(key ? ["--key", file] : [])]);
}

export async function run_desk(site: Daemon, state: string, options: readonly string[]): Promise<DeskTool> {
  const running: ChildProcess = spawn(join(bin, "candour"), ["desk", "--pages", built_pages, ...options], { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, XDG_STATE_HOME: join(site.folder, "state-" + state) } });
  let said = "";
  for (const stream of [running.stdout, running.stderr]) stream?.on("data", (piece: Buffer) => (said += piece.toString()));
  const ways = (): string[] => said.match(/http:\/\/127\.0\.0\.1:\d+\/#[0-9a-f]{64}/g) ?? [];
  const next = async (count: number): Promise<string> => {
    for (let i = 0; i < 200; i += 1) {
      const way = ways()[count - 1];
      if (way !== undefined) return way;
      if (running.exitCode !== null) break;
      await sleep(50);
    }
    throw new Error("candour desk: " + said);
  };
  const ended = new Promise((resolve) => running.once("exit", resolve));
  await next(1);
  return {
    way: () => ways().at(-1) ?? "",
    pid: running.pid ?? 0,
    press_enter() {
      const before = ways().length;
      running.stdin?.write("\n");
      return next(before + 1);
    },
    async stop() {
      running.kill("SIGTERM");
      await ended;
    },
  };
}

export interface Sent {
  readonly report: string;
  readonly codename: string;
}

/** Not while this process waits: the proxy before the server is in it. */
const candour = async (...options: readonly string[]): Promise<string> => (await promisify(execFile)(join(bin, "candour"), options)).stdout;

/** follows: the codename of what it adds to. */
export async function send_report(site: Site, answers: object, files: readonly string[] = [], follows: string | null = null): Promise<Sent> {
  const folder = join(site.folder, "reporter");
  mkdirSync(folder, { recursive: true });
  const [answers_file, codename_file] = [join(folder, "answers.json"), join(folder, "codename")];
  writeFileSync(answers_file, JSON.stringify(answers));
  if (follows !== null) writeFileSync(codename_file, follows + "\n");
  const said = await candour(
    "report", "--server", site.address, "--pin", join(site.folder, "root.pin"), "--desk", "support", "--answers", answers_file, "--json",
    ...files.flatMap((file) => ["--attach", file]), ...(follows === null ? [] : ["--follow-up", "--exclude-nobody", "--codename-file", codename_file]),
  );
  const lines = said.trim().split("\n").map((line) => JSON.parse(line) as Record<string, string>);
  const sent = lines.find((line) => line["report"] !== undefined);
  return { report: sent?.["report"] ?? "", codename: follows ?? lines[0]?.["codename"] ?? "" };
}

/** What a reporter reads with her codename. */
export async function read_messages(site: Site, codename: string): Promise<readonly { readonly text: string; readonly kind: string; readonly caseworker: string }[]> {
  const file = join(site.folder, "reporter", "codename");
  writeFileSync(file, codename + "\n");
  const said = await candour("messages", "--server", site.address, "--pin", join(site.folder, "root.pin"), "--codename-file", file, "--json");
  return (JSON.parse(said) as { messages: { text: string; kind: string; caseworker: string }[] }).messages;
}
