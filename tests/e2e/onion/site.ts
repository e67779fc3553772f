// SPDX-License-Identifier: AGPL-3.0-or-later
// A candourd behind a tor of its own, with the package's torrc; and the tors of those who come to it.

import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { base32nopad } from "@scure/base";
import { free_ports, start_daemon, type Daemon } from "../daemon";
import { start_network, until, until_bootstrapped, type Client, type Network, type Tor } from "./network";
import { connect, CONNECTED } from "./socks";

const packaged_torrc = join(process.env["CANDOUR_ROOT"] ?? ".", "deploy/tor/torrc");

export interface OnionSite extends Daemon {
  /** Host names of the two onion services. */
  readonly reporter: string;
  readonly desk: string;
  /** A reporter's, and anybody else's who has no key of the desk. */
  readonly anybody: Client;
  /** With the key that the desk's onion service asks for. */
  readonly caseworker: Client;
  /** Tor's folder of the desk's onion service, and lines for a tor that is to belong to this network. */
  readonly desk_folder: string;
  readonly torrc: string;
  /** The services' tor looks anew who may come to the desk. */
  reload(): void;
  /** What the services' tor counted for one of them; 0 where it says nothing. */
  counted(metric: string, host: string): Promise<number>;
}

interface Key {
  readonly authorized: string;
  /** For the client's ClientOnionAuthDir, after the address; and for the control port. */
  readonly private: string;
  readonly private_base64: string;
}

/** Both halves of a key for client authorisation. */
export function make_client_key(): Key {
  const { x = "", d = "" } = generateKeyPairSync("x25519").privateKey.export({ format: "jwk" });
  const bytes = (text: string): Buffer => Buffer.from(text, "base64url");
  return { authorized: "descriptor:x25519:" + base32nopad.encode(bytes(x)), private: base32nopad.encode(bytes(d)), private_base64: bytes(d).toString("base64") };
}

/** The package's torrc as it is, but for where its folders lie. */
function write_torrc(folder: string): string {
  let text = readFileSync(packaged_torrc, "utf8");
  for (const [packaged, ours] of [["/var/lib/candour-tor", "services"], ["/run/candour", "run"], ["/etc/candour/tor.d", "tor.d"]] as const) {
    if (!text.includes(packaged)) throw new Error(packaged_torrc + " says nothing of " + packaged);
    text = text.replaceAll(packaged, join(folder, ours));
  }
  const file = join(folder, "torrc");
  writeFileSync(file, text);
  return file;
}

export async function start_onion_site(): Promise<OnionSite> {
  const folder = mkdtempSync(join(tmpdir(), "candour-onion-"));
  const in_folder = (...names: readonly string[]): string => join(folder, ...names);
  let [network, daemon]: [Network | null, Daemon | null] = [null, null];
  const stop = async (): Promise<void> => {
    await Promise.all([network?.stop(), daemon?.stop()]);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    network = await start_network(folder);
    for (const name of ["run", "tor.d", "services", "services/desk", "services/desk/authorized_clients", "keys"]) mkdirSync(in_folder(name), { mode: 0o700 });
    const key = make_client_key();
    writeFileSync(in_folder("services/desk/authorized_clients/sam.auth"), key.authorized + "\n");
    const [metrics_port] = await free_ports(1);
    writeFileSync(in_folder("tor.d/private.conf"), [...network.lines, "MetricsPort 127.0.0.1:" + metrics_port, "MetricsPortPolicy accept 127.0.0.1", ""].join("\n"));
    network.seed(in_folder("services"));
    writeFileSync(in_folder("network.conf"), [...network.lines, ""].join("\n"));
    const services = network.run("services", ["--defaults-torrc", in_folder("none"), "-f", write_torrc(folder)]);
    const host = async (name: string): Promise<string> => {
      const read = (): string => {
        try {
          return readFileSync(in_folder("services", name, "hostname"), "utf8").trim();
        } catch {
          return ""; // not made yet
        }
      };
      await until(() => read() !== "", () => "an address of " + name + ": " + services.said());
      return read();
    };
    const [reporter, desk] = [await host("reporter"), await host("desk")];
    const listener = (name: string): string[] => [`[${name}]`, `listen = "unix:${in_folder("run", name + ".sock")}"`, "proxy_header = true"];
    daemon = await start_daemon([...listener("reporter"), ...listener("desk"), `origin = "http://${desk}"`], { path: in_folder("run/reporter.sock") });
    writeFileSync(in_folder("keys/desk.auth_private"), `${desk.replace(".onion", "")}:descriptor:x25519:${key.private}\n`);
    const [anybody, caseworker] = await Promise.all([network.client("anybody"), network.client("caseworker", ["ClientOnionAuthDir " + in_folder("keys")]), until_bootstrapped(services)]);
    await Promise.all([until_reachable(anybody, reporter, services), until_reachable(caseworker, desk, services)]);
    return {
      ...daemon, reporter, desk, anybody, caseworker, stop,
      desk_folder: in_folder("services/desk"), torrc: in_folder("network.conf"),
      reload: () => services.reload(),
      async counted(metric, counted_host) {
        const text = await (await fetch(`http://127.0.0.1:${metrics_port}/metrics`)).text();
        const lines = text.split("\n").filter((line) => line.startsWith(metric + "{") && line.includes(counted_host.replace(".onion", "")));
        return lines.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function until_reachable(tor: Client, host: string, services: Tor): Promise<void> {
  await until(async () => {
    const { answer, socket } = await connect(tor, host, "first");
    socket.destroy();
    return answer === CONNECTED;
  }, () => host + ": " + services.said().slice(-2000));
}
