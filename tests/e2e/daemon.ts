// SPDX-License-Identifier: AGPL-3.0-or-later
// A real candourd with a made-up organisation in a temporary folder.

import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net, { type AddressInfo, type NetConnectOpts } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { access_of, draw_holders, matching_entry, type Holder } from "./evaluation_holders";
import { make_organisation, USUAL, type Organisation, type Setup } from "./organisation";

export const bin = process.env["CANDOUR_BIN"] ?? join(process.env["CANDOUR_ROOT"] ?? ".", "build/release/bin");
export const built_pages = process.env["CANDOUR_PAGES"] ?? join(process.env["CANDOUR_ROOT"] ?? ".", "client-web/dist");

export interface Daemon {
  readonly organisation: Organisation;
  readonly folder: string;
  /** Stops the server and starts it: what was put is in the index then, as after a full hour (docs/spec/drops.md). */
  restart(): Promise<void>;
  publish(note: string): void;
  stop(): Promise<void>;
}

export async function free_ports(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => net.createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.once("listening", resolve))));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** listeners: lines of the configuration; reporter: where the reporter's then is. */
export async function start_daemon(listeners: readonly string[], reporter: NetConnectOpts, pages: string = built_pages, setup: Setup = USUAL): Promise<Daemon> {
  const folder = mkdtempSync(join(tmpdir(), "candour-e2e-"));
  const roster_file = join(folder, "roster.note");
  const draft = await make_organisation(setup);
  mkdirSync(join(folder, "secrets"), { mode: 0o700 });
  const config = join(folder, "candourd.toml");
  const holders_socket = join(folder, "holders.sock");
  const matched = setup.group.length > 0;
  writeFileSync(config, [
    ...listeners, ...(matched ? ["[holders]", `listen = "unix:${holders_socket}"`] : []), "[paths]", `data = "${folder}/data"`, `secrets = "${folder}/secrets"`, `pages = "${pages}"`, `pin = "${folder}/root.pin"`, `roster = "${roster_file}"`, "",
  ].join("\n"));
  const init = spawnSync(join(bin, "candourd"), ["init", "--config", config], { encoding: "utf8" });
  const receipt_key = /candour\/receipt\/\S+/.exec(init.stdout + init.stderr)?.[0];
  if (receipt_key === undefined) throw new Error("candourd init: " + init.stdout + init.stderr + String(init.error ?? ""));
  const { matching: agreed, holders: [holder] } = draw_holders(1, 1, setup.group);
  if (holder === undefined) throw new RangeError("holder");
  const matching = matched ? { matching: matching_entry(agreed, () => access_of(holder)) } : {};
  const organisation: Organisation = { ...draft, note: (changes = {}) => draft.note({ receipt_key, ...matching, ...changes }) };
  writeFileSync(join(folder, "root.pin"), organisation.pin);
  writeFileSync(roster_file, organisation.note());

  const run = async (): Promise<ChildProcess> => {
    const started = spawn(join(bin, "candourd"), ["run", "--config", config], { stdio: ["ignore", "pipe", "pipe"] });
    let log = "";
    for (const stream of [started.stdout, started.stderr]) stream.on("data", (piece: Buffer) => (log += piece.toString()));
    await until_listening(reporter, started, () => log);
    return started;
  };
  const end = async (running: ChildProcess): Promise<void> => {
    const ended = new Promise((resolve) => running.once("exit", resolve));
    running.kill("SIGTERM");
    await ended;
  };
  let server: ChildProcess;
  let key_holder: ChildProcess | null = null;
  try {
    server = await run();
    if (matched) key_holder = start_key_holder(folder, holder, holders_socket);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    organisation, folder,
    publish(note) {
      writeFileSync(roster_file, note);
      server.kill("SIGHUP");
    },
    async restart() {
      await end(server);
      server = await run();
    },
    async stop() {
      if (key_holder !== null) await end(key_holder);
      await end(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Who has the key of the evaluation, and asks the server for what waits. */
function start_key_holder(folder: string, { share }: Holder, socket: string): ChildProcess {
  const own = join(folder, "key-holder");
  mkdirSync(own, { mode: 0o700 });
  writeFileSync(join(own, "key"), share, { mode: 0o600 });
  const options = ["--key", join(own, "key"), "--server", "unix:" + socket, "--pin", join(folder, "root.pin"), "--daily", "1000", "--state", join(own, "state")];
  return spawn(join(bin, "candour-keyholder"), ["run", ...options], { stdio: "ignore" });
}

async function until_listening(reporter: NetConnectOpts, server: ChildProcess, log: () => string): Promise<void> {
  const answers = (): Promise<boolean> => new Promise((resolve) => {
    const probe = net.connect(reporter, () => resolve(true)).on("error", () => resolve(false));
    probe.on("connect", () => probe.destroy());
  });
  for (let i = 0; i < 100; i += 1) {
    if (server.exitCode !== null) break;
    if (await answers()) return;
    await sleep(100);
  }
  server.kill("SIGTERM");
  throw new Error("candourd did not start: " + log());
}
