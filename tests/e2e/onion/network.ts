// SPDX-License-Identifier: AGPL-3.0-or-later
// A private Tor network on loopback: an authority that is a relay too, more relays, and what a test adds: clients, and a tor with onion services.
// Nothing leaves this machine. Every tor ends with the test, also where that is killed.

import { execFile, spawn, type ChildProcess } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { free_ports } from "../daemon";

const RELAYS = 5; // with the authority six: a way to a meeting point and one from it, without a relay twice in either
const FIRST_CONSENSUS_SECONDS = 6; // its delays, and a moment for who is slow
const CONSENSUS_SECONDS = 60;
const NEVER_SECONDS = 1800;
const SEED = ["cached-certs", "cached-microdesc-consensus", "cached-microdescs.new"];
const START_SECONDS_MAX = 120;
const STOP_SECONDS_MAX = 5;

export interface Tor {
  readonly folder: string;
  /** What it logged since it started. */
  said(): string;
  /** Reads its configuration again. */
  reload(): void;
  stop(): Promise<void>;
}

export interface Client extends Tor {
  readonly socks_port: number;
  /** The control port, a Unix socket that asks for no password. */
  readonly control: string;
}

export interface Network {
  /** Lines that a tor needs to belong to this network. */
  readonly lines: readonly string[];
  /** What a tor of this network may begin with in its folder. */
  seed(home: string): void;
  client(name: string, more?: readonly string[]): Promise<Client>;
  /** Any other tor: its files lie in the folder NAME. */
  run(name: string, options: readonly string[]): Tor;
  stop(): Promise<void>;
}

/** Asks again and again. */
export async function until(holds: () => boolean | Promise<boolean>, what: () => string, seconds = START_SECONDS_MAX): Promise<void> {
  for (const deadline = Date.now() + 1000 * seconds; !(await holds()); await sleep(100)) {
    if (Date.now() > deadline) throw new Error("waited in vain for " + what());
  }
}

export const until_bootstrapped = (tor: Tor): Promise<void> =>
  until(() => tor.said().includes("Bootstrapped 100%"), () => "tor in " + tor.folder + ": " + tor.said().slice(-2000));

/** The keys of an authority, and the line by which everybody knows it. */
async function make_authority(folder: string, or_port: number, dir_port: number): Promise<string> {
  const keys = join(folder, "keys");
  mkdirSync(keys, { recursive: true, mode: 0o700 });
  const file = (name: string): string => join(keys, "authority_" + name);
  const made = promisify(execFile)("tor-gencert", [
    "--create-identity-key", "--passphrase-fd", "0", "-i", file("identity_key"), "-s", file("signing_key"), "-c", file("certificate"), "-m", "1", "-a", "127.0.0.1:" + dir_port,
  ]);
  made.child.stdin?.end("of no use outside\n");
  const printed = promisify(execFile)("tor", ["--list-fingerprint", "--quiet", "--ignore-missing-torrc", "-f", join(folder, "none"), "--defaults-torrc", join(folder, "none"),
    "--DataDirectory", folder, "--ORPort", or_port.toString(), "--Nickname", "authority", "--Address", "127.0.0.1"]);
  await Promise.all([made, printed]);
  const identity = /^fingerprint (\w+)$/m.exec(readFileSync(file("certificate"), "utf8"))?.[1];
  const fingerprint = readFileSync(join(folder, "fingerprint"), "utf8").split(" ")[1]?.trim();
  return `DirAuthority authority orport=${or_port} no-v2 v3ident=${identity} 127.0.0.1:${dir_port} ${fingerprint}`;
}

export async function start_network(folder: string): Promise<Network> {
  const tors: Tor[] = [];
  const run = (name: string, options: readonly string[]): Tor => {
    const tor = start_tor(join(folder, name), options);
    tors.push(tor);
    return tor;
  };
  const stop = async (): Promise<void> => void (await Promise.all(tors.map((tor) => tor.stop())));
  const [dir_port = 0, or_port = 0, ...relay_ports] = await free_ports(2 + RELAYS);
  const lines = ["TestingTorNetwork 1", await make_authority(join(folder, "authority"), or_port, dir_port), "ShutdownWaitLength 0"];
  const configure = (name: string, more: readonly string[]): readonly string[] => {
    const home = join(folder, name);
    mkdirSync(home, { recursive: true, mode: 0o700 });
    writeFileSync(join(home, "torrc"), [...lines, "DataDirectory " + home, "Log notice stdout", ...more, ""].join("\n"));
    return ["--defaults-torrc", join(home, "none"), "-f", join(home, "torrc")];
  };
  const relay_lines = (name: string, port: number): string[] => ["Nickname " + name, "Address 127.0.0.1", `ORPort 127.0.0.1:${port} IPv4Only`, "SocksPort 0", "ExitRelay 0", "AssumeReachable 1", "ContactInfo nobody"];
  const in_seconds = (seconds: number): number => Math.ceil(Date.now() / 1000) + seconds;
  const vote = (interval: number, first: number): readonly string[] => configure("authority", [
    ...relay_lines("authority", or_port), "DirPort 127.0.0.1:" + dir_port, "AuthoritativeDirectory 1", "V3AuthoritativeDirectory 1",
    "TestingDirAuthVoteGuard *", "TestingDirAuthVoteHSDir *", "TestingMinExitFlagThreshold 0", "Log [dirserv]info stdout",
    "TestingV3AuthInitialVotingInterval " + interval, "V3AuthVotingInterval " + interval, "TestingV3AuthVotingStartOffset " + (first % interval),
    "TestingV3AuthInitialVoteDelay 2", "V3AuthVoteDelay 2", "TestingV3AuthInitialDistDelay 2", "V3AuthDistDelay 2",
  ]);
  try {
    // It votes once it has found every relay: one that the first consensus lacked would be unknown until the next.
    const authority = run("authority", vote(NEVER_SECONDS, in_seconds(0)));
    await until(() => authority.said().includes("Opened Directory listener"), () => "the authority: " + authority.said());
    relay_ports.forEach((port, i) => run("relay" + i, configure("relay" + i, relay_lines("relay" + i, port))));
    const found = (): number => new Set(authority.said().match(/Found router \S+ .* to be reachable/g)).size;
    await until(() => found() === RELAYS, () => `${RELAYS} relays; the authority has found ${found()}`);
    vote(CONSENSUS_SECONDS, in_seconds(FIRST_CONSENSUS_SECONDS));
    authority.reload();
    const count = (name: string, what: RegExp): number => {
      const file = join(folder, "authority", name);
      return existsSync(file) ? readFileSync(file, "latin1").match(what)?.length ?? 0 : 0;
    };
    const known = (): boolean => count("cached-microdesc-consensus", /^r /gm) === 1 + RELAYS && count("cached-microdescs.new", /^onion-key$/gm) > RELAYS;
    await until(known, () => "a consensus with all relays: " + authority.said().slice(-2000));
  } catch (error) {
    await stop();
    throw error;
  }
  // Whoever knows the network from the start need not wait until the relays know it.
  const seed = (home: string): void => {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    for (const name of SEED) copyFileSync(join(folder, "authority", name), join(home, name));
  };
  return {
    lines, run, seed, stop,
    async client(name, more = []) {
      const [socks_port = 0] = await free_ports(1);
      const control = join(folder, name, "control");
      seed(join(folder, name));
      const tor = run(name, configure(name, [`SocksPort 127.0.0.1:${socks_port} IsolateSOCKSAuth ExtendedErrors`, "ControlPort unix:" + control, ...more]));
      await until_bootstrapped(tor);
      return { ...tor, socks_port, control };
    },
  };
}

function start_tor(folder: string, options: readonly string[]): Tor {
  const started: ChildProcess = spawn("tor", [...options, "--__OwningControllerProcess", process.pid.toString()], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [started.stdout, started.stderr]) stream?.on("data", (piece: Buffer) => (said += piece.toString()));
  const ended = new Promise<void>((resolve) => {
    started.once("exit", () => resolve());
    started.once("error", (error) => {
      said += String(error);
      resolve();
    });
  });
  return {
    folder, said: () => said,
    reload: () => void started.kill("SIGHUP"),
    async stop() {
      started.kill("SIGTERM");
      const hard = setTimeout(() => started.kill("SIGKILL"), 1000 * STOP_SECONDS_MAX);
      await ended;
      clearTimeout(hard);
    },
  };
}
